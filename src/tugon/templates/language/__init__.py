"""The small language of templates: variables in `{{ }}`, conditions in `[[ ]]`. No loops, no calls, no arithmetic, so
that filling one takes as long as reading it. Pure.

`compiled` makes a program of a text or says what is wrong and where; `evaluated` makes a tree of it with values.
"""

from .evaluating import Values, evaluated
from .expressions import Broken, Choice, Link, Value
from .program import LONGEST, Problem, Program, compiled

__all__ = [
    "LONGEST",
    "Broken",
    "Choice",
    "Link",
    "Problem",
    "Program",
    "Value",
    "Values",
    "compiled",
    "evaluated",
]
