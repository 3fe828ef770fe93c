"""What may start a trigger: occasions in people's words, and the facts behind them, by name.

By name, because some facts belong to packages above or beside this one; `project/wiring.py` finds their classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tugon.events.facts import all_facts


@dataclass(frozen=True, slots=True)
class Occasion:
    """label: after "When …". facts: any of these."""

    label: str | Promise
    facts: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether this Tugon knows one of its facts."""
        return any(name in all_facts() for name in self.facts)


OCCASIONS: Mapping[str, Occasion] = {
    "opened": Occasion(_("A new ticket arrives"), ("TicketOpened",)),
    "customer_wrote": Occasion(_("The customer writes again"), ("CustomerWrote",)),
    "agent_replied": Occasion(_("An agent answers"), ("AgentReplied",)),
    "noted": Occasion(_("An agent writes a note"), ("NoteAdded",)),
    "changed": Occasion(_("A property or tag changes"), ("TicketChanged", "TagsChanged")),
    "moved": Occasion(_("It moves to another team"), ("TicketTransferred",)),
    "assigned": Occasion(_("It is given to somebody, or released"), ("TicketAssigned",)),
    "status": Occasion(_("Its state changes"), ("StatusChanged",)),
    "solved": Occasion(_("It is solved"), ("TicketSolved",)),
    "reopened": Occasion(_("It is opened again"), ("TicketReopened",)),
    "confirmed": Occasion(_("The customer says that it is solved"), ("SolutionConfirmed",)),
    "rejected": Occasion(_("The customer says that it is not solved"), ("SolutionRejected",)),
    "rated": Occasion(_("The customer rates the answer"), ("TicketRated",)),
    "understood": Occasion(
        _("Its topic, urgency or mood is read anew"), ("MessageUnderstood", "ReadingCorrected")
    ),
    "assessed": Occasion(_("Its priority is weighed anew"), ("PriorityAssessed",)),
    "at_risk": Occasion(_("A promise is about to break"), ("PromiseAtRisk",)),
    "broken": Occasion(_("A promise is broken"), ("PromiseBroken",)),
    "escalated": Occasion(_("It is escalated"), ("TicketEscalated",)),
    "linked": Occasion(_("It is linked to another ticket"), ("TicketLinked",)),
}

BY_FACT: Mapping[str, str] = {fact: name for name, one in OCCASIONS.items() for fact in one.facts}


def facts_wired() -> list[type]:
    """The classes of all facts that may start a rule, for `project/wiring.py`."""
    known = all_facts()
    return [known[name] for name in BY_FACT if name in known]
