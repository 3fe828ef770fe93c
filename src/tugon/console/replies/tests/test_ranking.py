"""Which templates come first."""

from tugon.console.replies.ranking import Candidate, Moment, ranked

REFUND = Candidate(1, "How a refund works", "refund", "en", ["money back"], "Payments", "You can ask for it")
VIDEO = Candidate(2, "A video does not play", "video", "en", ["buffering"], "App", "Please try this")
UPLOAD = Candidate(3, "An upload does not finish", "upload", "fil", [], "Creators", "", frozenset({7}))
ALL = [VIDEO, UPLOAD, REFUND]


def ids(moment: Moment) -> list[int]:
    return [one.template_id for one in ranked(ALL, moment)]


def test_a_shortcut_comes_first():
    assert ids(Moment("refund"))[0] == 1
    assert ids(Moment("vid")) == [2]


def test_a_keyword_and_a_folder_find_too():
    assert ids(Moment("buff")) == [2]
    assert ids(Moment("payments")) == [1]
    assert ids(Moment("zzz")) == []


def test_without_words_the_ticket_decides():
    assert ids(Moment(language="en", about="My videos stop"))[0] == 2
    assert ids(Moment(language="en", about="Refund please"))[0] == 1
    assert ids(Moment(language="fil", audience_id=7))[0] == 3


def test_what_is_for_another_audience_comes_last():
    assert ids(Moment(audience_id=1))[-1] == 3


def test_what_one_uses_oneself_comes_before_what_one_does_not():
    assert ids(Moment(language="en", used={1: 9}))[0] == 1
