"""How the demo's articles grew: pure, from the files alone."""

from datetime import UTC, datetime, timedelta

import pytest

from tugon.demo.helpcenter.history import of_original, of_translation
from tugon.demo.helpcenter.reading import sheets

TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
ORIGINALS = {sheet.key: sheet for sheet in sheets() if sheet.is_source}
OTHERS = [sheet for sheet in sheets() if not sheet.is_source]
AHEAD = {sheet.key for sheet in OTHERS if sheet.is_behind}


def grown(key):
    return of_original(ORIGINALS[key], today=TODAY, is_ahead=key in AHEAD)


@pytest.mark.parametrize("key", ORIGINALS)
def test_an_original_grows_into_what_its_file_says(key):
    stages = grown(key)
    assert stages[-1].body == ORIGINALS[key].body
    assert [stage.published_at for stage in stages] == sorted(stage.published_at for stage in stages)
    assert len({stage.body for stage in stages}) == len(stages) <= 4
    assert [len(stage.body) for stage in stages] == sorted(len(stage.body) for stage in stages)
    assert TODAY - timedelta(days=366) < stages[0].published_at < stages[-1].published_at or len(stages) == 1
    assert stages == grown(key), "the same every time"


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda sheet: sheet.key)
def test_a_translation_comes_after_the_version_it_was_made_from(sheet):
    original = grown(sheet.key)
    stages = of_translation(sheet, original, today=TODAY)
    assert stages[-1].body == sheet.body
    assert stages[-1].made_from == len(original) - (2 if sheet.is_behind else 1)
    for stage in stages:
        assert stage.published_at < TODAY
        assert stage.published_at.date() >= original[stage.made_from].published_at.date()
