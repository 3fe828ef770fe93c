"""Learning anew from what people labelled."""

from __future__ import annotations

from django.db import transaction

from tugon.company.configuring import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.meaning import embedder

from ..events import ClassifierTrained
from ..labels import labels
from ..learning.kept import checksum_of, pack
from ..learning.training import train
from ..models import Classifier

KEPT = 5
"""Classifiers of a kind that are kept, to compare their figures."""
PERMISSION = "understanding.edit"


def learn(kind: str, *, by: Actor) -> Classifier | None:
    """Train from scratch on the newest labels, and use it from now on. Minutes at most, for the worker.

    None where there are fewer labels than it takes; then what there was before goes too, for its labels are gone.
    Raises NotAllowed.
    """
    require(by, PERMISSION)
    there = embedder()
    model = there.model if there else ""
    trained = train(labels(kind, model=model), embedder=model)
    if trained is None:
        Classifier.objects.filter(kind=kind).delete()
        return None
    names, numbers = pack(trained.learnt)
    with transaction.atomic():
        row = Classifier.objects.create(
            kind=kind,
            trained_at=now(),
            labels=trained.report["labels"],
            report=trained.report,
            words=names,
            numbers=numbers,
            checksum=checksum_of(names, numbers),
        )
        old = Classifier.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)[KEPT:]
        Classifier.objects.filter(pk__in=list(old)).delete()
        record(ClassifierTrained(classifier_id=row.pk, kind=kind, labels=row.labels), by=by)
    return row
