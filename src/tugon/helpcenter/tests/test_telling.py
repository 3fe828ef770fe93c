"""Who hears of what happens to articles."""

import pytest
from django.urls import reverse

from tugon.events.actors import SYSTEM
from tugon.helpcenter import operations
from tugon.notifications.models import Notification

pytestmark = pytest.mark.django_db


def told(agent):
    return list(Notification.objects.filter(agent=agent).order_by("pk").values_list("kind", flat=True))


def test_who_is_asked_to_read_hears_of_it_and_the_author_of_the_answer(draft, ben, lea, ada):
    translation = operations.ask_review(draft(by=ben), reviewer=lea, by=ben.actor)
    assert (told(lea), told(ada), told(ben)) == (["review_asked"], [], [])
    operations.decline(translation, reason="Step 2 is missing.", by=lea.actor)
    assert told(ben) == ["review_answered"]
    assert reverse(Notification.objects.first().place)


def test_where_nobody_is_named_everybody_who_may_hears_of_it(draft, ben, lea, ada):
    operations.ask_review(draft(by=ben), by=ben.actor)
    assert (told(lea), told(ada), told(ben)) == (["review_asked"], ["review_asked"], [])


def test_the_owner_hears_of_words_beside_a_no(published, lea):
    translation = published(by=lea)
    operations.vote(translation, helpful=False, voter="a", by=SYSTEM)
    operations.vote(translation, helpful=True, voter="b", comment="Thanks!", by=SYSTEM)
    assert told(lea) == []
    operations.vote(translation, helpful=False, voter="a", comment="Which menu?", by=SYSTEM)
    assert told(lea) == ["article_comment"]
