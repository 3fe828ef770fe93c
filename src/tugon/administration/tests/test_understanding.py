"""The page that says how well tickets are understood, in every state of learning."""

import pytest

from tugon.lib.clock import now
from tugon.understanding.models import Classifier, Topic
from tugon.understanding.starting import create_starting_topics

pytestmark = pytest.mark.django_db

REPORT = {
    "count": 60, "right": 54, "applied": 30, "applied_right": 30, "suggested": 20, "suggested_right": 15,
    "by_language": {"en": {"count": 40, "right": 37, "applied": 20, "applied_right": 20},
                    "": {"count": 20, "right": 17, "applied": 10, "applied_right": 10}},
    "parts": {"words": {}}, "too_few": {"999999": 2},
}  # fmt: skip


@pytest.fixture
def page(client, ada):
    client.force_login(ada)
    return lambda: client.get("/administration/understanding").content.decode()


def test_it_says_how_many_labels_are_missing(page):
    assert "0 tickets are labelled, and it takes 50" in page()


def test_figures_stand_by_topic_and_language_with_the_day(page):
    create_starting_topics()
    payment, safety = Topic.objects.get(key="payment"), Topic.objects.get(key="safety")
    classes = {str(payment.pk): {"count": 60, "right": 54, "applied": 30, "applied_right": 30, "threshold": 0.83},
               str(safety.pk): {"count": 0, "threshold": None}}  # fmt: skip
    report = {**REPORT, "by_class": classes, "confused": [[payment.pk, safety.pk, 4]]}
    Classifier.objects.create(
        kind="topic", trained_at=now(), labels=60, report=report, numbers=b"", checksum="none"
    )
    shown = page()
    assert "90%" in shown
    assert "50%" in shown
    assert "83%" in shown
    assert "only suggests" in shown
    assert "A payment, a charge, a refund, taken for Safety, rights, privacy: 4" in shown
    assert "English" in shown
    assert "What was learnt is damaged" in shown


def test_learning_anew_is_asked_for_once(client, ada):
    client.force_login(ada)
    for words in ("Learning anew in the background", "a moment ago"):
        answer = client.post("/administration/understanding/learning", follow=True)
        assert words in answer.content.decode()


def test_keywords_are_edited_and_senseless_ones_refused(client, ada):
    create_starting_topics()
    client.force_login(ada)
    topic = Topic.objects.get(key="payment")
    address = f"/administration/topics/{topic.pk}"
    given = {"key": "payment", "position": "1", "team_id": "", "names_en": "Money", "names_fil": "Pera"}
    refused = client.post(address, {**given, "keywords_en": "refund*, *", "keywords_fil": ""})
    assert refused.status_code == 422
    client.post(address, {**given, "keywords_en": "refund*, charged twice", "keywords_fil": "bayad"})
    topic.refresh_from_db()
    assert topic.keywords == {"en": ["refund*", "charged twice"], "fil": ["bayad"]}
    assert topic.names["en"] == "Money"
