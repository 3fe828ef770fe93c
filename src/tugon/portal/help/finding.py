"""The help center searched for a reader: the page of results, and results while typing."""

from tugon.helpcenter.models import Translation
from tugon.helpcenter.readers import Reader

from . import lists


def find(text: str, *, language: str, reader: Reader, most: int) -> list[lists.Line]:
    """Articles whose title or summary holds the words."""
    rows = Translation.objects.published().readable_by(reader).filter(title__icontains=text)
    return lists.lines_of(rows.nearest_to(language)[:most], language)
