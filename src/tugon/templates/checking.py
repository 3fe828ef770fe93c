"""Whether the words of a template can be filled: all that is wrong, each with its place, before anybody uses it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from html import escape

from django.utils.translation import gettext as _

from tugon.facts import current

from .errors import TemplateInvalid
from .filling import Words
from .language import Problem, Program, compiled
from .letters import extras_of
from .variables import VARIABLES, custom_fields


def problems_of(words: Words, *, key: str = "") -> list[Problem]:
    """What is wrong: marks that are not closed, questions that cannot be read, names that nothing has.

    key: of the template, since letters that Tugon sends have names of their own. A fact that is not there may be named
    where a condition asked first whether it is known. Two queries at most.
    """
    found: list[Problem] = []
    for text in (words.body, escape(words.subject)):
        program = compiled(text)
        found += program.problems or list(_unknown(program, set(extras_of(key))))
    return found[:20]


def require_sound(words: Words, *, key: str = "") -> None:
    """Raises TemplateInvalid, which says everything that is wrong."""
    problems = problems_of(words, key=key)
    if problems:
        raise TemplateInvalid(problems=" ".join(str(problem) for problem in problems[:5]))


def _unknown(program: Program, extras: set[str]) -> Iterable[Problem]:
    names = program.names() - VARIABLES.keys() - extras
    if not names:
        return
    known = set(current.everything().facts) | (
        set(custom_fields()) if any(".fields." in one for one in names) else set()
    )
    everything = [*VARIABLES, *extras, *known]
    for one, proved in program.named():
        if one.name in names - known and one.name not in proved:
            yield Problem(one.paragraph, one.quote[:60], _no_such(one.name, everything))
    for name, condition in program.asked():
        if name in names - known and ("." not in name or name.partition(".")[0] in _OWN):
            yield Problem(condition.paragraph, condition.quote[:60], _no_such(name, everything))


_OWN = frozenset(name.partition(".")[0] for name in VARIABLES if "." in name)
"""Where variables live: who asks for `customer.plam` means no fact."""


def _no_such(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    words = _("no variable and no fact is called {name}").format(name=name)
    return words + (_("; perhaps {other} is meant").format(other=near[0]) if near else "")
