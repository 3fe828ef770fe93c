"""The one condition language: views now, rules, clocks and reports later.

`{"all": [...], "any": [...], "none": [...]}`, nested, with leaves `{"field": "status", "is": "in", "value": ["open"]}`.
`parse` checks, `compile` asks the database, `matches` asks a plain dict, `describe` says it in words. The two ways of
asking agree: a property test holds that. Reference: docs/reference/conditions.md.
"""

from .catalogue import catalogue
from .compiling import compile, register_text
from .context import context_fields, register_context
from .describing import describe, phrases
from .matching import Asker, matches
from .naming import resolve
from .parsing import Group, Leaf, fields_in, parse, to_json
from .registering import register_field
from .snapshots import snapshot, value_of

__all__ = [
    "Asker",
    "Group",
    "Leaf",
    "catalogue",
    "compile",
    "context_fields",
    "describe",
    "fields_in",
    "matches",
    "parse",
    "phrases",
    "register_context",
    "register_field",
    "register_text",
    "resolve",
    "snapshot",
    "to_json",
    "value_of",
]
