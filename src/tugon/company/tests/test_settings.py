import io

import pytest
from PIL import Image

from tugon.company import brand, operations, settings
from tugon.company.errors import LogoInvalid, SettingInvalid
from tugon.company.models import Logo, Setting
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


def picture(size=(900, 300)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG")
    return written.getvalue()


def test_what_nobody_decided_has_its_default():
    assert settings.get("undo_seconds") == 10
    assert settings.get("languages") == ["en", "fil"]


def test_a_decision_is_read_at_once_and_recorded():
    operations.decide("undo_seconds", value="5", by=SYSTEM)
    assert settings.get("undo_seconds") == 5
    event = Event.objects.get(name="CompanySettingChanged")
    assert event.data["key"] == "undo_seconds"
    assert (event.data["before"], event.data["after"]) == (10, 5)


def test_deciding_the_same_again_records_nothing():
    operations.decide("name", value="Acme", by=SYSTEM)
    operations.decide("name", value="Acme", by=SYSTEM)
    assert Event.objects.filter(name="CompanySettingChanged").count() == 1


def test_a_thousand_reads_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(1000):
            settings.get("name")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("undo_seconds", "many"),
        ("undo_seconds", 61),
        ("accent", "red"),
        ("zone", "Mars/Base"),
        ("languages", []),
        ("languages", ["xx"]),
        ("name", "  "),
        ("region", "PHL"),
        ("host_url", "javascript:alert(1)"),
        ("upload_types", "../x"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_in_words_and_changes_nothing(key, value):
    with pytest.raises(SettingInvalid) as refusal:
        operations.decide(key, value=value, by=SYSTEM)
    assert refusal.value.message
    assert not Setting.objects.exists()


def test_several_decisions_are_all_or_none():
    with pytest.raises(SettingInvalid):
        operations.decide_all({"name": "Acme", "zone": "nowhere"}, by=SYSTEM)
    settings.forget()
    assert settings.get("name") == "Support"


def test_who_may_not_change_settings_is_refused():
    with pytest.raises(NotAllowed):
        operations.decide("name", value="Mine", by=Actor(ActorKind.CUSTOMER, 1))


def test_file_types_are_read_from_words():
    assert operations.decide("upload_types", value=".PNG, pdf  zip", by=SYSTEM) == ["pdf", "png", "zip"]


def test_a_name_that_is_no_setting_is_a_bug():
    with pytest.raises(KeyError):
        settings.get("nmae")


def test_a_logo_is_made_small_and_served_for_ever(client):
    logo = operations.change_logo(picture(), by=SYSTEM)
    assert (logo.width, logo.height) == (512, 171)
    assert bytes(logo.content).startswith(b"\x89PNG")
    answer = client.get(brand.current().logo_url)
    assert answer.content == bytes(logo.content)
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(LogoInvalid):
        operations.change_logo(content, by=SYSTEM)
    assert not Logo.objects.exists()
