"""Every page of the console at both sizes and in both themes, and in a very narrow window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.at_work import sign_in
from tests.browser import axe, fits, screenshot

from tugon.accounts.models import Agent
from tugon.tickets import operations
from tugon.tickets.models import Message, Ticket, View
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_fits_and_axe_finds_nothing(
    address: str,
    pile: list[Ticket],
    view: View,
    lea: Agent,
    open_page: Callable[..., Page],
    size: str,
    theme: str,
) -> None:
    operations.add_note(pile[0], NewMessage(body="Look"), by=lea.actor)
    operations.set_tags(pile[0], add=["vip"], by=lea.actor)
    operations.change(pile[0], priority=4, by=lea.actor)
    page = open_page(size, theme)
    sign_in(page, address, lea)
    places = {
        "list": f"views/{view.pk}/",
        "ticket": f"tickets/{pile[0].pk}/",
        "context": f"tickets/{pile[0].pk}/?screen=context",
        "message": f"tickets/{pile[0].pk}/messages/{Message.objects.filter(ticket=pile[0]).first().pk}",
        "search": "search?q=video",
        "customers": "customers/",
        "customer": f"customers/{pile[0].customer_id}/",
        "new_ticket": "tickets/new",
        "view_editor": f"views/{view.pk}/edit",
        "arrange": "views/arrange",
        "notifications": "notifications",
    }
    for name, place in places.items():
        page.goto(f"{address}/console/{place}")
        page.wait_for_load_state("networkidle")
        fits(page)
        axe(page)
        screenshot(page, f"console-{name}-{size}-{theme}")


def test_a_window_of_320_pixels_needs_no_sideways_scrolling(
    address: str, pile: list[Ticket], view: View, lea: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page("small")
    sign_in(page, address, lea)
    for place in (f"views/{view.pk}/", f"tickets/{pile[0].pk}/", f"tickets/{pile[0].pk}/?screen=context",
                  "search?q=video", "customers/", f"customers/{pile[0].customer_id}/", "tickets/new",
                  f"views/{view.pk}/edit", "notifications"):  # fmt: skip
        page.goto(f"{address}/console/{place}")
        page.wait_for_load_state("networkidle")
        fits(page)
