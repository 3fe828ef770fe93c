"""Words that mean the same to people who search: kept by administrators, read by every search."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record

from .errors import SynonymsInvalid
from .events import SynonymsChanged
from .models import Synonym
from .phrases import ROOT_MARK, normal, roots
from .policies import require_keeper

MOST_WORDS = 20
LONGEST = 80


@transaction.atomic
def keep_synonyms(words: Sequence[str], *, by: Actor, row: Synonym | None = None) -> Synonym:
    """Keep a group of two to twenty words or phrases. row: the group to change, None for a new one.

    Raises NotAllowed, SynonymsInvalid.
    """
    require_keeper(by)
    clean = list(dict.fromkeys(" ".join(word.split()) for word in words if normal(word)))
    if not 2 <= len({normal(word) for word in clean}) <= MOST_WORDS or any(
        len(word) > LONGEST for word in clean
    ):
        raise SynonymsInvalid
    if row is not None and row.words == clean:
        return row
    kept = row or Synonym()
    kept.words, kept.normal = clean, compared(clean)
    kept.changed_by = by.subject if by.kind is ActorKind.AGENT else None
    kept.save()
    record(SynonymsChanged(synonym_id=kept.pk, words=tuple(clean)), by=by)
    return kept


def compared(words: Sequence[str]) -> list[str]:
    """The terms as searches compare them: as they are written, and single words by their Filipino root too."""
    terms = {normal(word) for word in words}
    return sorted(terms | {ROOT_MARK + roots(term) for term in terms if " " not in term and roots(term)})


@transaction.atomic
def remove_synonyms(row: Synonym, *, by: Actor) -> None:
    """A repeat does nothing. Raises NotAllowed."""
    require_keeper(by)
    pk = row.pk
    if Synonym.objects.filter(pk=pk).delete()[0]:
        record(SynonymsChanged(synonym_id=pk, words=()), by=by)
