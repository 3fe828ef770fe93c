"""A stored letter becomes a message on a ticket, or is set aside with a reason: asks, lets the steps judge, writes.

Runs inside the transaction of `operations.processing`; whatever goes wrong is rolled back there.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugon.channels.email.parsing import parse
from tugon.channels.email.parsing.model import ParsedMail
from tugon.company import settings as company
from tugon.customers.models import Audience, Customer, CustomField
from tugon.customers.operations import identify_sender, verify
from tugon.events.actors import SYSTEM
from tugon.files import operations as files
from tugon.tickets.models import Ticket
from tugon.tickets.operations import add_incoming, open_ticket
from tugon.tickets.operations.opening import NewFile, NewMessage

from . import asides, filtering, lookups, participants
from .identity import Self, ourselves
from .messages import message_of
from .models import Received
from .outcomes import Outcome, opened, set_aside
from .reports import reported
from .steps import answers, content, machines, own, people, senders, spam, threading
from .steps.people import Author
from .steps.threading import KNOWN, Decision, Rung
from .steps.verdicts import Ignore, Quarantine, Verdict


@dataclass(slots=True)
class Letter:
    """One letter on its way through the steps, with what was found out so far."""

    received: Received
    mail: ParsedMail
    self_: Self
    author: Author | None
    known: lookups.Known
    is_forced: bool

    @property
    def asks_reply_to(self) -> bool:
        return _asks_reply_to(self.received)

    def message(self, author: Author, extra: dict[str, Any], *, is_known: bool) -> NewMessage:
        """What goes on the ticket; the files are kept."""
        return message_of(
            self.mail, self.received, self_=self.self_, author=author, extra=extra, is_known=is_known
        )


def read(received: Received, *, is_forced: bool = False) -> Outcome:
    """Understand one letter. is_forced: an administrator released it, so nothing judges it any more.

    Raises EarlierLetterWaits when it must wait for the letter it answers.
    """
    letter = _opened(received, is_forced=is_forced)
    lookups.require_earlier_read(received, letter.known)
    verdict: Verdict = None
    if not is_forced:
        verdict = own.own_mail(
            letter.mail,
            self_=letter.self_,
            has_our_id=letter.known.has_our_id,
            replies_go_to_reply_to=letter.asks_reply_to,
        )
    if verdict is not None:
        return set_aside(verdict)
    copy = lookups.copy_elsewhere(received, letter.known)
    if copy is not None:
        return set_aside(
            Ignore(_("The same letter is on its ticket through {name}.").format(name=copy.channel.name)),
            copy_of=copy,
        )
    report = machines.report(letter.mail)
    if report is not None and not is_forced:
        return _reported_aside(report) or reported(received, letter.mail, report)
    return _from_somebody(letter)


def read_whole(received: Received) -> Outcome:
    """Open a ticket with the bytes as a file: an administrator wants a ticket though nothing can read it."""
    customer = identify_sender(received.sender, authentic=False)
    raw = files.store(bytes(received.payload.content), claimed_type="message/rfc822", name="letter.eml")
    message = NewMessage(
        body=_("This message could not be read. The whole of it is attached as it came."),
        envelope={
            "from": {"name": "", "address": received.sender},
            "may_answer": False,
            "received": received.pk,
        },
        keys=(received.letter_id,),
        files=[NewFile(raw, "letter.eml")],
    )
    ticket = open_ticket(
        customer=customer,
        subject=received.subject,
        message=message,
        by=SYSTEM,
        channel=received.channel,
        is_silent=received.is_silent,
    )
    return opened(ticket)


def _opened(received: Received, *, is_forced: bool) -> Letter:
    self_ = ourselves()
    mailbox = getattr(received.channel, "mailbox", None)
    trusted = frozenset(mailbox.trusted_authserv.split()) if mailbox else frozenset()
    mail = parse(bytes(received.payload.content), own_addresses=self_.addresses, trusted_authserv=trusted)
    mail = own.seen_from_here(mail, self_)
    author = people.author(
        mail,
        self_=self_,
        replies_go_to_reply_to=_asks_reply_to(received),
        is_from_agent=lookups.is_agent(mail),
    )
    return Letter(received, mail, self_, author, lookups.known_of(received, mail, author), is_forced)


def _asks_reply_to(received: Received) -> bool:
    mailbox = getattr(received.channel, "mailbox", None)
    return bool(mailbox and mailbox.reply_to_is_customer)


def _from_somebody(letter: Letter) -> Outcome:
    mail, author = letter.mail, letter.author
    if author is None and not letter.is_forced:
        return set_aside(Quarantine(_("It names no sender that could be answered.")))
    author = author or Author("", "", is_authentic=False)
    sent_to = people.addressed(mail, letter.received.envelope.get("to", []))
    aside = asides.find(mail, addressed=sent_to, author=author)
    if aside is not None and aside.is_confirmed:
        return _kept_aside(letter, aside, author)
    rule, is_allowed = senders.by_rules(author.address, lookups.rules_for(author.address))
    if rule is not None and not letter.is_forced:
        return set_aside(rule)
    if aside is not None:
        verdict = None if letter.is_forced or is_allowed else spam.judged(mail)
        return set_aside(verdict) if verdict is not None else _kept_aside(letter, aside, author)
    person = lookups.person_behind(letter.known)
    found, tickets = lookups.candidates(mail, letter.known, addressed=sent_to, author=author, person=person)
    decision = threading.decide(
        found, subject=mail.subject, closed_too_long_days=company.get("closed_too_long_days")
    )
    verdict = _judged(letter, decision, person, is_allowed=is_allowed)
    if verdict is not None:
        return set_aside(verdict)
    if decision.ticket_id is not None:
        return _joined(letter, tickets[decision.ticket_id], decision, author, person)
    sieved = filtering.PASSED if letter.is_forced else _filtered(letter, author, person)
    if sieved.verdict is not None:
        return set_aside(sieved.verdict)
    return _begun(letter, decision, author, person, sieved)


def _filtered(letter: Letter, author: Author, person: Customer | None) -> filtering.Filtered:
    """What the company's mail filters say, before a ticket exists."""
    mail, received = letter.mail, letter.received
    incoming = filtering.Incoming(
        sender=author.address,
        name=author.name,
        recipients=people.addressed(mail, received.envelope.get("to", [])),
        subject=mail.subject,
        text=mail.text,
        language=mail.language or "",
        channel=received.channel,
        customer=person,
        has_files=bool(mail.attachments),
        is_automatic=mail.automatic is not None,
    )
    return filtering.filtered(received, incoming)


def _kept_aside(letter: Letter, aside: asides.Aside, author: Author) -> Outcome:
    """The letter belongs to a conversation beside a ticket: it is no message of the ticket, nor its people's."""
    message = letter.message(author, {}, is_known=aside.is_confirmed)
    if not aside.keep(message, received_id=letter.received.pk):
        return set_aside(Ignore(_("The same letter is beside its ticket already.")))
    words = _("An answer from outside, kept beside the ticket.")
    return Outcome(Received.State.TICKETED, words, aside.ticket)


def _reported_aside(report: machines.Report) -> Outcome | None:
    ticket = asides.reported(report)
    if ticket is None:
        return None
    words = _("A report about a letter to a department outside: {kind}.").format(kind=report.kind)
    return Outcome(Received.State.TICKETED, words, ticket)


def _judged(letter: Letter, decision: Decision, person: Customer | None, *, is_allowed: bool) -> Verdict:
    """Machines, blocked people, spam: whoever is on the ticket by right is not weighed for spam."""
    if letter.is_forced:
        return None
    verdict = machines.answers_nothing(letter.mail, has_thread=decision.ticket_id is not None)
    if verdict is not None or is_allowed:
        return verdict
    verdict = senders.blocked(bool(person and person.blocked_at))
    if verdict is None and not (decision.ticket_id and decision.standing in KNOWN):
        verdict = spam.judged(letter.mail)
    return verdict


def _joined(
    letter: Letter, ticket: Ticket, decision: Decision, author: Author, person: Customer | None
) -> Outcome:
    """Add the letter to a ticket."""
    if decision.rung in (Rung.ADDRESS, Rung.ANSWERED) and author.is_authentic:
        point = (
            lookups.claimed_point(ticket, author)
            if person is None or person.pk != ticket.customer_id
            else None
        )
        if point is not None:
            # Only who reads that address's mail can answer a letter that we sent to it.
            person = verify(point, by=SYSTEM)
    person = _customer(letter, author, person)
    extra: dict[str, Any] = {"thread": str(decision.rung)}
    if decision.is_pending:
        extra["from_stranger"] = True
    if decision.offers_split:
        extra["offer_split"] = True
    message = add_incoming(
        ticket,
        letter.message(author, extra, is_known=decision.standing in KNOWN),
        by=person.actor,
        customer=person,
        channel=letter.received.channel,
        is_silent=letter.received.is_silent,
    )
    if decision.is_pending:
        participants.let_wait(ticket, author, customer=person)
    elif not message.automatic:
        participants.add_copied(
            ticket, people.copied(letter.mail, author=author, self_=letter.self_), by=person.actor
        )
    return Outcome(Received.State.TICKETED, ticket=ticket, message_id=message.pk)


def _begun(
    letter: Letter,
    decision: Decision,
    author: Author,
    person: Customer | None,
    sieved: filtering.Filtered,
) -> Outcome:
    """Open a ticket with the letter."""
    received, mail = letter.received, letter.mail
    said = answers.read(
        mail.fields, list(CustomField.objects.filter(on="ticket", archived_at=None)) if mail.fields else []
    )
    customer = _customer(letter, author, person)
    message = letter.message(author, {"fields": sorted(mail.fields)} if mail.fields else {}, is_known=False)
    ticket = open_ticket(
        customer=customer,
        subject=content.subject(mail, author),
        message=message,
        by=customer.actor,
        channel=received.channel,
        context=dict(said.context),
        at=mail.date if received.is_silent and mail.date else None,
        is_silent=received.is_silent,
        **sieved.opening(side=said.side, fields=said.fields),
    )
    sieved.opened(ticket)
    if not message.automatic:
        participants.add_copied(
            ticket, people.copied(mail, author=author, self_=letter.self_), by=customer.actor
        )
    if decision.linked_to:
        participants.link(ticket, decision.linked_to)
    return opened(ticket)


def _customer(letter: Letter, author: Author, person: Customer | None) -> Customer:
    """The customer row of the author: the known one, filled where it says less than the letter, or a new one."""
    language = letter.mail.language or ""
    if person is not None and (person.name or not author.name) and (person.language or not language):
        return person
    channel = letter.received.channel
    audience = None
    if person is None and channel.audience_key:
        audience = Audience.objects.filter(key=channel.audience_key).first()
    return identify_sender(
        author.address,
        name=author.name,
        language=language or channel.language,
        audience=audience,
        authentic=author.is_authentic,
        is_new=person is None,
    )
