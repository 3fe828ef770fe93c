"""Our own mail: what we sent and what comes back to us, so that no loop begins."""

from dataclasses import replace

from django.utils.translation import gettext as _

from tugon.channels.email.parsing.model import Automatic, ParsedMail

from ..identity import INSTANCE_HEADER, Self
from .verdicts import Ignore, Quarantine, Verdict


def own_mail(mail: ParsedMail, *, self_: Self, has_our_id: bool, replies_go_to_reply_to: bool) -> Verdict:
    """Whether this letter is one of ours.

    has_our_id: its Message-ID is one we gave out. replies_go_to_reply_to: the mailbox's rule for contact forms, which
    write from our address in another's name. A bounce quotes our header in its inner letter only, so it is not caught.
    """
    if self_.instance in mail.header(INSTANCE_HEADER).split():
        return Ignore(_("Tugon's own letter came back: it carries our mark."))
    if has_our_id:
        return Ignore(_("Tugon's own letter came back: it has a Message-ID that we gave out."))
    author = mail.author
    if author is None or not self_.is_ours(author.address):
        return None
    if replies_go_to_reply_to and any(not self_.is_ours(one.address) for one in mail.reply_to):
        return None
    return Quarantine(
        _(
            "It says that it comes from our own address {address}. If a contact form writes so, turn on “Reply-To is "
            "the person” for this mailbox, then try again."
        ).format(address=author.address)
    )


def seen_from_here(mail: ParsedMail, self_: Self) -> ParsedMail:
    """The letter without the parser's guess that a Tugon's mark means ours: another installation's mark does not."""
    if mail.automatic is None or mail.automatic.kind != "own" or not mail.header(INSTANCE_HEADER):
        return mail
    submitted = mail.header("Auto-Submitted").split(";")[0].strip().lower()
    if submitted in ("", "no"):
        return replace(mail, automatic=None, may_answer=True, may_answer_why="")
    kind = "auto-reply" if submitted == "auto-replied" else "auto-generated"
    return replace(mail, automatic=Automatic(kind, f"Auto-Submitted: {submitted}"))
