from __future__ import annotations

import pytest

from tugon.templates.models import Folder
from tugon.templates.starting import create_starting_rows


@pytest.fixture
def folder(db: None) -> Folder:
    """A folder without reviews."""
    return Folder.objects.create(key="answers", names={"en": "Answers", "fil": "Mga sagot"})


@pytest.fixture
def reviewed(db: None) -> Folder:
    """A folder whose templates a second person reads."""
    return Folder.objects.create(key="payments", names={"en": "Payments"}, needs_review=True)


@pytest.fixture
def starters(db: None) -> None:
    create_starting_rows()
