"""What an agent may be told of, and how, unless they chose otherwise."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """label: in the settings. words: the line in the list; {who} and {ticket} are filled in. place: the name of the
    page it leads to where it is about no ticket.
    """

    label: str | Promise
    words: str | Promise
    app: bool = True
    email: bool = True
    place: str = "administration:ledger"


KINDS: dict[str, Kind] = {
    "assigned": Kind(_("A ticket is given to me"), _("{who} gave you {ticket}")),
    "mentioned": Kind(_("Somebody mentions me or my team"), _("{who} mentioned you on {ticket}")),
    "customer_wrote": Kind(_("A customer writes on my ticket or one I follow"), _("{who} wrote on {ticket}")),
    "noted": Kind(
        _("A colleague writes a note on my ticket or one I follow"), _("{who} wrote a note on {ticket}")
    ),
    "transferred": Kind(_("A ticket comes to my team"), _("{who} moved {ticket} to your team"), email=False),
    "opened": Kind(_("A new ticket arrives for my team"), _("New: {ticket}"), app=False, email=False),
    "woke": Kind(_("A ticket I put away comes back"), _("Back from snooze: {ticket}")),
    "rejected": Kind(_("A customer says my ticket is not solved"), _("Not solved yet: {ticket}")),
    "at_risk": Kind(
        _("A promise on my ticket, or of the team I lead, is about to break"),
        _("Little time is left: {ticket}"),
        email=False,
    ),
    "broken": Kind(
        _("A promise on my ticket, or of the team I lead, was broken"), _("Too late: {ticket}"), email=False
    ),
    "failed": Kind(_("A message of mine could not be delivered"), _("Could not be delivered: {ticket}")),
    "rated": Kind(_("A customer rates my answer"), _("Rated: {ticket}"), email=False),
    "quarantined": Kind(
        _("A message was kept aside (administrators)"),
        _("A message was kept aside and needs a look"),
        email=False,
    ),
    "mail_paused": Kind(
        _("Automatic mail was stopped by the hourly limit (administrators)"),
        _(
            "Automatic letters are stopped for up to an hour, their limit is reached. Look for a loop at {ticket}"
        ),
    ),
    "mailbox_failed": Kind(
        _("A mailbox stopped working (administrators)"),
        _("A mailbox does not work. Nothing is lost: mail waits on its server, replies wait here"),
        email=False,  # a letter of its own goes to who may set up mailboxes: delivery/alarms.py
        place="administration:mailboxes",
    ),
    "mailbox_works": Kind(
        _("A mailbox works again (administrators)"),
        _("A mailbox works again. What waited is on its way"),
        email=False,
        place="administration:mailboxes",
    ),
    "review_asked": Kind(
        _("Somebody asks me to read an article before it is published"),
        _("{who} asks for a review of an article"),
        place="console:knowledge-work",
    ),
    "review_answered": Kind(
        _("An article I asked about is approved or sent back"),
        _("{who} has read your article"),
        email=False,
        place="console:knowledge-work",
    ),
    "article_comment": Kind(
        _("A reader says what is missing in an article of mine"),
        _("A reader says what is missing in an article of yours"),
        email=False,
        place="console:knowledge-work",
    ),
    "template_review": Kind(
        _("Somebody asks me to read a reply template before it is published"),
        _("{who} asks for a review of a reply template"),
        place="console:template-reviews",
    ),
    "template_answer": Kind(
        _("A reply template I asked about is approved or sent back"),
        _("{who} has read your reply template"),
        email=False,
        place="console:template-reviews",
    ),
    "escalated": Kind(_("A ticket of my team is escalated"), _("{who} escalated {ticket}")),
    "paged": Kind(_("I am on call and a ticket needs me"), _("You are on call: {ticket}")),
    "page_unanswered": Kind(
        _("Nobody on call answered a page (administrators)"), _("Nobody on call answered: {ticket}")
    ),
    "outside_answered": Kind(
        _("A department outside answers a question on my ticket"), _("Answer from outside: {ticket}")
    ),
    "outside_overdue": Kind(
        _("A department outside has not answered in time"), _("No answer from outside in time: {ticket}")
    ),
    "outside_failed": Kind(
        _("A letter to a department outside did not arrive"), _("A letter outside did not arrive: {ticket}")
    ),
    "rule": Kind(_("A rule asks me to look at a ticket"), _("A rule asks you to look at {ticket}")),
}
