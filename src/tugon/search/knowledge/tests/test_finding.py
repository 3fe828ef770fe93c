import pytest

from tugon.helpcenter import operations as helpcenter
from tugon.helpcenter.models import Visibility
from tugon.helpcenter.readers import Reader
from tugon.search.knowledge.finding import find
from tugon.search.knowledge.models import KnowledgeEntry, Synonym
from tugon.search.knowledge.results import Why
from tugon.search.knowledge.starting import create_starting_synonyms
from tugon.search.knowledge.synonyms import keep_synonyms, remove_synonyms

pytestmark = pytest.mark.django_db
ANYBODY = Reader.anonymous()


def titles(query, reader=ANYBODY, language="en", **more):
    return [one.title for one in find(query, language=language, reader=reader, **more).results]


@pytest.fixture
def articles(published):
    return {
        "password": published("Reset your password", body="<p>Open the menu. We send you a link.</p>"),
        "refund": published("Asking for a refund", body="<p>Your money back within 14 days.</p>"),
        "blank": published(
            "The page stays blank",
            body="<p>Reload once. Your browser may be too old. This is SG-6021.</p>",
            exact_phrases=["ERR_BLANK_17", "We could not load the player"],
        ),
        "codes": published(
            "All error codes", body="<p>SG-6021 the page stays blank. SG-1007 wrong password.</p>"
        ),
    }


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("refund", "Asking for a refund"),
        ("How do I get my REFUND, please?", "Asking for a refund"),
        ("refnud", "Asking for a refund"),
        ("pasword reset", "Reset your password"),
        ("resetting passwords", "Reset your password"),
        ("blank page", "The page stays blank"),
    ],
)
def test_an_article_is_found_by_words_in_any_form_and_with_slips(articles, query, first):
    assert titles(query)[0] == first


@pytest.mark.parametrize(
    "query",
    ["err blank 17", "ERR_BLANK_17", "Player says: “We could not load the player!” what now",
     "we could not load the pl", "We could nt load the playr"],
)  # fmt: skip
def test_a_quoted_message_comes_first_however_it_is_written(articles, query):
    assert titles(query)[0] == "The page stays blank"


def test_a_code_that_a_text_mentions_finds_it_and_one_it_does_not_mention_nothing_sure(articles):
    assert set(titles("SG 6021")) == {"The page stays blank", "All error codes"}
    assert find("sg-1007", language="en", reader=ANYBODY).results[0].why == Why.EXACT
    assert find("SG-9999", language="en", reader=ANYBODY).sure == 0


def test_results_while_typing_take_the_last_word_for_a_beginning(articles):
    assert titles("ref") == []
    assert titles("ref", while_typing=True) == ["Asking for a refund"]
    assert titles("asking for a ref", while_typing=True)[0] == "Asking for a refund"


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "___", "\0\0", "'; DROP TABLE x; --", "a" * 60_000, "<b>&" * 9_000, "🎉"]
)
def test_nothing_typed_is_an_error(articles, query):
    find(query, language="en", reader=ANYBODY)
    find(query, language="en", reader=ANYBODY, while_typing=True)


def test_excerpts_mark_the_words_and_are_safe(published):
    published("Tags", body="<p>Write &lt;script&gt;alert(1)&lt;/script&gt; to get a refund &amp; more.</p>")
    (one,) = find("refunds <script>", language="en", reader=ANYBODY).results
    assert "<mark>refund</mark> &amp; more" in one.excerpt_html
    assert "<script>" not in one.excerpt_html
    assert "&lt;" in one.excerpt_html


class TestWhoMayRead:
    """Whatever the index holds, nobody finds what they may not read."""

    @pytest.fixture
    def hidden(self, published, members, premium):
        levels = {
            "signed_in": {"visibility": Visibility.SIGNED_IN},
            "members": {"visibility": Visibility.AUDIENCES, "audiences": [members]},
            "premium": {"visibility": Visibility.PLANS, "plans": [premium]},
            "agents": {"visibility": Visibility.AGENTS},
        }
        for name, around in levels.items():
            published(f"Refund for {name}", around=around, exact_phrases=["SG-4444"])
        published("Refund for everybody", exact_phrases=["SG-4444"])

    @pytest.mark.parametrize("query", ["refund", "SG-4444", "refund for agents", "refnud"])
    def test_each_reader_finds_their_own(self, hidden, members, premium, query):
        def found(reader):
            return {title.removeprefix("Refund for ") for title in titles(query, reader)}

        assert found(ANYBODY) == {"everybody"}
        assert found(Reader(audience_id=members.pk, plan_id=premium.pk)) == {"everybody"}
        assert found(Reader(signed_in=True)) == {"everybody", "signed_in"}
        assert found(Reader(signed_in=True, audience_id=members.pk)) == {"everybody", "signed_in", "members"}
        assert found(Reader(signed_in=True, plan_id=premium.pk)) == {"everybody", "signed_in", "premium"}
        assert found(Reader.agent()) == {"everybody", "signed_in", "members", "premium", "agents"}

    def test_what_is_near_in_meaning_is_hidden_all_the_same(self, hidden, warm, desk):
        from tugon.search.knowledge import vectors

        warm()
        assert vectors.fill() == 5
        desk._matrix("knowledge", desk.embedder).refresh(at_once=True)
        assert find("refund", language="en", reader=ANYBODY).with_meaning
        assert titles("refund") == ["Refund for everybody"]

    def test_a_change_of_who_may_read_counts_at_once(self, published, lea):
        article = published("Refund of gifts").article
        assert titles("refund") == ["Refund of gifts"]
        helpcenter.change(article, visibility=Visibility.AGENTS, by=lea.actor)
        assert titles("refund") == []

    def test_a_hidden_category_hides_its_articles(self, published, category):
        published("Refund of gifts")
        category.is_visible = False
        category.save()
        assert titles("refund") == []


def test_the_reader_gets_their_language_and_a_fallback_is_marked(published, translated):
    refund = published("Asking for a refund", body="<p>Money back.</p>")
    translated(refund.article, "fil", "Paghingi ng refund", body="<p>Ibabalik ang bayad.</p>")
    published("Refund of gift cards", body="<p>Not given.</p>")
    found = find("refund", language="fil", reader=ANYBODY).results
    assert [(one.title, one.language, one.is_other_language) for one in found] == [
        ("Paghingi ng refund", "fil", False),
        ("Refund of gift cards", "en", True),
    ]
    assert titles("bayad", language="en") == ["Asking for a refund"]


def test_the_index_follows_publishing_taking_back_archiving_and_renaming(published, lea):
    row = published("Asking for a refund", body="<p>zebra</p>")
    entry = KnowledgeEntry.objects.get()
    helpcenter.write_draft(row, body="<p>walrus</p>", by=lea.actor)
    assert titles("walrus") == []
    helpcenter.publish(row, by=lea.actor)
    assert (titles("walrus"), titles("zebra")) == (["Asking for a refund"], [])
    assert KnowledgeEntry.objects.get().pk == entry.pk
    helpcenter.rename_slug(row, slug="money-back", by=lea.actor)
    assert find("walrus", language="en", reader=ANYBODY).results[0].url == "/en/help/articles/money-back/"
    helpcenter.archive(row.article, by=lea.actor)
    assert titles("walrus", Reader.agent()) == []
    helpcenter.restore(row.article, by=lea.actor)
    assert titles("walrus") == ["Asking for a refund"]
    helpcenter.unpublish(row, by=lea.actor)
    assert titles("walrus", Reader.agent()) == []


def test_a_filipino_word_is_found_in_its_other_forms(published):
    published("Paano magbayad sa GCash", language="fil", body="<p>Piliin ang GCash.</p>")
    published("Larawan sa profile", language="fil", body="<p>Palitan ang larawan.</p>")
    for typed in ("babayaran", "binayaran ko na", "pagbabayad"):
        assert find(typed, language="fil", reader=ANYBODY).results[0].title == "Paano magbayad sa GCash"


def test_a_synonym_is_meant_by_any_form_of_it(published, ada):
    published("Kaltas sa card", language="fil", body="<p>Tingnan ang resibo.</p>")
    published("Larawan sa profile", language="fil", body="<p>Palitan ang larawan.</p>")
    assert not find("siningil ako", language="fil", reader=ANYBODY).results
    keep_synonyms(["singil", "kaltas"], by=ada.actor)
    assert find("siningil ako", language="fil", reader=ANYBODY).results[0].title == "Kaltas sa card"


def test_the_starting_synonyms_come_once_and_stay_away_when_removed(db, ada):
    create_starting_synonyms()
    number = Synonym.objects.count()
    assert number > 40
    create_starting_synonyms()
    assert Synonym.objects.count() == number
    for row in Synonym.objects.all():
        remove_synonyms(row, by=ada.actor)
    create_starting_synonyms()
    assert not Synonym.objects.exists()


def test_synonyms_find_what_says_it_otherwise(articles, ada):
    assert titles("reimbursement") == []
    row = keep_synonyms(["refund", "reimbursement", "sauli"], by=ada.actor)
    assert titles("reimbursement") == ["Asking for a refund"]
    assert titles("sauli po")[0] == "Asking for a refund"
    remove_synonyms(row, by=ada.actor)
    assert titles("reimbursement") == []


def test_pages_go_on_without_gap_or_repeat(published):
    for number in range(7):
        published(f"Refund number {number}", body="<p>Money back.</p>")
    seen, after = [], ""
    while True:
        found = find("refund", language="en", reader=ANYBODY, limit=3, after=after)
        seen += [one.object_id for one in found.results]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7
    assert len(find("refund", language="en", reader=ANYBODY, after="no cursor").results) == 7


def test_finding_costs_the_same_queries_however_much_is_found(published, django_assert_max_num_queries):
    for number in range(12):
        published(f"Refund number {number}", body="<p>Money back.</p>")
    find("refund", language="en", reader=ANYBODY)
    with django_assert_max_num_queries(6):
        assert len(find("refnud of my money", language="en", reader=ANYBODY, while_typing=True).results) == 12


def test_what_only_shares_a_common_word_is_left_out(published):
    published("Asking for a refund", body="<p>How to ask for a refund, and when the refund arrives.</p>")
    for number in range(9):
        published(
            f"Playing a video {number}",
            body="<p>Choose the picture, the sound and the subtitles of a video. For a refund, write to us.</p>"
            + "<p>Wait until the video has loaded; a slow connection needs a minute or two.</p>" * 3,
        )
    found = find("asking for a refund", language="en", reader=ANYBODY)
    assert found.results[0].title == "Asking for a refund"
    assert found.number < 10


def test_meaning_finds_what_shares_no_word(articles, warm, desk):
    """The tiny provider knows no meaning; that its nearest are shown at all is what is looked at."""
    from tugon.search.knowledge import vectors

    warm()
    assert vectors.fill() == 4
    assert vectors.fill() == 0
    desk._matrix("knowledge", desk.embedder).refresh(at_once=True)
    found = find("zzz qqq", language="en", reader=ANYBODY)
    assert found.with_meaning
    assert found.sure == 0
    assert all(one.why == Why.NEAR for one in found.results)
