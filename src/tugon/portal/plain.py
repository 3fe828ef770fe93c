"""Letters as the portal shows them: structure and words in the page's own look, in both themes.

A mail client's colours, sizes and widths would not hold on a dark page or a telephone, and inline styles are forbidden
there. What is given is sanitised already; this only takes the look away. Pure.
"""

import nh3

_TAGS = """
a abbr b blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p
pre q s samp small span strong sub sup table tbody td tfoot th thead tr tt u ul
"""
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "li": {"value"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel", "data"}
)


def plain(html: str) -> str:
    """The HTML without colours, typefaces and sizes. Pictures that would have to be fetched elsewhere are left out."""
    return _CLEANER.clean(html).replace("<img>", "") if html else ""
