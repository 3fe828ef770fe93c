"""The Filipino catalogue: whole, true to the English, and alive in the program."""

import ast
import re
import string
from collections.abc import Iterator
from gettext import c2py  # type: ignore[attr-defined]
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tugon.pages import formats
from tugon.pages.reader import known_language

SOURCE = Path(settings.LOCALE_PATHS[0]) / "fil" / "LC_MESSAGES" / "django.po"
PERCENT = re.compile(r"%\(\w+\)[a-z]|%[a-z]\b")
COLLECTED = {"_", "_n", "_now", "_lazy"}
"""Short names that bin/translations knows, beside those of Django itself."""
TAG = re.compile(r"</?[a-z][^>]*>|&\w+;")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(BytesIO(SOURCE.read_bytes()), locale="fil")


@pytest.fixture
def filipino(catalogue, tmp_path, monkeypatch):
    """Filipino from the catalogue as it stands in the source, whether or not it was compiled here."""
    target = tmp_path / "fil" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as out:
        write_mo(out, catalogue)
    monkeypatch.setattr("django.utils.translation.trans_real._translations", {})
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    with translation.override("fil"):
        yield


def test_no_message_is_empty_or_fuzzy(catalogue):
    unfinished = [
        message.id for message in _messages(catalogue) if message.fuzzy or not all(_strings(message))
    ]
    assert unfinished == []


def test_every_placeholder_stands_in_the_translation(catalogue):
    changed = {}
    for message in _messages(catalogue):
        wanted = _placeholders(_sources(message)[-1])
        if any(_placeholders(one) != wanted for one in _strings(message)):
            changed[str(message.id)] = message.string
    assert changed == {}


def test_a_translation_begins_and_ends_with_space_where_the_english_does(catalogue):
    changed = [
        message.id
        for message in _messages(catalogue)
        for one in _strings(message)
        if _edges(one) != _edges(_sources(message)[0])
    ]
    assert changed == []


def test_the_catalogue_compiles(catalogue):
    out = BytesIO()
    write_mo(out, catalogue)
    out.seek(0)
    assert read_mo(out).get("Save").string == "I-save"


def test_the_plural_rule_is_that_of_cldr(catalogue):
    rule = Locale.parse("fil").plural_form
    form = c2py(catalogue.plural_expr)  # type: ignore[attr-defined]
    assert [form(n) for n in range(200)] == [0 if rule(n) == "one" else 1 for n in range(200)]


@pytest.mark.parametrize("asked", ["fil", "fil-PH", "tl", "tl-PH"])
def test_filipino_is_found_under_both_its_names(asked):
    assert known_language(asked) == "fil"


def test_both_plural_forms_are_spoken(filipino):
    said = [ngettext("{number} day", "{number} days", n).format(number=n) for n in (1, 2, 4, 5, 6, 9, 10)]
    assert said == ["1 araw", "2 araw", "4 na araw", "5 araw", "6 na araw", "9 na araw", "10 araw"]


def test_the_libraries_speak_filipino_too(filipino):
    with pytest.raises(ValidationError) as caught:
        validate_email("ana")
    assert caught.value.messages == ["Maglagay ng tamang email address."]
    assert gettext("This field is required.") == "Kailangan itong punan."


def test_numbers_and_lengths_of_time_are_written_as_in_the_philippines(filipino):
    assert formats.number(1234567.5) == "1,234,567.5"
    assert formats.percent(0.5) == "50%"
    assert formats.duration(2 * 3600 + 5 * 60) == "2 oras 5 minuto"


def test_every_short_name_of_gettext_is_collected():
    names = {
        alias.asname
        for tree in _sources_of_tugon()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and "gettext" in alias.name
    }
    assert names <= COLLECTED


def test_no_message_hides_inside_another_string():
    """In Python 3.11 what stands inside an f-string is not collected."""
    hidden = [
        ast.unparse(call)
        for tree in _sources_of_tugon()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in COLLECTED
    ]
    assert hidden == []


def _sources_of_tugon() -> Iterator[ast.AST]:
    for path in settings.PACKAGE.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield ast.parse(path.read_text())


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _placeholders(text: str) -> list[str]:
    """Python's, printf's and HTML's, sorted: their order may differ between languages."""
    try:
        fields = [
            name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None
        ]
    except ValueError:
        fields = [one for one in text if one in "{}"]
    return sorted([*fields, *PERCENT.findall(text), *TAG.findall(text)])


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
