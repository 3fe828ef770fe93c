"""Facts about rules, and what rules ask of others. Names of what was decided, no personal data."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="rule")
@dataclass(frozen=True, slots=True)
class RuleCreated:
    rule_id: int
    kind: str


@fact(about="rule")
@dataclass(frozen=True, slots=True)
class RuleChanged:
    """Its draft, name, note, place or owner."""

    rule_id: int
    fields: tuple[str, ...] = ()


@fact(about="rule")
@dataclass(frozen=True, slots=True)
class RulePublished:
    rule_id: int
    version: int
    returns_to: int | None = None


@fact(about="rule")
@dataclass(frozen=True, slots=True)
class RuleSwitched:
    """On or off. why: words, where Tugon switched it off because it can no longer be read."""

    rule_id: int
    is_on: bool
    why: str = ""


@fact(about="rule")
@dataclass(frozen=True, slots=True)
class RuleArchived:
    rule_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AgentsAlerted:
    """A rule asks these agents to look at the ticket."""

    ticket_id: int
    rule_id: int
    agent_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class MacroApplied:
    ticket_id: int
    rule_id: int
    version: int


@fact(about="wordlist")
@dataclass(frozen=True, slots=True)
class WordListChanged:
    wordlist_id: int
    is_gone: bool = False
