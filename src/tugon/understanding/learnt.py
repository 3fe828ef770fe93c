"""Reads: the classifiers in force."""

from __future__ import annotations

import logging

from tugon.lib.remember import remembered

from .learning.kept import Damaged, Learnt, unpack
from .models import Classifier

logger = logging.getLogger(__name__)

_loaded: dict[str, tuple[int, str, Learnt | None]] = {}


def learnt(kind: str) -> Learnt | None:
    """What was learnt last of topics or teams; None where nothing was, or its numbers are damaged: then rules and words
    do the work. One small query, remembered; the numbers are read once a process.
    """
    newest = _newest().get(kind)
    if newest is None:
        return None
    known = _loaded.get(kind)
    if known is None or known[:2] != newest:
        known = (*newest, _read(newest[0]))
        _loaded[kind] = known
    return known[2]


def newest(kind: str) -> Classifier | None:
    """The row, without its numbers. One query."""
    return Classifier.objects.filter(kind=kind).defer("numbers", "words").order_by("-pk").first()


def is_damaged(row: Classifier) -> bool:
    """Whether what is kept is not what was trained. One query."""
    return _read(row.pk) is None


@remembered
def _newest() -> dict[str, tuple[int, str]]:
    rows = Classifier.objects.order_by("kind", "-pk").distinct("kind")
    return {row[0]: (row[1], row[2]) for row in rows.values_list("kind", "pk", "checksum")}


def _read(pk: int) -> Learnt | None:
    row = Classifier.objects.filter(pk=pk).first()
    if row is None:
        return None
    try:
        return unpack(row.words, bytes(row.numbers), checksum=row.checksum)
    except Damaged as error:
        logger.warning("Classifier %s is damaged and not used: %s", pk, error)
        return None
