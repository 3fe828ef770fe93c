"""Where readers find things, and how a text names an article so that the link outlives every change of address.

In a body a link to an article is `article:<key>` (perhaps with `#heading`); for a reader it becomes the address of the
translation nearest to the reader's language. Pure.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SCHEME = "article:"
_PATH = re.compile(r"^/(?P<language>[a-zA-Z-]{2,16})/help/articles/(?P<slug>[\w-]{1,120})/?$")
_KEY = re.compile(r"^article:(?P<key>[a-z0-9_-]{1,80})(?:#(?P<place>[^\s\"<>]{0,200}))?$", re.I)
_FILE = re.compile(r"^/files/article/(?P<pk>[0-9]{1,18})/[^/?#\s\"<>]{1,300}$")


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """place: the id of a heading, or ""."""

    key: str
    place: str = ""

    @property
    def href(self) -> str:
        return f"{SCHEME}{self.key}" + (f"#{self.place}" if self.place else "")


def home(language: str) -> str:
    return f"/{language}/help/"


def category(language: str, slug: str) -> str:
    return f"/{language}/help/categories/{slug}/"


def section(language: str, slug: str) -> str:
    return f"/{language}/help/sections/{slug}/"


def article(language: str, slug: str) -> str:
    return f"/{language}/help/articles/{slug}/"


def article_link(href: str) -> ArticleLink | None:
    """What `article:<key>#place` names, or None where it is another kind of link."""
    found = _KEY.match(href.strip())
    return ArticleLink(found["key"].lower(), found["place"] or "") if found else None


def language_and_slug(href: str, hosts: tuple[str, ...] = ()) -> tuple[str, str, str] | None:
    """(language, slug, place) of an address of an article as readers see it, or None.

    hosts: names under which this installation answers; an address elsewhere is none of ours.
    """
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    if parts.netloc and parts.netloc.lower() not in hosts:
        return None
    found = _PATH.match(unquote(parts.path))
    return (found["language"], found["slug"], parts.fragment) if found else None


def file_id(src: str) -> int | None:
    """The id of the ArticleFile that an address names, or None where it is no file of an article."""
    found = _FILE.match(src)
    return int(found["pk"]) if found else None


def file(pk: int, name: str) -> str:
    from urllib.parse import quote

    return f"/files/article/{pk}/{quote(name, safe='')}"
