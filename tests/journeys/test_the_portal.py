"""A customer's stories in a real browser: with scripts and without, by hand and by keyboard, in both themes."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Audience, Customer, CustomField
from tugon.feedback.models import Rating
from tugon.intake import links
from tugon.intake.models import Form, Received
from tugon.portal import tasks
from tugon.portal.models import SignIn
from tugon.tickets.models import Status, Ticket
from tugon.tickets.operations import NewFile, NewMessage, close, reply, set_status, solve

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def picture(colour: str = "#4452c4") -> bytes:
    held = BytesIO()
    Image.new("RGB", (320, 200), colour).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def address(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.BASE_URL = str(live_server.url)
    monkeypatch.setattr("tugon.intake.steps.submitted.FASTEST", 0)
    return str(live_server.url)


@pytest.fixture
def house(mailbox: Mailbox, members: Audience) -> Form:
    """Three audiences with a form each; that of the members asks two questions more."""
    members.descriptions, members.icon = {"en": "I watch and support creators"}, "user-round"
    members.save()
    creators = Audience.objects.create(
        key="creators",
        names={"en": "Creators"},
        descriptions={"en": "I publish on my own"},
        icon="clapperboard",
        position=1,
    )
    studios = Audience.objects.create(
        key="studios",
        names={"en": "Studios"},
        descriptions={"en": "I manage several creators"},
        icon="building-2",
        position=2,
    )
    CustomField.objects.create(
        on="ticket", key="seen_on", kind="date", names={"en": "When did you first see it?"}
    )
    CustomField.objects.create(
        on="ticket",
        key="device",
        kind="choice",
        names={"en": "On which device?"},
        choices=[
            {"key": "phone", "names": {"en": "Phone"}},
            {"key": "computer", "names": {"en": "Computer"}},
        ],
    )
    made = [_form(audience, mailbox) for audience in (members, creators, studios)]
    made[0].asks = ["seen_on", "device"]
    made[0].save()
    return made[0]


def _form(audience: Audience, mailbox: Mailbox) -> Form:
    name = audience.name_in("en")
    channel = Channel.objects.create(kind="form", name=name, team=mailbox.channel.team)
    return Form.objects.create(
        channel=channel,
        slug=audience.key,
        audience=audience,
        titles={"en": f"Help for {name.lower()}"},
        intros={"en": "Tell us what happened. The more exact, the faster we find it."},
    )


@pytest.fixture
def talk(ticket: Ticket, ben: Any, house: Form) -> Ticket:
    """A conversation with a picture, waiting for Ana."""
    from tugon.files import operations as files

    shot = NewFile(files.store(picture(), name="screen.png"), "screen.png")
    words = "Thank you, Ana. Please do two things:\n\n1. Sign out.\n2. Sign in again.\n\nDoes the video play then?"
    reply(ticket, NewMessage(body=words, files=[shot]), by=ben.actor, undo_seconds=0)
    set_status(ticket, to=Status.WAITING, by=ben.actor)
    return ticket


def enter(page: Page, address: str, ticket: Ticket) -> None:
    """By the link of an answer, then by the letter that signs in."""
    page.goto(f"{address}/r/{links.token(ticket)}/")
    page.get_by_role("button", name="See all your requests").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    tasks.send_sign_in(SignIn.objects.latest("pk").pk)
    found = re.search(r"http\S+/sign-in/\S+", str(mail.outbox[-1].body))
    assert found
    page.goto(found[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My requests")).to_be_visible()


def sent_ahead(page: Page) -> Any:
    """The hidden fields of files that are with the server already."""
    return page.locator("file-drop input[type=hidden][name=files]")


def look(page: Page, name: str) -> None:
    fits(page)
    screenshot(page, f"portal-{name}", whole=True)
    axe(page)


@pytest.mark.parametrize(
    ("size", "theme"),
    [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark"), ("small", "light")],
)
def test_every_page_fits_and_axe_finds_nothing(
    address: str, open_page: Callable[..., Page], talk: Ticket, write_in: Any, ben: Any, size: str, theme: str
) -> None:
    page, suffix = open_page(size, theme), f"{size}-{theme}"
    solved = write_in("My refund has not arrived", "I was promised it last week.")
    reply(solved, NewMessage(body="It left our bank on Monday."), by=ben.actor, undo_seconds=0)
    solve(solved, cause="The bank was closed on Friday.", done="We sent the refund again.", by=ben.actor)
    closed = write_in("Change my name")
    close(closed, by=ben.actor)
    for name, path in {
        "home": "/",
        "choose": "/contact/",
        "form": "/contact/members/",
        "sign-in": "/sign-in/",
        "privacy": "/privacy/",
        "signed-out": "/requests/",
        "missing": "/nothing/",
    }.items():
        page.goto(address + path)
        look(page, f"{name}-{suffix}")
    page.goto(f"{address}/contact/members/")
    page.get_by_role("button", name="Send").click()
    look(page, f"form-refused-{suffix}")
    page.goto(f"{address}/r/{links.token(talk)}/")
    look(page, f"request-by-link-{suffix}")
    enter(page, address, talk)
    look(page, f"requests-{suffix}")
    paths = {
        "home-signed-in": "/",
        "form-signed-in": "/contact/members/",
        "request": f"/requests/{talk.pk}/",
        "sent": f"/requests/{talk.pk}/sent/",
        "solved": f"/requests/{solved.pk}/",
        "solution": f"/requests/{solved.pk}/solution/?answer=no",
        "rating": f"/requests/{solved.pk}/rating/?score=4",
        "closing": f"/requests/{talk.pk}/closing/",
        "closed": f"/requests/{closed.pk}/",
        "finished": "/requests/?tab=finished",
    }
    for name, path in paths.items():
        page.goto(address + path)
        look(page, f"{name}-{suffix}")


def test_a_request_by_form_with_a_picture_a_reload_and_an_answer(
    address: str, page: Page, house: Form
) -> None:
    page.goto(address)
    page.get_by_role("link", name="Members").click()
    page.locator("#routes").get_by_role("link", name="Write to us").click()
    page.get_by_label("Your name").fill("Dina Cruz")
    page.get_by_label("Your e-mail address").fill("dina@mail.example")
    page.get_by_label("Subject").fill("Video stops after ten seconds")
    page.get_by_label("What happened?").fill("Since nine this morning.")
    page.get_by_text("On the content or creator's side").click()
    for name in ("one.png", "two.png"):
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "image/png", "buffer": picture()}
        )
    expect(sent_ahead(page)).to_have_count(2)
    expect(page.locator("[data-save-mark]")).to_have_text("Draft kept in this browser")
    page.reload()
    expect(page.get_by_label("What happened?")).to_have_value("Since nine this morning.")
    expect(page.get_by_label("On the content or creator's side")).to_be_checked()
    expect(page.get_by_text("one.png").first).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    expect(page.get_by_text("Since nine this morning.")).to_be_visible()
    ticket = Ticket.objects.get()
    assert ticket.messages.get(kind="incoming").attachments.count() == 2
    page.get_by_role("link", name="Open the request").click()
    page.get_by_label("Your message").fill("It happens on my computer too.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#newest")).to_contain_text("It happens on my computer too.")
    assert ticket.messages.filter(kind="incoming").count() == 2


def test_a_picture_is_pasted_and_dropped(address: str, page: Page, house: Form) -> None:
    page.goto(f"{address}/contact/creators/")
    make = """(kind) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 0]);
        data.items.add(new File([bytes], `${kind}.png`, {type: "image/png"}));
        const shared = {bubbles: true, cancelable: true};
        const event = kind === "paste"
            ? new ClipboardEvent("paste", {clipboardData: data, ...shared})
            : new DragEvent("drop", {dataTransfer: data, ...shared});
        document.querySelector(kind === "paste" ? "#id_description" : ".drop-zone").dispatchEvent(event);
    }"""
    page.evaluate(make, "paste")
    page.evaluate(make, "drop")
    expect(sent_ahead(page)).to_have_count(2)
    page.get_by_role("button", name="Remove paste.png").click()
    expect(page.locator(".drop-item")).to_have_count(1)


def test_the_whole_way_without_scripts(
    address: str, open_page: Callable[..., Page], house: Form, ben: Any
) -> None:
    page = open_page("phone", java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Members").click()
    page.locator("#routes").get_by_role("link", name="Write to us").click()
    page.get_by_label("Subject").fill("Video stops")
    page.get_by_label("What happened?").fill("Since nine this morning.")
    page.locator("input[type=file]").set_input_files(
        {"name": "screen.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_role("button", name="Send").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Write the e-mail address where we can answer you.")
    expect(page.get_by_label("What happened?")).to_have_value("Since nine this morning.")
    expect(page.get_by_role("checkbox", name="screen.png")).to_be_checked()
    page.get_by_label("Your e-mail address").fill("dina@mail.example")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    ticket = Ticket.objects.get()
    assert ticket.messages.get(kind="incoming").attachments.count() == 1
    reply(ticket, NewMessage(body="Please sign in again."), by=ben.actor, undo_seconds=0)
    solve(ticket, done="We renewed your sign-in.", by=ben.actor)
    page.goto(f"{address}/r/{links.token(ticket)}/?to=solution&answer=no")
    expect(page.get_by_label("Not yet")).to_be_checked()
    page.get_by_label("What is still wrong?").fill("It still stops.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("#newest")).to_contain_text("It still stops.")
    solve(Ticket.objects.get(), done="We replaced the video.", by=ben.actor)
    page.reload()
    page.get_by_role("button", name="Yes").click()
    page.locator(".star", has_text="4 stars").click()
    page.get_by_label("What was good").fill("Kind people.")
    page.get_by_role("button", name="Save my rating").click()
    expect(page.get_by_text("Your rating:")).to_be_visible()
    assert Rating.objects.get().score == 4


def test_signing_in_by_the_code_of_the_letter(address: str, page: Page, talk: Ticket) -> None:
    page.goto(f"{address}/requests/")
    page.get_by_label("Your e-mail address").fill("ana@mail.example")
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    axe(page)
    tasks.send_sign_in(SignIn.objects.get().pk)
    code = re.search(r"\d{3} \d{3}", str(mail.outbox[-1].subject))
    assert code
    page.get_by_label("Code from the letter").fill(code[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=talk.subject)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="How can we help?")).to_be_visible()


def test_the_letters_link_waits_for_the_button(address: str, page: Page, talk: Ticket) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Your e-mail address").fill("ana@mail.example")
    page.get_by_role("button", name="Send me the letter").click()
    tasks.send_sign_in(SignIn.objects.get().pk)
    found = re.search(r"http\S+/sign-in/\S+", str(mail.outbox[-1].body))
    assert found
    page.goto(found[0])
    axe(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My requests")).to_be_visible()


def test_stars_are_chosen_by_keyboard(address: str, page: Page, ticket: Ticket, ben: Any) -> None:
    solve(ticket, by=ben.actor)
    page.goto(f"{address}/r/{links.token(ticket)}/?to=rating&score=3")
    page.get_by_role("radio", name="3 stars").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4 stars")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your rating:")).to_be_visible()
    assert Rating.objects.get().score == 4


def test_a_form_that_asks_for_work_gets_it_from_the_browser(address: str, page: Page, house: Form) -> None:
    Form.objects.update(needs_proof_of_work=True)
    page.goto(f"{address}/contact/creators/")
    page.get_by_label("Your e-mail address").fill("dina@mail.example")
    page.get_by_label("Subject").fill("Payout is late")
    page.get_by_label("What happened?").fill("It should have come on Monday.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible(timeout=30_000)
    assert Received.objects.get().state == "ticketed"


def test_a_new_answer_appears_when_one_comes_back_to_the_page(
    address: str, page: Page, talk: Ticket, ben: Any
) -> None:
    page.goto(f"{address}/r/{links.token(talk)}/")
    page.get_by_label("Your message").fill("I am still writing")
    reply(Ticket.objects.get(pk=talk.pk), NewMessage(body="One thing more."), by=ben.actor, undo_seconds=0)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#live")).to_contain_text("One thing more.")
    expect(page.get_by_label("Your message")).to_have_value("I am still writing")


def test_the_first_view_is_light_and_asks_no_other_host(address: str, page: Page, house: Form) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/contact/members/"):
        asked.clear()
        page.goto(address + path, wait_until="networkidle")
        assert all(url.startswith((address, "data:")) for url in asked), asked
        assert len(asked) <= 8, asked


def test_ana(address: str, page: Page, talk: Ticket, ana: Customer) -> None:
    """From the letter to solved, rated, and asked again about what is closed."""
    enter(page, address, talk)
    page.get_by_role("link", name=talk.subject).click()
    expect(page.get_by_text("Waiting for you")).to_be_visible()
    page.get_by_role("link", name="It is solved").click()
    page.get_by_role("button", name="Finish it").click()
    page.locator(".star", has_text="5 stars").click()
    page.get_by_role("button", name="Save my rating").click()
    expect(page.get_by_text("Your rating:")).to_be_visible()
    close(Ticket.objects.get(pk=talk.pk), by=ana.actor)
    page.reload()
    page.get_by_role("link", name="Write a new request about this").click()
    expect(page).to_have_url(re.compile(rf"/contact/.*about={talk.pk}"))
