"""Two people at the same moment."""

import threading

import pytest
from django.db import connections

from tugon.accounts.models import Agent
from tugon.helpcenter import operations
from tugon.helpcenter.errors import DraftMoved
from tugon.helpcenter.models import Section, Translation
from tugon.lib.clock import now


def together(*works):
    """Run all at once, each with a connection of its own; returns what each returned or raised."""
    results = [None] * len(works)
    begin = threading.Barrier(len(works))

    def run(place, work):
        begin.wait()
        try:
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_who_save_the_same_draft_one_is_told(self, draft, ben, lea):
        translation = draft(by=ben)
        number = translation.draft_number
        results = together(
            lambda: operations.write_draft(translation, body="<p>Ben</p>", number=number, by=ben.actor),
            lambda: operations.write_draft(translation, body="<p>Lea</p>", number=number, by=lea.actor),
        )
        assert [isinstance(one, DraftMoved) for one in results].count(True) == 1
        assert Translation.objects.get().draft_number == number + 1

    def test_two_articles_of_one_title_get_two_addresses(self, section, ben, lea):
        results = together(
            *(
                lambda who=who: operations.create_article(
                    section=section, language="en", title="Refunds", by=who.actor
                )
                for who in (ben, lea)
            )
        )
        assert sorted(one.slug for one in results) == ["refunds", "refunds-2"]

    def test_what_is_due_is_published_once_by_two_workers(self, draft, lea):
        translation = draft()
        version = operations.schedule(translation, at=now().replace(year=2100), by=lea.actor)
        Translation.objects.update(scheduled_for=now())
        results = together(operations.publish_due, operations.publish_due)
        assert sorted(results) == [0, 1]
        assert Translation.objects.get().published == version
        assert Section.objects.count() == 1
        assert Agent.objects.exists()
