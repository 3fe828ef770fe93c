"""The company as pages show it: what `pages.brand.provide` is given."""

import time

from django.urls import NoReverseMatch, reverse

from tugon.pages.brand import Brand

from . import settings
from .models import Logo

KEPT_SECONDS = 5.0
_logo: tuple[float, str] | None = None


def current() -> Brand:
    return Brand(
        name=settings.get("name"),
        accent=settings.get("accent"),
        logo_url=_logo_url(),
        home_url=settings.get("host_url"),
        languages=tuple(settings.get("languages")),
        sandbox_url=_sandbox() if settings.get("demo_loaded_at") else "",
    )


def _sandbox() -> str:
    try:
        return reverse("demo:mail")
    except NoReverseMatch:
        return ""


def forget() -> None:
    global _logo
    _logo = None


def _logo_url() -> str:
    global _logo
    kept = _logo
    if kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
        digest = Logo.objects.order_by("-id").values_list("sha256", flat=True).first()
        kept = _logo = (time.monotonic(), _address(digest))
    return kept[1]


def _address(digest: str | None) -> str:
    if digest is None:
        return ""
    try:
        return reverse("company:logo", args=[digest])
    except NoReverseMatch:
        return ""
