"""Step by step, back and forth."""

import pytest

from tugon.troubleshooters.device import device
from tugon.troubleshooters.graph import Graph
from tugon.troubleshooters.walking import Answer, AnswerUnknown, NoMoreSteps, arrive, progress, step, walk
from tugon.troubleshooters.words import prose

IPHONE = {"system": "ios"}


def test_a_condition_is_passed_without_a_stop(drawn: Graph) -> None:
    answers = [Answer("where", "app")]
    on_iphone, elsewhere = walk(drawn, answers, IPHONE).node, walk(drawn, answers, {}).node
    assert on_iphone is drawn.nodes["update"]
    assert elsewhere is drawn.nodes["sound"]


def test_the_same_answer_again_keeps_what_follows_and_another_drops_it(drawn: Graph) -> None:
    answers = (Answer("where", "app"), Answer("update", "not_helped"))
    assert step(drawn, answers, IPHONE, at_step=0, key="app") == answers
    assert step(drawn, answers, IPHONE, at_step=0, key="web") == (Answer("where", "web"),)


def test_an_answer_that_is_not_offered_is_refused(drawn: Graph) -> None:
    with pytest.raises(AnswerUnknown):
        step(drawn, (), {}, at_step=0, key="sideways")
    with pytest.raises(AnswerUnknown):  # an optional answer without a target
        step(drawn, (Answer("where", "app"),), IPHONE, at_step=1, key="not_possible")


def test_behind_an_end_there_is_no_step(drawn: Graph) -> None:
    ended = (Answer("where", "app"), Answer("update", "helped"))
    with pytest.raises(NoMoreSteps):
        step(drawn, ended, IPHONE, at_step=2, key="helped")


def test_going_round_for_ever_stops_at_some_time(drawn: Graph) -> None:
    answers: tuple[Answer, ...] = ()
    for number in range(200):
        answers = step(drawn, answers, {}, at_step=number, key="web" if number % 2 == 0 else "no")
    with pytest.raises(NoMoreSteps):
        step(drawn, answers, {}, at_step=200, key="web")


def test_progress_grows_to_the_end(drawn: Graph) -> None:
    first = progress(walk(drawn, (), IPHONE), drawn, IPHONE)
    second = progress(walk(drawn, (Answer("where", "app"),), IPHONE), drawn, IPHONE)
    last = progress(walk(drawn, (Answer("where", "app"), Answer("update", "helped")), IPHONE), drawn, IPHONE)
    assert 0 == first < second < last == 1


def test_conditions_in_a_circle_end_instead_of_turning(drawn: Graph) -> None:
    from tugon.troubleshooters.editing import connect

    assert arrive(connect(drawn, "iphone", "then", to="iphone"), "iphone", IPHONE) is None


CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"


@pytest.mark.parametrize(
    ("agent", "browser", "system", "screen"),
    [
        (f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {CHROME} Mobile Safari/537.36", "chrome", "android", "phone"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {SAFARI} Mobile/15E Safari/604.1",
         "safari", "ios", "phone"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0", "firefox", "windows", "computer"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {CHROME} Safari/537.36 Edg/130.0", "edge", "windows", "computer"),
        (f"Mozilla/5.0 (Linux; Android 13; SM-S901B; wv) {CHROME} Mobile [FBAN/FB4A]", "app", "android", "phone"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X700) SamsungBrowser/26.0 Chrome/122.0", "samsung", "android", "tablet"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {SAFARI} Safari/605.1.15", "safari", "macos", "computer"),
        ("", "other", "other", "computer"),
    ],
)  # fmt: skip
def test_the_device_is_read_from_what_browsers_say(
    agent: str, browser: str, system: str, screen: str
) -> None:
    assert device(agent) == {"browser": browser, "system": system, "screen": screen}


def test_texts_become_paragraphs_lists_and_links_and_nothing_else() -> None:
    html = prose(
        "Open **Settings**:\n1. Tap <b>.\n2. Wait.\n\nSee [our page](https://x.example/?a=1&b) or [bad](javascript:1)."
    )
    assert html == (
        "<p>Open <strong>Settings</strong>:</p><ol><li>Tap &lt;b&gt;.</li><li>Wait.</li></ol>"
        '<p>See <a href="https://x.example/?a=1&amp;b">our page</a> or [bad](javascript:1).</p>'
    )
    assert "<a" not in prose("[x](//evil.example)")
