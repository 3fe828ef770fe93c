"""From draft to what people walk, and back."""

from django.db import transaction

from tugon.accounts import policies
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from ..drafts import problems
from ..errors import NotPublishable
from ..events import (
    TroubleshooterArchived,
    TroubleshooterPublished,
    TroubleshooterRestored,
    TroubleshooterUnpublished,
)
from ..graph import Graph, read, write
from ..models import Troubleshooter, Version
from .drawing import PERMISSION, _agent_id, _keep


@transaction.atomic
def publish(row: Troubleshooter, *, note: str = "", by: Actor) -> Version:
    """Make the draft what people walk from now on. Walks under way go on in the version they began in.

    A draft that says what is published already makes no new version. Raises NotAllowed, NotPublishable.
    """
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    return _publish(row, read(row.draft), note=note, by=by)


@transaction.atomic
def roll_back(row: Troubleshooter, *, to: int, by: Actor) -> Version:
    """Publish version number `to` again, as a new one, and draw on from it. The draft before can be undone to.

    Raises NotAllowed, NotPublishable (an article it leads to is gone), Version.DoesNotExist.
    """
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    old = row.versions.get(number=to)
    if row.draft != old.data:
        _keep(row, old.data, touches="", by=by)
    return _publish(row, old.graph, note=old.note, restored_from=to, by=by)


@transaction.atomic
def unpublish(row: Troubleshooter, *, by: Actor) -> Troubleshooter:
    """Offer it nobody any more; draft and versions stay. Raises NotAllowed."""
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    if row.published_id is not None:
        row.published, row.published_at = None, None
        row.save(update_fields=["published", "published_at"])
        record(TroubleshooterUnpublished(troubleshooter_id=row.pk), by=by)
    return row


@transaction.atomic
def archive(row: Troubleshooter, *, by: Actor) -> Troubleshooter:
    """Put it away: nobody walks it, no list shows it. Raises NotAllowed."""
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        record(TroubleshooterArchived(troubleshooter_id=row.pk), by=by)
    return row


@transaction.atomic
def restore(row: Troubleshooter, *, by: Actor) -> Troubleshooter:
    """Bring it back as it was. Raises NotAllowed."""
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        record(TroubleshooterRestored(troubleshooter_id=row.pk), by=by)
    return row


def _publish(
    row: Troubleshooter, graph: Graph, *, note: str, by: Actor, restored_from: int | None = None
) -> Version:
    standing = [one.words for one in problems(graph) if not one.is_warning]
    if standing:
        raise NotPublishable(problems=" ".join(standing[:4]))
    data = write(graph)
    if row.published is not None and row.published.data == data:
        return row.published
    newest = row.versions.order_by("-number").first()
    version = Version.objects.create(
        troubleshooter=row,
        number=newest.number + 1 if newest else 1,
        data=data,
        note=" ".join(note.replace("\0", "").split())[:400],
        author_id=_agent_id(by),
        created_at=now(),
    )
    row.published, row.published_at = version, now()
    row.titles, row.summaries = dict(graph.titles), dict(graph.summaries)
    row.save(update_fields=["published", "published_at", "titles", "summaries"])
    fact = TroubleshooterPublished(
        troubleshooter_id=row.pk, version_id=version.pk, number=version.number, restored_from=restored_from
    )
    record(fact, by=by)
    return version
