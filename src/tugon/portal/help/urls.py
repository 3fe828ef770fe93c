"""Part of the portal's addresses: each begins with its language, none names a brand."""

from django.urls import path

from .. import languages  # noqa: F401  (makes `<language:language>` known)
from .views import machines, reading, saying, searching, support

_help = "<language:language>/help"
_article = f"{_help}/articles/<slug:slug>"

urlpatterns = [
    path("", support.start, name="home"),
    path("<language:language>/", support.home, name="support"),
    path(f"{_help}/", reading.index, name="help"),
    path(f"{_help}/search", searching.search, name="help-search"),
    path(f"{_help}/search/typed", searching.typed, name="help-typed"),
    path(f"{_help}/search/opened/<slug:kind>/<int:pk>/", searching.opened, name="help-opened"),
    path(f"{_help}/feed.atom", machines.feed, name="help-feed"),
    path(f"{_help}/categories/<slug:slug>/", reading.category, name="help-category"),
    path(f"{_help}/sections/<slug:slug>/", reading.section, name="help-section"),
    path(f"{_article}/", reading.article, name="help-article"),
    path(f"{_article}/print/", reading.on_paper, name="help-print"),
    path(f"{_article}/votes/", saying.votes, name="help-votes"),
    path(f"{_article}/views/", saying.views, name="help-views"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap_part, name="sitemap-part"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("help/", machines.unprefixed),
    path("help/<path:rest>", machines.unprefixed),
    *(
        path(f"{_help}/{kind}/<slug:slug>", machines.without_slash)
        for kind in ("articles", "sections", "categories")
    ),
]
