"""Pure: how much two texts speak of the same case.

Words that most texts share say nothing, so they are left out; errors and names of things say most. The weights come
from pairs of tickets looked at by hand; the worker's vectors correct them later (`operations.meaning`).
"""

from __future__ import annotations

import re
from collections.abc import Collection

MOST_LETTERS = 1_500
LEAST = 0.34
"""From here on two open cases of one person are probably one."""
_WORD = re.compile(r"[^\W_]{3,40}")
_COMMON = frozenset(
    """
    the and for with not can cannot will from this that have has are was but you your our they them then there here when
    what how why where who which just please thanks thank hello dear hi good day morning afternoon evening regards
    still again also very really need want would could should about any all some been into more than only now get got
    ang mga hindi ako ako'y po para lang naman yung iyong yun wala may nang sana kasi din rin daw raw pang opo kayo
    ninyo nyo niyo ito iyan dito diyan doon kong mong namin natin siya sila kami tayo salamat paki ticket problem
    issue question help support team account email write writing wrote answer reply
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def telling(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, cut to their first six letters so that forms of a word agree."""
    found = (word.lower() for word in _WORD.findall(text[:MOST_LETTERS]))
    return frozenset(word[:6] for word in found if word not in _COMMON)


def likeness(
    one: frozenset[str],
    other: frozenset[str],
    *,
    same_topic: bool = False,
    errors: Collection[str] = (),
    other_errors: Collection[str] = (),
) -> float:
    """0 to 1, of telling words. The same error, or the same topic, makes it more likely."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    if not shared:
        words = 0.0
    else:
        # Of the shorter text most, of the union some: a reminder of three words is alike a long letter.
        words = 0.65 * shared / min(len(one), len(other)) + 0.35 * shared / len(one | other)
        if shared == 1:
            words *= 0.5
    same_error = bool(
        {str(word).casefold() for word in errors} & {str(word).casefold() for word in other_errors}
    )
    found = words + (0.1 if same_topic else 0.0) + (0.4 if same_error else 0.0)
    return round(min(1.0, found), 3)
