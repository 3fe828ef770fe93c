"""What may help somebody who is writing a request: few, and rather none than wrong ones."""

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
