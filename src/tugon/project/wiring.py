"""Who reacts to which fact, and in which order. The one place that knows.

Filled by `connect()`, which Django's start calls once; the handlers' own packages know only the facts below them.
"""

from tugon.accounts import events as accounts
from tugon.accounts import handlers as letters_to_agents
from tugon.company import brand as company
from tugon.delivery import events as delivery
from tugon.delivery import handlers as letters_out
from tugon.events.reactions import after, when
from tugon.intake import acknowledging
from tugon.intake import events as arrivals
from tugon.intake import operations as intake
from tugon.pages import brand
from tugon.sla import handlers as clocks
from tugon.tickets import events as tickets


def connect() -> None:
    """Register every reaction."""
    brand.provide(company.current)
    _letters_to_agents()
    _promises()
    _acknowledgements()
    _letters_to_customers()


def _letters_to_agents() -> None:
    after(accounts.AgentInvited, enqueue=letters_to_agents.send_invitation)
    after(accounts.PasswordResetRequested, enqueue=letters_to_agents.send_reset)
    after(accounts.PasswordChanged, enqueue=letters_to_agents.tell_about_password)
    after(accounts.SecondFactorChanged, enqueue=letters_to_agents.tell_about_second_factor)


def _promises() -> None:
    """Before whatever names a ticket's promise."""
    when(
        tickets.TicketOpened,
        tickets.CustomerWrote,
        tickets.AgentReplied,
        tickets.ReplyWithdrawn,
        tickets.StatusChanged,
        tickets.TicketMarkedSpam,
        tickets.TicketUnmarkedSpam,
        then=clocks.keep_promise,
    )


def _acknowledgements() -> None:
    when(tickets.TicketOpened, then=acknowledging.acknowledge)
    when(tickets.MessageRedacted, tickets.AttachmentRedacted, then=intake.forget_redacted)


def _letters_to_customers() -> None:
    """The rows in the same transaction, the sending in a job."""
    when(tickets.AgentReplied, tickets.AutomaticReplySent, then=letters_out.plan)
    after(tickets.AgentReplied, tickets.AutomaticReplySent, enqueue=letters_out.enqueue)
    after(arrivals.BounceReceived, enqueue=letters_out.enqueue_report)
    when(delivery.DeliveryFailed, delivery.DeliveryBounced, then=letters_out.tell_agent)
