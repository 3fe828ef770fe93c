"""Learning from the team's own tickets: silent below fifty, sure only where it proved to be, survived when damaged."""

import random

import pytest

from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets.events import TicketTransferred
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket
from tugon.understanding import labels, learnt
from tugon.understanding.heads import kept as heads
from tugon.understanding.heads.seeds import SEEDS
from tugon.understanding.learning.kept import Damaged, checksum_of, pack, unpack
from tugon.understanding.learning.training import FEWEST, SURE, Label, train
from tugon.understanding.models import Classifier, TicketReading, Topic
from tugon.understanding.operations import correct, learn
from tugon.understanding.starting import create_starting_topics

PAY = "refund charge invoice card bank receipt money billing fee gcash"
PLAY = "video sound subtitles player buffering screen episode quality captions film"
SIGN = "password login code account locked email verify username phone reset"
FILLER = "hello please help me with this today thanks i have a question about the thing it is not as before"


def texts(number: int, *, seed: int = 1) -> list[tuple[str, int]]:
    """Texts of three kinds: some telling words among words that tell nothing."""
    chance = random.Random(seed)
    found = []
    for place in range(number):
        kind = place % 3
        telling = (PAY, PLAY, SIGN)[kind].split()
        words = chance.sample(telling, 3) + chance.sample(FILLER.split(), 8)
        chance.shuffle(words)
        found.append((" ".join(words), kind + 1))
    return found


def some(number: int, **options) -> list[Label]:
    return [
        Label(text, value, "en", writer + 1) for writer, (text, value) in enumerate(texts(number, **options))
    ]


@pytest.fixture(scope="module")
def trained():
    return train(some(240))


def test_it_stays_silent_below_fifty_labels():
    assert train(some(FEWEST - 1)) is None


def test_it_stays_silent_where_there_is_only_one_topic():
    assert train([Label(f"refund {number}", 1, "en", number) for number in range(80)]) is None


def test_it_learns_and_is_honest_about_texts_it_has_not_read(trained):
    report = trained.report
    assert report["count"] == 240
    assert report["right"] / report["count"] > 0.95
    assert report["applied_right"] >= SURE * report["applied"] > 0
    fresh = texts(90, seed=7)
    guesses = [(trained.learnt.guess(text), value) for text, value in fresh]
    assert sum(guess.value == value for guess, value in guesses) > 85
    sure = [(guess, value) for guess, value in guesses if guess.applies]
    assert sure
    assert sum(guess.value == value for guess, value in sure) >= SURE * len(sure)


def test_a_guess_names_the_words_that_spoke_for_it(trained):
    guess = trained.learnt.guess("hello please a refund of the charge on my card")
    assert guess.value == 1
    assert set(guess.because) & {"refund", "charge", "card"}


def test_where_labels_are_noise_nothing_applies_itself():
    chance = random.Random(3)
    noise = [Label(text, chance.randint(1, 3), "en", place) for place, (text, _kind) in enumerate(texts(240))]
    report = train(noise).report
    assert report["applied"] < 10
    assert all(bound["threshold"] is None for bound in report["by_class"].values()) or report["applied"] == 0


def test_unknown_words_are_no_reason_to_guess(trained):
    assert trained.learnt.guess("ééé ąąą 漢字") is None


def test_topics_with_a_handful_of_labels_are_told_and_left_out():
    report = train([*some(120), *[Label("contract law", 9, "en", 900 + place) for place in range(3)]]).report
    assert report["too_few"] == {"9": 3}
    assert "9" not in report["by_class"]


def test_what_is_kept_comes_back_the_same(trained):
    names, numbers = pack(trained.learnt)
    again = unpack(names, numbers, checksum=checksum_of(names, numbers))
    text = "my card and the refund"
    one, other = again.guess(text), trained.learnt.guess(text)
    assert (one.value, one.threshold, one.because) == (other.value, other.threshold, other.because)
    assert one.confidence == pytest.approx(other.confidence)


@pytest.mark.parametrize("harm", ["cut", "longer", "changed", "names", "empty"])
def test_damage_is_noticed(trained, harm):
    names, numbers = pack(trained.learnt)
    checksum = checksum_of(names, numbers)
    match harm:
        case "cut":
            numbers = numbers[:-4]
        case "longer":
            numbers += b"\0\0\0\0"
        case "changed":
            numbers = b"\xff" + numbers[1:]
        case "names":
            names = {**names, "classes": [1]}
        case "empty":
            names, numbers = {}, b""
    with pytest.raises(Damaged):
        unpack(names, numbers, checksum=checksum)
    with pytest.raises(Damaged):  # also where somebody made a new checksum for it
        unpack(names if harm != "changed" else {}, numbers, checksum=checksum_of(names, numbers))


def test_vectors_are_learnt_from_where_nearly_all_tickets_have_them():
    chance = random.Random(5)
    found = []
    for writer, (text, value) in enumerate(texts(120)):
        vector = [chance.gauss(0, 0.2) for _one in range(12)]
        vector[value] += 1
        found.append(Label(text, value, "en", writer + 1, vector))
    trained = train(found, embedder="tiny")
    assert trained.learnt.embedder == "tiny"
    guess = trained.learnt.guess("nothing known", vector=[0, 0, 0, 1] + [0] * 8)
    assert guess.value == 3


# In the database


@pytest.fixture
def labelled(db, ben, person):
    """Sixty tickets whose topics a person set."""
    create_starting_topics()
    keys = ("payment", "technical", "account")
    rows = {row.key: row for row in Topic.objects.all()}
    for place, (text, kind) in enumerate(texts(60)):
        writer = person(f"Person {place}")
        ticket = open_ticket(
            customer=writer, subject="Question", message=NewMessage(text, language="en"), by=writer.actor
        )
        correct(ticket, by=ben.actor, aspect="topic", value=rows[keys[kind - 1]].pk)
    return rows


def test_it_learns_from_what_people_said_and_nothing_else(labelled, ada, ana):
    open_ticket(customer=ana, subject="Refund", message=NewMessage("refund charge"), by=ana.actor)
    assert labels.count("topic") == 60
    row = learn("topic", by=ada.actor)
    assert row.labels == 60
    assert row.report["by_language"]["en"]["count"] == 60
    ticket = open_ticket(
        customer=ana,
        subject="Question",
        message=NewMessage("please help me, gcash receipt money of the bank"),
        by=ana.actor,
    )
    reading = TicketReading.objects.get(ticket=ticket)
    heard = reading.decided_by.get("topic") == "classifier" or "topic" in reading.suggested
    assert heard or reading.topic == labelled["payment"]


def test_a_damaged_classifier_is_survived_and_tickets_flow(labelled, ada, ana):
    row = learn("topic", by=ada.actor)
    Classifier.objects.filter(pk=row.pk).update(numbers=b"\x00" * 40)
    learnt._loaded.clear()
    assert learnt.is_damaged(row)
    ticket = open_ticket(
        customer=ana, subject="Refund please", message=NewMessage("Refund my payment"), by=ana.actor
    )
    assert TicketReading.objects.get(ticket=ticket).topic == labelled["payment"]


def test_it_is_trained_by_who_may(labelled, ben):
    with pytest.raises(NotAllowed):
        learn("topic", by=ben.actor)


def test_without_enough_labels_there_is_no_classifier(db, ada):
    assert learn("topic", by=ada.actor) is None
    assert not Classifier.objects.exists()


def test_teams_are_learnt_from_solved_tickets_that_people_moved(db, ana, ben, billing):
    def moved(by):
        ticket = open_ticket(customer=ana, subject="x", message=NewMessage("refund"), by=ana.actor)
        Ticket.objects.filter(pk=ticket.pk).update(team=billing)
        record(TicketTransferred(ticket_id=ticket.pk, from_team_id=None, to_team_id=billing.pk), by=by)
        return Ticket.objects.get(pk=ticket.pk)

    solved = moved(ben.actor)
    Ticket.objects.filter(pk=solved.pk).update(status="solved", solved_at=now())
    by_rule = moved(SYSTEM)
    Ticket.objects.filter(pk=by_rule.pk).update(status="solved", solved_at=now())
    moved(ben.actor)
    assert [label.value for label in labels.labels("team")] == [billing.pk]


# Heads


def test_the_heads_are_shipped_and_believed():
    known = heads.heads()
    assert known is not None
    assert len(known.center) == 384
    assert {seed.language for seed in SEEDS} == {"en", "fil", "taglish"}


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"model": "x", "center": ["a"]}', "\x00\x01"])
def test_a_damaged_file_of_heads_is_survived(tmp_path, content):
    file = tmp_path / "heads.json"
    file.write_text(content)
    assert heads.read(file) is None
    assert heads.read(tmp_path / "absent.json") is None
