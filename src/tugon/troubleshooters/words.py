"""Names of what a troubleshooter is made of, in the language active now; and its texts as harmless HTML."""

import re
from html import escape

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .graph import Exit, Kind, Node, Outcome, said

KINDS: dict[Kind, Promise] = {
    Kind.QUESTION: _lazy("Question"),
    Kind.CHECK: _lazy("Check"),
    Kind.ACTION: _lazy("Action"),
    Kind.CONDITION: _lazy("Condition"),
    Kind.END: _lazy("End"),
}
KIND_HINTS: dict[Kind, Promise] = {
    Kind.QUESTION: _lazy("The person chooses one of your answers."),
    Kind.CHECK: _lazy("“Do you see …?” Yes, no, or not sure."),
    Kind.ACTION: _lazy("Something to try, and whether it helped."),
    Kind.CONDITION: _lazy("Decides by itself, by what is known of the device or account. Nobody sees it."),
    Kind.END: _lazy("Solved, an article, a ticket, a chat, or who charged them."),
}
KIND_ICONS = {
    Kind.QUESTION: "message-circle-question-mark",
    Kind.CHECK: "eye",
    Kind.ACTION: "wrench",
    Kind.CONDITION: "split",
    Kind.END: "flag",
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.SOLVED: _lazy("Solved"),
    Outcome.ARTICLE: _lazy("Read an article"),
    Outcome.TICKET: _lazy("Write to us"),
    Outcome.CHAT: _lazy("Chat with a person"),
    Outcome.BILLING: _lazy("Who charged me?"),
    Outcome.LEFT: _lazy("Left on the way"),
}
OUTCOME_ICONS = {
    Outcome.SOLVED: "circle-check",
    Outcome.ARTICLE: "book-open",
    Outcome.TICKET: "send",
    Outcome.CHAT: "message-circle",
    Outcome.BILLING: "receipt",
    Outcome.LEFT: "log-out",
}
FACTS: dict[str, Promise] = {
    "browser": _lazy("Browser"),
    "system": _lazy("System of the device"),
    "screen": _lazy("Kind of device"),
    "signed_in": _lazy("Signed in"),
    "audience": _lazy("Audience"),
    "plan": _lazy("Plan"),
    "language": _lazy("Language"),
}
VALUES: dict[str, str | Promise] = {
    "chrome": "Chrome",
    "safari": "Safari",
    "firefox": "Firefox",
    "edge": "Edge",
    "samsung": "Samsung Internet",
    "opera": "Opera",
    "app": _lazy("Browser inside an app"),
    "android": "Android",
    "ios": "iOS",
    "windows": "Windows",
    "macos": "macOS",
    "linux": "Linux",
    "phone": _lazy("Phone"),
    "tablet": _lazy("Tablet"),
    "computer": _lazy("Computer"),
    "other": _lazy("Other"),
    "yes": _lazy("Yes"),
    "no": _lazy("No"),
}
_ANSWERS: dict[Kind, dict[str, Promise]] = {
    Kind.CHECK: {"yes": _lazy("Yes"), "no": _lazy("No"), "unsure": _lazy("I am not sure")},
    Kind.ACTION: {
        "helped": _lazy("Yes, it works now"),
        "not_helped": _lazy("No, it did not help"),
        "not_possible": _lazy("I cannot do this"),
    },
    Kind.CONDITION: {"then": _lazy("If so"), "otherwise": _lazy("Otherwise")},
}


def answer_words(node: Node, given: Exit, language: str | None = None) -> str:
    """An answer as people read it."""
    fixed = _ANSWERS.get(node.kind, {}).get(given.key)
    if fixed is not None:
        return str(fixed)
    return said(given.labels, language or get_language() or "en") or _("an answer without words")


def title_words(node: Node, language: str | None = None) -> str:
    """A step in one line, for the editor and for agents."""
    if node.kind is Kind.CONDITION:
        values = ", ".join(value_words(one) for one in node.values) or "…"
        return f"{fact_words(node.fact)}: {values}"
    return said(node.titles, language or get_language() or "en") or _("A step without words")


def fact_words(name: str) -> str:
    return str(FACTS.get(name) or _("Nothing chosen"))


def value_words(value: str, names: dict[str, str] | None = None) -> str:
    """A value's name: of a device ours, of an audience or plan the company's, else as it is."""
    return (names or {}).get(value) or str(VALUES.get(value, value))


_BLANK = re.compile(r"\n[ \t]*\n+")
_BULLET = re.compile(r"^[-*•] +")
_NUMBERED = re.compile(r"^\d{1,3}[.)] +")
_STRONG = re.compile(r"\*\*([^*\n]{1,400})\*\*")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()<>\"]{1,500}|/[^\s()<>\"]{0,500}|mailto:[^\s()<>\"]{3,200})\)"
)


def prose(text: str) -> str:
    """Harmless HTML of plain text: paragraphs, lists of lines beginning "- " or "1.", **strong**, [links](https://…).

    Everything else stands as it was written. Linear in the text's length.
    """
    blocks = [block.strip("\n") for block in _BLANK.split(text.replace("\r\n", "\n").strip())]
    return "".join(_block(block.split("\n")) for block in blocks if block)


def _block(lines: list[str]) -> str:
    html, plain = "", []
    place = 0
    while place < len(lines):
        mark = next((one for one in (_BULLET, _NUMBERED) if one.match(lines[place])), None)
        if mark is None:
            plain.append(lines[place])
            place += 1
            continue
        html += _paragraph(plain)
        plain, items = [], []
        while place < len(lines) and mark.match(lines[place]):
            items.append(f"<li>{_inline(mark.sub('', lines[place], count=1))}</li>")
            place += 1
        name = "ul" if mark is _BULLET else "ol"
        html += f"<{name}>{''.join(items)}</{name}>"
    return html + _paragraph(plain)


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>" if lines else ""


def _inline(line: str) -> str:
    written, place = [], 0
    for link in _LINK.finditer(line):
        written.append(_strong(line[place : link.start()]))
        inside = link[2].startswith("//")  # another host in the dress of a path
        written.append(_strong(link[0]) if inside else f'<a href="{escape(link[2])}">{_strong(link[1])}</a>')
        place = link.end()
    return "".join(written) + _strong(line[place:])


def _strong(words: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", escape(words))
