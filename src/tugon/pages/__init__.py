"""What every page shares: the Jinja environment, layouts, components, formats, assets, headers and error pages.

Knows no word of the domain. A surface renders with `pages.render.page`, writes its templates from the `ui` components
(shown at `/-/kit`), and never styles by hand. What a page says about the company comes from `pages.brand`; who is
reading (language, zone, theme, density) stands on `request.reader`. Records no events.
"""
