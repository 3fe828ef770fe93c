"""Who reacts to which fact, and in which order. The one place that knows.

Filled by `connect()`, which Django's start calls once; the handlers' own packages know only the facts below them.
"""

from tugon.accounts import events as accounts
from tugon.accounts import handlers as letters_to_agents
from tugon.company import brand as company
from tugon.events.reactions import after
from tugon.pages import brand


def connect() -> None:
    """Register every reaction."""
    brand.provide(company.current)
    _letters_to_agents()


def _letters_to_agents() -> None:
    after(accounts.AgentInvited, enqueue=letters_to_agents.send_invitation)
    after(accounts.PasswordResetRequested, enqueue=letters_to_agents.send_reset)
    after(accounts.PasswordChanged, enqueue=letters_to_agents.tell_about_password)
    after(accounts.SecondFactorChanged, enqueue=letters_to_agents.tell_about_second_factor)
