"""Rendering of pages and their named parts. First paint, form answer and live update are the same HTML."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from jinja2_fragments import render_block, render_blocks

from tugon.pages.environment import shared
from tugon.pages.folding import spoken


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; or only its `block` when htmx asks for a part of it. A boosted or restored page is always whole."""
    if block and wants_fragment(request):
        html: str = fragment(request, template, block, context)
    else:
        html = spoken().get_template(template).render({**shared(request), **(context or {})})
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def fragment(
    request: HttpRequest, template: str, block: str | list[str], context: dict[str, Any] | None = None
) -> SafeString:
    """The HTML of one named block of a page, or of several one after the other."""
    environment = spoken()
    values = {**shared(request), **(context or {})}
    if isinstance(block, str):
        return mark_safe(render_block(environment, template, block, values))  # noqa: S308  (escaped by Jinja)
    return mark_safe(render_blocks(environment, template, block, values))  # noqa: S308


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks to fill a part of the page that stands already."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
        and headers.get("HX-Request-Type") != "full"
    )
