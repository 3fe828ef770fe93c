import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.lib.tables import TableRefused, read, write

WORDS = (
    some.text(some.characters(exclude_categories=("Cs", "Cc")), max_size=30)
    .map(str.strip)
    .filter(lambda words: not words.startswith("'"))
)


@given(some.lists(some.tuples(WORDS, WORDS.filter(bool)), min_size=1, max_size=5))
def test_what_is_written_is_read_the_same(rows: list[tuple[str, str]]) -> None:
    text = write(["one", "other"], [{"one": one, "other": other} for one, other in rows])
    found = read(text.encode(), needed=("one", "other"))
    assert [(line.cells["one"], line.cells["other"]) for line in found] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_encoding_and_separator_is_understood(encoding: str, separator: str) -> None:
    content = f"Name{separator}Place\r\nSeñor{separator}Cañao\r\n".encode(encoding)
    (line,) = read(content, needed=("name", "place"))
    assert (line.number, line.cells) == (2, {"name": "Señor", "place": "Cañao"})


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    content = b'name,note\nOne,"two\nlines"\n\nThree,x\n'
    assert [line.number for line in read(content, needed=("name",))] == [2, 5]


def test_no_cell_becomes_a_formula_in_a_spreadsheet() -> None:
    text = write(["phone"], [{"phone": "+63285550142"}, {"phone": "=1+1"}])
    assert "'+63285550142" in text
    assert [line.cells["phone"] for line in read(text.encode(), needed=("phone",))] == [
        "+63285550142",
        "=1+1",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x00\x01\x02", "encoding"),
        (b"other\n1\n", "columns"),
        (b'name\n"open\n', "form"),
        (b"name\n" + b"x\n" * 20_002, "lines"),
        (b"x" * (10 * 1024 * 1024 + 1), "large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(TableRefused) as refusal:
        read(content, needed=("name",))
    assert refusal.value.reason == reason
