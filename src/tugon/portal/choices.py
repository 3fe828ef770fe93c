"""Which forms there are, and who they are for."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import get_language

from tugon.intake.models import Form
from tugon.lib.remember import remembered


@dataclass(frozen=True, slots=True)
class Way:
    """One card: the kind of person, a line about them, and the form they get."""

    name: str
    line: str
    icon: str
    slug: str


def open_forms() -> list[Form]:
    """The forms that take requests, in order. One query."""
    return list(Form.objects.filter(channel__is_enabled=True).select_related("channel", "audience"))


@remembered
def form_at(slug: str) -> Form:
    """The form at this address with its channel and audience. One query. Raises Http404."""
    form = Form.objects.filter(slug=slug).select_related("channel", "audience").first()
    if form is None:
        raise Http404
    return form


def ways_in(forms: list[Form]) -> list[Way]:
    """A card for each visible audience that has a form, in the audiences' order, then the forms for everybody."""
    language = get_language() or "en"
    of_audience: dict[int, Form] = {}
    for form in forms:
        if form.audience and form.audience.is_visible:
            of_audience.setdefault(form.audience.pk, form)
    first = sorted(of_audience.values(), key=lambda form: (form.audience.position, form.audience.pk))  # type: ignore[union-attr]
    for_all = [form for form in forms if form.audience is None]
    return [_of_audience(form, language) for form in first] + [_for_all(form, language) for form in for_all]


def _of_audience(form: Form, language: str) -> Way:
    audience = form.audience
    assert audience is not None
    return Way(audience.name_in(language), audience.description_in(language), audience.icon, form.slug)


def _for_all(form: Form, language: str) -> Way:
    return Way(form.title_in(language), form.intro_in(language), "message-circle", form.slug)
