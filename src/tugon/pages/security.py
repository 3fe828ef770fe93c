"""The headers that hold whatever a page contains: a strict Content-Security-Policy and its companions.

No inline script, no eval, no inline style, no frame. A view that needs more of one directive adds it with `allow`.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY: dict[str, str] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeadersMiddleware:
    """Stands first, so that every answer carries the headers. A header that a view set itself is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        more = getattr(response, "policy_additions", {})
        headers.setdefault("Content-Security-Policy", policy(more))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", _PERMISSIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if "frame-ancestors" not in more:
            headers.setdefault("X-Frame-Options", "DENY")
        if request.is_secure():
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response


def policy(more: dict[str, str] | None = None) -> str:
    """The policy as one header; what `more` names is added to the directive, and replaces a 'none'."""
    directives = dict(POLICY)
    for name, sources in (more or {}).items():
        standing = directives.get(name, "")
        directives[name] = sources if standing in ("", "'none'") else f"{standing} {sources}"
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def allow(response: HttpResponse, **directives: str) -> HttpResponse:
    """Widen the policy of one answer: `allow(response, img_src="https://example.org")`."""
    additions: dict[str, str] = getattr(response, "policy_additions", {})
    additions |= {name.replace("_", "-"): sources for name, sources in directives.items()}
    response.policy_additions = additions  # type: ignore[attr-defined]
    return response
