"""What may help somebody who is writing a request: few, and rather none than wrong ones."""

from django.conf import settings

from tugon.helpcenter.readers import Reader

from .finding import find
from .results import Suggestion

LEAST_LETTERS = 8
MOST = 3


def suggest(text: str, *, language: str, reader: Reader, limit: int = MOST) -> list[Suggestion]:
    """Up to `limit` articles and troubleshooters for what is being written (subject, then description), best first."""
    if len(text.strip()) < LEAST_LETTERS:
        return []
    return find(text, language=language, reader=reader, limit=limit).results


def for_letter(text: str, language: str) -> list[tuple[str, str]]:
    """Titles and whole addresses for an acknowledgement: only what everybody may read, and only what says what was
    asked; a letter cannot be taken back, and who reads it is not proved."""
    found = suggest(text, language=language, reader=Reader.anonymous())
    return [(one.title, settings.BASE_URL.rstrip("/") + one.url) for one in found if one.is_sure]
