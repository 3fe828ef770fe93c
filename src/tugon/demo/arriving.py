"""How a customer's words arrive: by mail, by a form, or by what has no adapter yet."""

from datetime import timedelta
from email.utils import format_datetime
from random import Random

from tugon.files import operations as files
from tugon.files.models import StoredFile
from tugon.intake import forms
from tugon.intake import operations as intake
from tugon.intake.models import Form
from tugon.lib.clock import now, standing_at
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message, MessageKey, Ticket
from tugon.tickets.operations.opening import NewFile

from . import pictures
from .letters import Sheet, written
from .scenes import Scene
from .threads import Said


def by_mail(scene: Scene, subject: str, text: str, said: Said, answers: Message | None = None) -> Ticket:
    mailbox = scene.house.channels[scene.story.thread.via].mailbox
    sheet = Sheet(
        sender=(scene.customer.name, scene.address),
        to=mailbox.address,
        subject=subject,
        text=text,
        date=format_datetime(now()),
        number=f"{scene.story.number}.{int(now().timestamp())}",
        files=[pictures.made(said.file, scene.rng.randrange(6))] if said.file else [],
    )
    if answers is not None:
        sheet.answer(
            list(
                MessageKey.objects.filter(message__ticket=answers.ticket)
                .order_by("pk")
                .values_list("value", flat=True)
            )
        )
    row = intake.process(intake.store(mailbox.channel, written(sheet), via="sandbox"))
    if row.ticket is None:
        raise RuntimeError(f"A letter of the demo made no ticket: {row.reason} {row.error}")
    return row.ticket


def by_form(scene: Scene, subject: str, text: str, said: Said) -> Ticket:
    form = Form.objects.select_related("channel", "audience").get(slug=scene.story.thread.audience)
    address = scene.address
    fields = {}
    if "device" in form.asks:
        fields["device"] = scene.words["device"]
    data = {
        "name": scene.customer.name, "email": address, "username": scene.customer.username, "subject": subject,
        "description": text, "side": scene.rng.choice(("", "mine", "theirs")), "fields": fields,
    }  # fmt: skip
    uploads = []
    if said.file:
        name, _type, content = pictures.made(said.file, scene.rng.randrange(6))
        uploads = [files.upload(content, name=name, owner=f"customer:{scene.customer.pk}")]
    with standing_at(now() - timedelta(minutes=2)):
        shown = forms.token(form)
    submission = forms.submit(
        form, data, submission_id=f"demo-{scene.story.number}", customer=scene.customer,
        language=scene.customer.language,
        uploads=uploads, token=shown,
    )  # fmt: skip
    if submission.ticket is None:
        raise RuntimeError(f"A form of the demo made no ticket: {submission.received.reason}")
    return submission.ticket


def by_other(scene: Scene, subject: str, text: str, said: Said) -> Ticket:
    story = scene.story
    is_ours = story.thread.via in ("phone", "console")
    return tickets.open_ticket(
        customer=scene.customer,
        subject=subject,
        message=tickets.NewMessage(body=text, language=story.thread.language, files=stored(said, scene.rng)),
        by=scene.agent.actor if is_ours else scene.customer.actor,
        channel=scene.house.channels[story.thread.via],
        team=scene.house.teams[story.thread.team],
    )


def of_old(scene: Scene, subject: str, text: str, said: Said) -> Ticket:
    """Opened as intake would have, in the right team at once; the ledger's rows follow in `old_mail`."""
    thread = scene.story.thread
    via = f"form-{thread.audience}" if scene.story.by_form else thread.via
    return tickets.open_ticket(
        customer=scene.customer, subject=subject, by=scene.customer.actor, channel=scene.house.channels[via],
        message=tickets.NewMessage(body=text, language=thread.language, files=stored(said, scene.rng)),
        team=scene.house.teams[thread.team], kind=thread.kind, priority=thread.priority, tags=thread.tags,
    )  # fmt: skip


def stored(said: Said, rng: Random) -> list[NewFile]:
    if not said.file:
        return []
    name, media_type, content = pictures.made(said.file, rng.randrange(6))
    kept: StoredFile = files.store(content, claimed_type=media_type, name=name)
    return [NewFile(kept, name)]
