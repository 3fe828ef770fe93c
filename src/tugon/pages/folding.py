"""What is the same on every page of a language is written down when its template is compiled.

Words (`_("Send")`), icons (`icon("x", "sm")`) and components (`ui.button(_("Send"), type="submit")`) whose arguments
are all constant become plain text of the compiled template; the page then pays nothing for them. Half of a ticket's
page is made of such calls. What depends on the page, the moment or the company is called as ever.

A template is compiled once per language for this, and again after the browser's files were built anew: see `spoken`.
While templates are edited (DEBUG) nothing is folded.
"""

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from tugon.pages import assets
from tugon.pages.components import FOLDER, Components

WITH_CONTEXT = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""Functions that Jinja hands the template's context."""


class _DirectCalls(CodeGenerator):
    """Calls functions as they are. Jinja looks at each anew to find out whether it wants the context."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if isinstance(node.node, nodes.Name) and node.node.name in WITH_CONTEXT:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.direct(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class PageEnvironment(Environment):
    """Jinja's environment; folds what is constant where it has a language."""

    language = ""
    code_generator_class = _DirectCalls
    direct: Any = staticmethod(operator.call)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not self.language:
            return tree
        with translation.override(self.language):
            return _Folding(self, components=not (name or "").startswith(FOLDER)).visit(tree)  # type: ignore[no-any-return]


def spoken() -> Environment:
    """The environment for pages in the language active now."""
    base: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    if base.auto_reload:
        return base
    return _spoken(base, translation.get_language() or "en", assets.version())


@lru_cache(maxsize=8)
def _spoken(base: PageEnvironment, language: str, _built: int) -> Environment:
    made = base.overlay()
    made.language = language
    made.globals = {**base.globals, "ui": Components(made)}
    return made


class _Folding(NodeTransformer):
    """Replaces calls whose arguments are constant by what they answer."""

    def __init__(self, environment: PageEnvironment, *, components: bool) -> None:
        self._globals: dict[str, Any] = dict(environment.globals)
        self._components = (
            components  # not inside of the components themselves, which cannot wait for each other
        )

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
        """`{% call %}` brings its component a caller, which no constant has: only what stands in it is folded."""
        self.generic_visit(node.call)
        node.body = [folded for one in node.body for folded in self.visit_list(one)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        function = self._function(node.node)
        if function is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        try:
            args = [one.as_const() for one in node.args]
            named = {one.key: one.value.as_const() for one in node.kwargs}
        except nodes.Impossible:
            return node
        return nodes.Const(Markup(function(*args, **named)), lineno=node.lineno)  # noqa: S704  safe by its makers

    def _function(self, called: nodes.Node) -> Callable[..., str] | None:
        match called:
            case nodes.Name(name="_" | "gettext"):
                return _words
            case nodes.Name(name="icon"):
                return self._globals["icon"]  # type: ignore[no-any-return]
            case nodes.Getattr(node=nodes.Name(name="ui"), attr=name) if self._components:
                return self._globals["ui"].constant(name)  # type: ignore[no-any-return]
        return None


def _words(message: str, **values: Any) -> str:
    return Markup(translation.gettext(message)) % values  # noqa: S704  our own words; the values are escaped
