from datetime import timedelta

import pytest
from django.utils import timezone

from tugon.helpcenter.models import Visibility
from tugon.helpcenter.tests.conftest import category, draft, published, section
from tugon.portal.tests.conftest import fill, form
from tugon.search.knowledge import deflection, gaps, log, visitors
from tugon.search.knowledge.models import Gap, Search, Suggested, VisitorSalt
from tugon.search.knowledge.visitors import forget_salts
from tugon.tickets.models import Ticket

__all__ = ["category", "draft", "fill", "form", "published", "section"]
pytestmark = pytest.mark.django_db
WRITING = "/en/help/suggestions/"


@pytest.fixture(autouse=True)
def without_meaning(tmp_path, monkeypatch):
    from tugon.meaning import client

    monkeypatch.setenv("TUGON_MEANING_SOCKET", str(tmp_path / "none.sock"))
    client.forget()


@pytest.fixture
def refund(published):
    return published("Asking for a refund", body="<p>You get your money back within days.</p>")


def write(client, text="I want a refund of my money", **more):
    return client.post(WRITING, {"text": text, **more})


def count():
    moment = timezone.now()
    return deflection.count(moment - timedelta(days=30), moment + timedelta(days=1))


def later(monkeypatch, **span):
    moment = timezone.now() + timedelta(**span)
    for module in ("deflection", "visitors", "log", "gaps"):
        monkeypatch.setattr(f"tugon.search.knowledge.{module}.now", lambda: moment)


def test_the_form_offers_a_place_for_answers_and_is_whole_without_script(client, form):
    page = client.get("/contact/members/").content.decode()
    assert '<suggest-answers data-url="/en/help/suggestions/"' in page
    assert 'id="suggestion-solved"' in page


def test_what_may_help_appears_and_opens_in_its_own_tab(client, refund):
    page = write(client).content.decode()
    row = Suggested.objects.get()
    link = f"/en/help/suggestions/{row.token}/article/{refund.article_id}/"
    assert f'href="{link}" target="_blank"' in page
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/en/help/articles/asking-for-a-refund/")
    row.refresh_from_db()
    assert row.viewed == [f"article:{refund.article_id}"]
    assert Search.objects.get().clicked_id == refund.article_id


def test_nothing_is_suggested_that_may_not_be_read_nor_opened(client, published):
    secret = published("Refunds of goodwill", around={"visibility": Visibility.AGENTS})
    assert write(client).content.strip() == b""
    assert client.get(f"{WRITING}made-up/article/{secret.article_id}/").status_code == 404


def test_few_letters_and_strange_ones_are_answered_with_nothing(client, refund):
    for text in ("", "refund", "\0" * 50, "x" * 60_000, "🎉" * 5_000):
        answer = write(client, text)
        assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_this_solved_it_ends_kindly_without_a_request(client, refund):
    write(client)
    row = Suggested.objects.get()
    answer = client.post(
        f"{WRITING}solved/", {"suggested": row.token, "solved": f"article:{refund.article_id}"}, follow=True
    )
    assert "Glad that it helped" in answer.content.decode()
    assert Ticket.objects.count() == 0
    assert count() == deflection.Deflection(shown=1, viewed=1, said_so=1, deflected=1)
    assert client.post(f"{WRITING}solved/", {"suggested": "made up"}).status_code == 302


def test_typing_on_keeps_one_row_and_one_search(client, refund):
    write(client, "I want a ref")
    for text in ("I want a refund", "I want a refund of my money"):
        row = Suggested.objects.first()
        write(client, text, suggested=row.token if row else "")
    assert Suggested.objects.count() == 1
    assert Search.objects.get().text == "I want a refund of my money"


def test_who_only_saw_suggestions_counts_for_nothing(client, refund, monkeypatch):
    write(client)
    later(monkeypatch, hours=80)
    assert count() == deflection.Deflection(shown=1)


def test_who_read_one_and_left_counts_after_72_hours_and_not_before(client, refund, monkeypatch):
    write(client)
    client.get(f"{WRITING}{Suggested.objects.get().token}/article/{refund.article_id}/")
    assert count() == deflection.Deflection(shown=1, viewed=1, waiting=1)
    later(monkeypatch, hours=73)
    assert count() == deflection.Deflection(shown=1, viewed=1, deflected=1)


def test_who_read_one_and_wrote_all_the_same_does_not_count(client, refund, fill, monkeypatch):
    write(client)
    client.get(f"{WRITING}{Suggested.objects.get().token}/article/{refund.article_id}/")
    fill(client)
    assert Suggested.objects.get().ticket_id == Ticket.objects.get().pk
    later(monkeypatch, hours=73)
    assert count() == deflection.Deflection(shown=1, viewed=1)


def test_somebody_elses_request_takes_nothing_away(client, refund, fill, monkeypatch):
    write(client)
    client.get(f"{WRITING}{Suggested.objects.get().token}/article/{refund.article_id}/")
    client.defaults["HTTP_USER_AGENT"] = "another browser"
    fill(client)
    assert Suggested.objects.get().ticket_id is None


@pytest.mark.parametrize(
    ("viewed", "solved", "sent", "expected"),
    [(None, None, False, False), (80, None, False, True), (10, None, False, None), (10, 10, False, True),
     (10, 10, True, False), (80, None, True, False)],
)  # fmt: skip
def test_the_definition_of_deflection(viewed, solved, sent, expected):
    at = timezone.now()

    def before(hours):
        return None if hours is None else at - timedelta(hours=hours)

    found = deflection.is_deflected(
        viewed_at=before(viewed), solved_at=before(solved), ticket_sent=sent, at=at
    )
    assert found is expected


def test_after_four_days_nobody_can_tell_whose_a_hash_was(client, refund, monkeypatch):
    write(client)
    assert VisitorSalt.objects.count() == 1
    later(monkeypatch, days=5)
    assert forget_salts() == 1
    row = Suggested.objects.get()
    assert "127.0.0.1" not in row.visitor
    assert deflection.sent("127.0.0.1|", 7) == 0


class TestSearchesInVain:
    def test_a_search_without_a_result_becomes_a_group_and_one_that_was_opened_does_not(
        self, client, refund, ada, monkeypatch
    ):
        for agent, words in (
            ("a", "gift wrapping"),
            ("b", "gift wraping"),
            ("c", "gift wrappings"),
            ("d", "refund"),
        ):
            client.get("/en/help/search", {"q": words}, headers={"user-agent": agent})
        finder = visitors.visitor_of("127.0.0.1|d")
        log.opened_by(finder, place=Search.Place.HELP, kind="article", object_id=refund.article_id)
        assert Search.objects.get(normal="refund").clicked_id == refund.article_id
        assert gaps.group() == 0
        later(monkeypatch, hours=1)
        assert gaps.group() == 1
        gap = Gap.objects.get()
        assert (gap.searches, gap.visitors, gap.without_result) == (3, 3, 3)
        assert set(gap.wordings) == {"gift wrapping", "gift wraping", "gift wrappings"}
        assert gaps.group() == 1

    def test_work_is_made_taken_back_and_dismissed(self, client, ada, ben, monkeypatch, facts):
        client.get("/en/help/search", {"q": "gift wrapping"})
        later(monkeypatch, hours=1)
        gaps.group()
        gap = gaps.make_work(Gap.objects.get(), by=ada.actor, owner=ben)
        assert (gap.state, gap.owner) == ("work", ben)
        gaps.make_work(gap, by=ada.actor, owner=ben)
        assert facts(gap) == ["GapDecided"]
        assert gaps.dismiss(gap, by=ada.actor).state == "dismissed"
        gaps.group()
        assert Gap.objects.get().state == "dismissed"

    def test_an_agent_who_tries_the_help_center_is_no_gap(self, client, ben):
        client.force_login(ben)
        client.get("/en/help/search", {"q": "gift wrapping"})
        assert Search.objects.count() == 0
