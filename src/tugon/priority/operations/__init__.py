"""The only writers of assessments, overrides and the table."""

from .assessing import assess, assess_new, say
from .configuring import change_matrix, keep_raises
from .overriding import end_due_overrides, end_override, override

__all__ = [
    "assess",
    "assess_new",
    "change_matrix",
    "end_due_overrides",
    "end_override",
    "keep_raises",
    "override",
    "say",
]
