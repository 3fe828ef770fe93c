"""Who reacts to which fact, and in which order. The one place that knows.

Filled by `connect()`, which Django's start calls once; the handlers' own packages know only the facts below them.
"""

from collections.abc import Iterable
from typing import Any

from tugon.accounts import events as accounts
from tugon.accounts import handlers as letters_to_agents
from tugon.accounts import preferences
from tugon.administration import health as administration
from tugon.administration import texts as written
from tugon.assistant import live as assistant
from tugon.channels import events as channels
from tugon.company import brand as company
from tugon.console.knowledge import citing
from tugon.customers import events as customers
from tugon.delivery import events as delivery
from tugon.delivery import handlers as letters_out
from tugon.delivery import outside as letters_outside
from tugon.escalation import answers as answers_outside
from tugon.escalation import attachments as files_outside
from tugon.escalation import events as escalation
from tugon.escalation import fields as escalation_fields
from tugon.escalation import handlers as raising
from tugon.events.facts import all_facts
from tugon.events.reactions import after, when
from tugon.facts import events as facts
from tugon.facts import places
from tugon.feedback import asking
from tugon.feedback import events as feedback
from tugon.feedback import handlers as verdicts
from tugon.files import holders
from tugon.helpcenter import events as helpcenter
from tugon.helpcenter import handlers as articles
from tugon.helpcenter import pictures, using
from tugon.intake import acknowledging, asides, filtering
from tugon.intake import events as arrivals
from tugon.intake import live as ledger
from tugon.intake import operations as intake
from tugon.notifications import handlers as told
from tugon.notifications.kinds import KINDS
from tugon.pages import brand
from tugon.portal.help import carrying as reading
from tugon.portal.help.people import reader_of
from tugon.priority import events as priorities
from tugon.priority import fields as priority_fields
from tugon.priority import handlers as priority
from tugon.priority import reassessing, stating
from tugon.priority.models import Reach
from tugon.priority.operations import overriding
from tugon.realtime.topics import may_subscribe
from tugon.routing import events as routings
from tugon.routing import fields as routing_fields
from tugon.routing import handlers as routing
from tugon.rules import context as rule_context
from tugon.rules import events as rule_events
from tugon.rules import filters, occasions, triggers
from tugon.rules import tasks as rule_tasks
from tugon.search import finding
from tugon.search import handlers as index
from tugon.search.knowledge import handlers as knowledge
from tugon.search.knowledge import suggesting
from tugon.sla import changing as reckoning_again
from tugon.sla import events as promised
from tugon.sla import handlers as clocks
from tugon.sla import telling as forewarning
from tugon.templates import automatic, trying
from tugon.templates import events as answers
from tugon.templates import handlers as templates
from tugon.templates import using_facts as template_facts
from tugon.tickets import attachments, conditions, handing_back, live, prioritising, promising
from tugon.tickets import events as tickets
from tugon.tickets.models import Ticket
from tugon.troubleshooters import events as troubleshooters
from tugon.troubleshooters import handlers as walks
from tugon.troubleshooters import naming
from tugon.understanding import events as understood
from tugon.understanding import fields as understanding_fields
from tugon.understanding import handlers as understanding
from tugon.understanding import readings
from tugon.understanding.reading.steps import name_of


def connect() -> None:
    """Register every reaction."""
    brand.provide(company.current)
    administration.provide(_examined)
    written.connect()
    for name, kind in KINDS.items():
        preferences.offer(name, kind.label, app=kind.app, email=kind.email)
    _fields()
    _letters_to_agents()
    when(accounts.AgentDeactivated, then=handing_back.hand_back)
    _understanding()
    _priority()
    _promises()
    _rules()
    _routing()
    _escalation()
    _templates()
    _acknowledgements()
    _letters_to_customers()
    _search()
    _knowledge()
    _notifications()
    _help_center()
    _troubleshooters()
    _open_screens()


def _fields() -> None:
    """What conditions may ask about, besides what tickets know themselves."""
    priority_fields.offer_fields()
    routing_fields.offer_fields()
    understanding_fields.offer_fields()
    escalation_fields.offer_fields()
    rule_context.offer_fields()


def _examined() -> Iterable[Any]:
    """What the doctor finds, for the page of the administration."""
    from tugon.project.health import examine

    return examine()


def _letters_to_agents() -> None:
    after(accounts.AgentInvited, enqueue=letters_to_agents.send_invitation)
    after(accounts.PasswordResetRequested, enqueue=letters_to_agents.send_reset)
    after(accounts.PasswordChanged, enqueue=letters_to_agents.tell_about_password)
    after(accounts.SecondFactorChanged, enqueue=letters_to_agents.tell_about_second_factor)


def _understanding() -> None:
    """Before everything that asks what a ticket says."""
    when(tickets.TicketOpened, then=understanding.on_opened)
    when(tickets.CustomerWrote, then=understanding.on_customer_wrote)
    when(
        tickets.MessageRedacted,
        tickets.TicketReceivedMerge,
        tickets.MergeUndone,
        then=understanding.on_words_gone,
    )
    when(tickets.TicketSplit, then=understanding.on_split)


def _stated(ticket: Ticket) -> stating.Stated:
    """How many people are affected, as the customer's words were read."""
    reading = readings.of(ticket)
    if reading is None or not reading.affected:
        return stating.Stated()
    words = reading.evidence.get("affected") or [""]
    return stating.Stated(Reach[reading.affected.upper()], str(words[0]))


def _priority() -> None:
    """Before the promise, which may depend on it."""
    prioritising.provide(overriding.decide)
    stating.provide(_stated)
    when(tickets.TicketOpened, then=priority.on_opened)
    when(tickets.CustomerWrote, then=priority.on_customer_wrote)
    when(tickets.TicketLinked, tickets.TicketUnlinked, then=priority.on_linked)
    when(tickets.TicketChanged, then=priority.on_changed)
    when(tickets.CustomerOfTicketChanged, then=priority.on_customer_changed)
    when(
        tickets.TicketMerged,
        tickets.TicketMarkedSpam,
        tickets.TicketUnmarkedSpam,
        then=priority.on_report_left_or_returned,
    )
    when(understood.MessageUnderstood, understood.ReadingCorrected, then=priority.on_understood)
    after(priorities.PriorityMatrixChanged, enqueue=reassessing.enqueue)


def _promises() -> None:
    """Before whatever names a ticket's promise."""
    promising.provide(clocks.first_promise)
    when(
        tickets.TicketOpened,
        tickets.CustomerWrote,
        tickets.AgentReplied,
        tickets.ReplyWithdrawn,
        tickets.StatusChanged,
        tickets.TicketMarkedSpam,
        tickets.TicketUnmarkedSpam,
        tickets.TicketMerged,
        tickets.TicketReceivedMerge,
        tickets.MergeUndone,
        tickets.TicketSplit,
        tickets.TicketLinked,  # the new ticket of a split is told so
        # What a ticket is may change which policy counts.
        tickets.TicketChanged,
        tickets.TagsChanged,
        tickets.TicketTransferred,
        tickets.CustomerOfTicketChanged,
        then=clocks.keep_promise,
    )
    when(understood.MessageUnderstood, understood.ReadingCorrected, then=clocks.keep_promise_of_reading)
    forewarning.provide(lambda key, ticket, extra: automatic.letter(key, ticket=ticket, extra=extra))
    after(promised.CalendarChanged, promised.PolicyChanged, enqueue=reckoning_again.enqueue)


def _rules() -> None:
    """After what a ticket says, its priority and promise are known; before anybody is told of it."""
    filtering.provide(filters.filter_message)
    when(*occasions.facts_wired(), then=triggers.on_fact)
    when(rule_events.AgentsAlerted, then=told.on_alerted)
    after(accounts.TeamArchived, accounts.AgentDeactivated, enqueue=rule_tasks.look_for_broken)


def _escalation() -> None:
    """After whatever its criteria ask about, and before what tells people of the ticket."""
    when(tickets.CustomerWrote, then=raising.count_contact)
    when(tickets.AgentReplied, then=raising.forget_contacts)
    when(
        tickets.TicketOpened,
        tickets.CustomerWrote,
        tickets.TicketChanged,
        tickets.TicketReopened,
        then=raising.look,
    )
    when(tickets.TicketSolved, tickets.TicketClosed, then=raising.end)
    when(tickets.TicketMarkedSpam, then=raising.set_aside)
    when(tickets.TicketMerged, then=raising.follow_merge)
    after(escalation.PageSent, enqueue=raising.enqueue_page)
    asides.provide(answers_outside.Inquiries())


def _routing() -> None:
    """After rules, which may say where a ticket belongs."""
    when(tickets.TicketOpened, then=routing.on_opened)
    when(tickets.TicketAssigned, then=routing.on_assigned)
    when(tickets.StatusChanged, then=routing.on_status)
    when(routings.AgentBecameUnavailable, then=routing.on_unavailable)
    when(accounts.AgentTeamsChanged, then=routing.on_teams_changed)
    when(
        accounts.AgentInvited,
        accounts.AgentJoined,
        accounts.AgentSignedIn,
        accounts.AgentReactivated,
        accounts.AgentDeactivated,
        then=routing.on_agent,
    )
    after(
        tickets.StatusChanged,
        tickets.TicketAssigned,
        tickets.TicketTransferred,
        tickets.TicketUnmarkedSpam,
        routings.AgentBecameAvailable,
        enqueue=routing.enqueue_freed,
    )
    after(routings.TeamRoutingChanged, enqueue=routing.enqueue_team)
    may_subscribe("availability", live.is_agent)


def _templates() -> None:
    """What was put into an answer counts when it leaves, and is followed by what became of the ticket."""
    places.provide(template_facts.KIND, template_facts.naming)
    places.provide_texts(template_facts.KIND, template_facts.published_texts)
    trying.provide(_steps_tried)
    when(facts.FactTookEffect, then=templates.mark_fact_changed)
    when(tickets.AgentReplied, then=templates.on_replied)
    when(tickets.ReplyWithdrawn, then=templates.on_withdrawn)
    when(tickets.TicketSolved, then=templates.on_solved)
    when(tickets.TicketReopened, tickets.SolutionRejected, then=templates.on_reopened)
    when(tickets.TicketMerged, then=templates.on_merged)
    when(tickets.MessageRedacted, then=templates.on_redacted)
    when(feedback.TicketRated, then=templates.on_rated)
    when(tickets.ReplyWithdrawn, then=citing.on_withdrawn)


def _steps_tried(ticket: Ticket) -> list[str]:
    """What the customer says to have done, in words that templates ask for."""
    reading = readings.of(ticket)
    return [name_of(step, "en") for step in reading.tried] if reading else []


def _acknowledgements() -> None:
    when(tickets.TicketOpened, then=acknowledging.acknowledge)
    when(tickets.MessageRedacted, tickets.AttachmentRedacted, then=intake.forget_redacted)


def _letters_to_customers() -> None:
    """The rows in the same transaction, the sending in a job."""
    when(tickets.AgentReplied, tickets.AutomaticReplySent, then=letters_out.plan)
    after(tickets.AgentReplied, tickets.AutomaticReplySent, enqueue=letters_out.enqueue)
    after(arrivals.BounceReceived, enqueue=letters_out.enqueue_report)
    when(arrivals.DeliveryConfirmed, then=letters_out.keep_confirmation)
    when(delivery.DeliveryFailed, delivery.DeliveryBounced, then=letters_out.tell_agent)
    when(tickets.MessageRedacted, tickets.AttachmentRedacted, then=letters_out.forget_redacted)
    after(channels.MailboxFailed, enqueue=letters_out.raise_alarm)
    when(escalation.OutsideAsked, then=letters_outside.plan)
    after(escalation.OutsideAsked, enqueue=letters_outside.enqueue)
    when(delivery.SystemMailFailed, then=letters_outside.mark_failed)
    when(escalation.OutsideFailed, then=letters_outside.mark_bounced)
    when(tickets.MessageRedacted, then=letters_outside.forget_redacted)
    when(tickets.AgentReplied, then=citing.on_replied)


def _search() -> None:
    conditions.register_text(finding.text_condition)
    when(tickets.TicketOpened, then=index.on_opened)
    when(tickets.CustomerWrote, tickets.AgentReplied, tickets.NoteAdded, then=index.on_message)
    when(
        tickets.ReplyWithdrawn,
        tickets.TicketMerged,
        tickets.TicketReceivedMerge,
        tickets.MergeUndone,
        tickets.MessageRedacted,
        tickets.AttachmentRedacted,
        tickets.CustomerOfTicketChanged,
        tickets.TicketChanged,
        then=index.on_rewritten,
    )
    when(tickets.TicketSplit, then=index.on_split)
    when(
        customers.CustomerCreated,
        customers.CustomerChanged,
        customers.ContactPointVerified,
        then=index.on_customer,
    )
    when(customers.CustomersMerged, then=index.on_customers_merged)
    when(customers.CustomerMergeUndone, then=index.on_merge_undone)


def _help_center() -> None:
    """Whoever changes a fact is told which articles say it; pictures are seen by who may read their article."""
    when(facts.FactTookEffect, then=articles.mark_fact_changed)
    places.provide(using.KIND, using.naming)
    places.provide_texts(using.KIND, using.published_texts)
    holders.register(pictures.HOLDER, lambda request, pk: pictures.held(pk, reader_of(request)))


def _knowledge() -> None:
    """What answers a question is found by its words at once, by its meaning when a job has seen to it."""
    published = (
        helpcenter.ArticlePublished,
        helpcenter.ArticleUnpublished,
        helpcenter.ArticleArchived,
        helpcenter.ArticleRestored,
        helpcenter.SlugChanged,
    )
    ways = (
        troubleshooters.TroubleshooterPublished,
        troubleshooters.TroubleshooterUnpublished,
        troubleshooters.TroubleshooterArchived,
        troubleshooters.TroubleshooterRestored,
        troubleshooters.TroubleshooterChanged,
    )
    when(*published, then=knowledge.on_article)
    when(*ways, then=knowledge.on_troubleshooter)
    when(facts.FactTookEffect, then=knowledge.on_fact)
    acknowledging.provide_answers(suggesting.for_letter)
    after(
        helpcenter.ArticlePublished,
        helpcenter.ArticleRestored,
        troubleshooters.TroubleshooterPublished,
        troubleshooters.TroubleshooterRestored,
        enqueue=knowledge.enqueue_vectors,
    )


def _troubleshooters() -> None:
    """A ticket carries the walk its writer came from; whoever changes a fact is told which walks name it."""
    when(arrivals.ContextCarried, then=walks.join_walk)
    when(arrivals.ContextCarried, then=reading.join_article)
    places.provide(naming.KIND, naming.naming)
    places.provide_texts(naming.KIND, naming.published_texts)


def _notifications() -> None:
    when(tickets.TicketAssigned, then=told.on_assigned)
    when(tickets.NoteAdded, then=told.on_note)
    when(tickets.CustomerWrote, then=told.on_customer_wrote)
    when(tickets.TicketOpened, then=told.on_opened)
    when(tickets.TicketTransferred, then=told.on_transferred)
    when(tickets.TicketWoke, then=told.on_woke)
    when(tickets.SolutionRejected, then=told.on_rejected)
    when(promised.PromiseAtRisk, then=told.on_promise_at_risk)
    when(promised.PromiseBroken, then=told.on_promise_broken)
    when(delivery.DeliveryFailed, delivery.DeliveryBounced, then=told.on_delivery_failed)
    when(feedback.TicketRated, then=told.on_rated)
    when(feedback.TicketRated, then=verdicts.follow_up)
    when(tickets.TicketSolved, then=asking.ask)
    when(arrivals.MessageQuarantined, then=told.on_quarantined)
    when(arrivals.AutomaticMailPaused, then=told.on_mail_paused)
    when(channels.MailboxFailed, then=told.on_mailbox_failed)
    when(channels.MailboxRecovered, then=told.on_mailbox_recovered)
    when(helpcenter.ReviewAsked, then=told.on_review_asked)
    when(helpcenter.DraftApproved, helpcenter.DraftDeclined, then=told.on_review_answered)
    when(helpcenter.ArticleVoted, then=told.on_article_voted)
    when(answers.TemplateReviewAsked, then=told.on_template_review_asked)
    when(answers.TemplateApproved, answers.TemplateDeclined, then=told.on_template_review_answered)
    when(escalation.TicketEscalated, then=told.on_escalated)
    when(escalation.PageSent, then=told.on_paged)
    when(escalation.PageUnanswered, then=told.on_page_unanswered)
    when(escalation.OutsideAnswered, then=told.on_outside_answered)
    when(escalation.OutsideOverdue, then=told.on_outside_overdue)
    when(escalation.OutsideFailed, then=told.on_outside_failed)


def _open_screens() -> None:
    """Last: what is told to screens stands in the database by then. And who may listen."""
    about_tickets = [fact for fact in all_facts().values() if fact.subject == "ticket"]
    when(*about_tickets, then=live.announce)
    when(tickets.MessageRedacted, tickets.AttachmentRedacted, then=assistant.forget_redacted)
    when(tickets.AgentReplied, then=assistant.put_away)
    when(
        arrivals.MessageIgnored,
        arrivals.MessageQuarantined,
        arrivals.MessageReleased,
        arrivals.BounceReceived,
        tickets.TicketOpened,
        tickets.CustomerWrote,
        then=ledger.announce,
    )
    may_subscribe("ledger", ledger.may_read_ledger)
    may_subscribe("ticket", live.may_hear_of_ticket)
    may_subscribe("tickets", live.is_agent)
    may_subscribe("assistant", assistant.may_hear)
    may_subscribe("agent", live.is_this_agent)
    may_subscribe("customer", live.is_this_customer)
    holders.register("attachment", attachments.held)
    holders.register(files_outside.HOLDER, files_outside.held)
