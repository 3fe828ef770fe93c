"""The `ui` of every template: all macros under pages/components/, callable anywhere without an import.

Named blocks are rendered alone for live updates, where a template's own imports have not run; a global has no such gap.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, nodes
from markupsafe import Markup, escape

FOLDER = "pages/components/"

CHANGING = frozenset({"now", "brand", "languages", "link", "url", "get_messages"})
"""Globals whose answers differ between two pages: what uses one of them is no constant (`pages.folding`)."""


class Components:
    """`ui.button(_("Send"), icon="send")`: finds the macro `button` in whichever component file holds it."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._places: dict[str, str] = {}
        self._changing: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._places:
            self._find_all()
        try:
            macro = getattr(self._module(self._places[name]), name)
        except KeyError:
            raise TemplateRuntimeError(
                f"there is no component named {name!r}; /-/kit shows those there are"
            ) from None
        if not self._environment.auto_reload:
            self.__dict__[name] = macro  # found without coming here from now on
        return macro

    def constant(self, name: str) -> Callable[..., str] | None:
        """The component, if what it writes depends on its arguments and the language alone."""
        if not self._places:
            self._find_all()
        return getattr(self, name) if name in self._places and name not in self._changing else None

    def _find_all(self) -> None:
        loader = self._environment.loader
        assert loader is not None
        for template in loader.list_templates():
            if template.startswith(FOLDER):
                exported = vars(self._module(template))
                self._places.update({name: template for name in exported if not name.startswith("_")})
                self._changing |= self._changing_in(template)

    def _changing_in(self, template: str) -> set[str]:
        """Names of the template's macros that use what changes, or another that does."""
        assert self._environment.loader is not None
        source, *_rest = self._environment.loader.get_source(self._environment, template)
        used = {
            macro.name: {one.name for one in macro.find_all(nodes.Name)}
            for macro in self._environment.parse(source, template).find_all(nodes.Macro)
        }
        found: set[str] = set()
        while more := {name for name, names in used.items() if names & (CHANGING | found)} - found:
            found |= more
        return found

    def _module(self, template: str) -> Any:
        return self._environment.get_template(template).module


def attributes(given: Mapping[str, Any]) -> Markup:
    """HTML attributes of a mapping: `hx_get` → `hx-get`, True → bare, None and False → none. Values are escaped.

    A key that holds ":" or "-" is taken as written, so `{"hx-target:inherited": "#list"}` works.
    """
    written = [
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(value)}"'
        for key, value in given.items()
        if value is not None and value is not False
    ]
    return Markup("".join(written))  # noqa: S704  every part was escaped


@lru_cache(maxsize=1024)
def _name(key: str) -> str:
    return str(escape(key.rstrip("_").replace("_", "-")))
