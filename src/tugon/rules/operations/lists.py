from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record

from ..errors import RuleInvalid, RuleNameMissing
from ..events import WordListChanged
from ..models import Version, WordList
from .writing import PERMISSION

MOST_WORDS = 500


@transaction.atomic
def save_word_list(
    row: WordList | None,
    *,
    names: Mapping[str, str],
    words: Mapping[str, Sequence[str]],
    by: Actor,
    key: str = "",
) -> WordList:
    """Make or change a list of words that rules look for. Its key stays: rules say it.

    Raises NotAllowed, RuleNameMissing, RuleInvalid.
    """
    require(by, PERMISSION)
    clean = {language: " ".join(name.split())[:60] for language, name in names.items() if name.strip()}
    if not clean:
        raise RuleNameMissing
    kept = {
        language: list(dict.fromkeys(one for word in many if (one := " ".join(word.split())[:60])))
        for language, many in words.items()
    }
    if sum(map(len, kept.values())) > MOST_WORDS:
        raise RuleInvalid(reason=_("a list holds at most {number} words").format(number=MOST_WORDS))
    if row is None:
        row = WordList(key=_key(key or next(iter(clean.values()))))
    row.names, row.words = clean, {language: many for language, many in kept.items() if many}
    row.save()
    record(WordListChanged(wordlist_id=row.pk), by=by)
    return row


@transaction.atomic
def remove_word_list(row: WordList, *, by: Actor) -> None:
    """Forget a list that no published rule asks for. Raises NotAllowed, RuleInvalid."""
    require(by, PERMISSION)
    using = Version.objects.filter(rule__published__isnull=False, rule__archived_at=None)
    for version in using.filter(rule__published_id__isnull=False).select_related("rule"):
        if version.rule.published_id == version.pk and f'"{row.key}"' in str(version.definition).replace(
            "'", '"'
        ):
            raise RuleInvalid(reason=_("the rule “{name}” asks for this list").format(name=version.rule.name))
    record(WordListChanged(wordlist_id=row.pk, is_gone=True), by=by)
    row.delete()


def _key(text: str) -> str:
    """A free key made of the name."""
    stem = slugify(text)[:34] or "list"
    taken = set(WordList.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        one for number in range(1, 1000) if (one := stem if number == 1 else f"{stem}-{number}") not in taken
    )
