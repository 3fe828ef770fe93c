"""What pages say about the company: name, logo, accent colour. Pages ask; whoever keeps the company's settings answers.

`project/wiring.py` calls `provide` once at start with a function that reads the setting rows (and may cache them).
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import DatabaseError

from tugon.pages.colour import Colour, ink_for, parsed, readable, written

DEFAULT_ACCENT = "#4452c4"

# The grounds on which accent text stands, darkest of the light theme and lightest of the dark one (theme.css).
_LIGHT_GROUND: Colour = (0.92, 0.925, 0.935)
_DARK_GROUND: Colour = (0.155, 0.16, 0.178)


@dataclass(frozen=True)
class Brand:
    name: str = "Tugon"
    accent: str = DEFAULT_ACCENT
    logo_url: str = ""
    home_url: str = ""
    languages: tuple[str, ...] = ()
    """Codes of the languages offered; empty offers all that Tugon speaks."""
    sandbox_url: str = ""
    """Where the letters of the demo are read; empty where none is loaded."""

    @property
    def home_site(self) -> str:
        """The name of the company's website as people say it: without https:// and www."""
        return urlsplit(self.home_url).netloc.removeprefix("www.")

    @property
    def stylesheet(self) -> str:
        """The few rules that carry the accent, with contrast held in both themes. Empty for Tugon's own colour."""
        if self.accent.lower() == DEFAULT_ACCENT:
            return ""
        accent = parsed(self.accent)
        light = _variables(readable(accent, on=_LIGHT_GROUND))
        dark = _variables(readable(accent, on=_DARK_GROUND, ratio=5.5))
        return (
            f":root{{{light}}}[data-theme=dark]{{{dark}}}"
            f"@media (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}"
        )

    @property
    def version(self) -> str:
        return sha256(self.accent.lower().encode()).hexdigest()[:8]


def _variables(accent: Colour) -> str:
    return f"--accent:{written(accent)};--accent-content:{written(ink_for(accent))}"


_provider: Callable[[], Brand] = Brand


def provide(provider: Callable[[], Brand]) -> None:
    """Say who knows the company. Called once at start; the provider is called on every page and has to be quick."""
    global _provider
    _provider = provider


def current() -> Brand:
    """The company as it is now; Tugon's own look while the database cannot be asked, so that pages that say so work."""
    try:
        return _provider()
    except DatabaseError:
        return Brand()
