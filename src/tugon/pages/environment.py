"""The Jinja environment of every page. Settings name `tugon.pages.environment.environment` as the backend's maker.

Globals: `ui` (the components), `icon`, `asset`, `static`, `url`, `link`, `control`, `attributes`, `brand`, `languages`.
Filters: see `pages.formats`. Translations: `_("…")`, `ngettext`, `{% trans %}`.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import StrictUndefined, Undefined
from markupsafe import Markup

from tugon.lib import clock
from tugon.pages import brand
from tugon.pages.assets import asset
from tugon.pages.components import Components, attributes
from tugon.pages.controls import control
from tugon.pages.folding import PageEnvironment
from tugon.pages.formats import FILTERS, language_name


def environment(**options: Any) -> PageEnvironment:
    """Made once, by Django's Jinja2 backend."""
    options["undefined"] = StrictUndefined if settings.DEBUG else Undefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options["autoescape"] = True
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    made = PageEnvironment(extensions=extensions, **options)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.policies["ext.i18n.trimmed"] = True
    made.filters.update(FILTERS)
    made.globals.update(
        ui=Components(made),
        asset=asset,
        attributes=attributes,
        brand=brand.current,
        control=control,
        get_messages=get_messages,
        icon=icon,
        languages=languages,
        link=link,
        mark=mark,
        now=clock.now,
        static=static,
        url=url,
    )
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """`url("console:ticket", number=1042)`. Raises NoReverseMatch."""
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return _reversed(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, args)


@lru_cache(maxsize=8192)
def _reversed(urlconf: str, prefix: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, urlconf=urlconf, args=args or None)


def link(name: str, *args: Any, **kwargs: Any) -> str:
    """Like `url`, but an empty string where the surface is not installed, so that layouts may offer what exists."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def icon(name: str, size: str = "", *, label: str = "", **extra: Any) -> Markup:
    """A Lucide icon. size: "", sm, md, lg, xl. Without a label it is decoration and hidden from screen readers."""
    return _icon(asset("icons.svg"), name, size, label, tuple(extra.items()))


@lru_cache(maxsize=2048)
def _icon(sprite: str, name: str, size: str, label: str, extra: tuple[tuple[str, Any], ...]) -> Markup:
    more = dict(extra)
    classes = " ".join(part for part in ("icon", size and f"icon-{size}", more.pop("class", "")) if part)
    heard = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return Markup('<svg{}><use href="{}#{}"/></svg>').format(
        attributes({"class": classes, **heard, **more}), sprite, name
    )


@cache
def mark() -> str:
    """The sign in the browser's tab, written into the page: it is smaller than asking for it."""
    svg = (Path(__file__).parent / "static" / "pages" / "mark.svg").read_text()
    return f"data:image/svg+xml,{quote(svg.strip(), safe=' =:/')}"


def languages() -> list[tuple[str, str, bool]]:
    """The languages that the company offers as (code, own name, whether it is the one in use)."""
    offered, current = brand.current().languages, get_language()
    return [
        (code, language_name(code), code == current)
        for code, _ in settings.LANGUAGES
        if not offered or code in offered or code == current
    ]


def shared(request: Any) -> dict[str, Any]:
    """What every template may use of the request: `csrf_input`, `csrf_token`, `reader`, `user`, `messages`."""
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "request": request,
        "reader": getattr(request, "reader", None),
        "user": getattr(request, "user", None),
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(
            lambda: Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
                get_token(request)
            )
        ),
        "messages": SimpleLazyObject(lambda: get_messages(request)),
    }
