"""The `ui` of every template: all macros under pages/components/, callable anywhere without an import.

Named blocks are rendered alone for live updates, where a template's own imports have not run; a global has no such gap.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateRuntimeError
from markupsafe import Markup, escape

FOLDER = "pages/components/"


class Components:
    """`ui.button(_("Send"), icon="send")`: finds the macro `button` in whichever component file holds it."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._places: dict[str, str] = {}

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

    def _find_all(self) -> None:
        loader = self._environment.loader
        assert loader is not None
        for template in loader.list_templates():
            if template.startswith(FOLDER):
                exported = vars(self._module(template))
                self._places.update({name: template for name in exported if not name.startswith("_")})

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
