"""Texts that a company writes outside of articles, and that may name facts: for the list of what to read again."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tugon.billing.models import Processor
from tugon.channels.models import Mailbox
from tugon.customers.models import Audience, CustomField
from tugon.facts import places
from tugon.facts.places import Place
from tugon.intake.models import Form

Text = tuple[Place, str, str]


def connect() -> None:
    """Tell facts of these texts. Called once by `project/wiring.py`."""
    places.provide_texts("form", _forms)
    places.provide_texts("field", _fields)
    places.provide_texts("audience", _audiences)
    places.provide_texts("signature", _signatures)
    places.provide_texts("processor", _processors)


def _forms() -> Iterator[Text]:
    for row in Form.objects.select_related("channel"):
        title = _("Form: {name}").format(name=row.title_in("en"))
        yield from _each("form", title, reverse("administration:row", args=["forms", row.pk]), row.intros)


def _fields() -> Iterator[Text]:
    for row in CustomField.objects.filter(archived_at=None):
        title = _("Hint of the field: {name}").format(name=row.name_in("en"))
        yield from _each("field", title, reverse("administration:row", args=["fields", row.pk]), row.hints)


def _audiences() -> Iterator[Text]:
    for row in Audience.objects.all():
        title = _("Audience: {name}").format(name=row.name_in("en"))
        address = reverse("administration:row", args=["audiences", row.pk])
        yield from _each("audience", title, address, row.descriptions)


def _signatures() -> Iterator[Text]:
    for row in Mailbox.objects.all():
        title = _("Signature of {address}").format(address=row.address)
        yield from _each("signature", title, reverse("administration:mailbox", args=[row.pk]), row.signatures)


def _processors() -> Iterator[Text]:
    for row in Processor.objects.in_use():
        title = _("Billing directory: {name}").format(name=row.name)
        for words in (row.abouts, row.only_we_can, row.have_ready):
            yield from _each("processor", title, reverse("administration:processor", args=[row.pk]), words)


def _each(kind: str, title: str, url: str, words: Mapping[str, Any]) -> Iterator[Text]:
    for language, text in words.items():
        if text:
            yield Place(kind, title, url, language), language, str(text)
