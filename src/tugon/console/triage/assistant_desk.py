"""What the desk of the assistant shows, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tugon.assistant.answers import as_html
from tugon.assistant.errors import TROUBLES
from tugon.assistant.kinds import GROUP_OF, OF_A_DRAFT, Group, State, Task
from tugon.assistant.models import Asking


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the menu. key: "draft", "translate-message:fil"."""

    key: str
    words: str
    group: str
    needs_draft: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """choices: where one chooses what to ask. asking: what one asked. is_fresh: an answer to what one just pressed."""

    asking: Asking | None = None
    choices: Sequence[Choice] = ()
    refusal: str = ""
    host: str = ""
    is_fresh: bool = False

    @property
    def html(self) -> str:
        """The answer for the composer, with links to what it cites."""
        return as_html(self.asking.answer, self.asking.links) if self.asking else ""

    @property
    def is_waiting(self) -> bool:
        return self.asking is not None and self.asking.state == State.SENT

    @property
    def trouble(self) -> str:
        return str(TROUBLES.get(self.asking.trouble, "")) if self.asking else ""

    @property
    def replaces(self) -> bool:
        """Whether it is a new wording of the whole draft."""
        return self.asking is not None and GROUP_OF[self.asking.task] == Group.REWRITING

    @property
    def into(self) -> str:
        """Where its words may go: "reply", "note", or nowhere, for a translation that is read beside."""
        if self.asking is None or self.asking.task == Task.TRANSLATE_MESSAGE:
            return ""
        return "note" if self.asking.task == Task.SUMMARY else "reply"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What stands for what, for the agent's eyes."""
        if self.asking is None:
            return []
        rows = [(name, values[1]) for name, values in self.asking.marks.items()]
        return [(name, words) for name, words in rows if not name.startswith("⟦sign")]


def choices(groups: Sequence[str], languages: Sequence[tuple[str, str]], *, spoken: str) -> list[Choice]:
    """What may be asked. languages: code and name, to translate into. spoken: what the customer writes."""
    made: list[Choice] = []
    for task in Task:
        group = GROUP_OF[task]
        if group not in groups:
            continue
        needs = task in OF_A_DRAFT
        if group != Group.TRANSLATION:
            made.append(Choice(str(task), str(task.label), str(group), needs))
            continue
        made += [
            Choice(f"{task}:{code}", f"{task.label} → {name}", str(group), needs)
            for code, name in languages
            if needs or code != spoken
        ]
    return made


def chosen(key: str) -> tuple[str, str] | None:
    """Task and language of a button's key; None for what is none."""
    task, _colon, language = key.partition(":")
    return (task, language) if task in Task.values else None
