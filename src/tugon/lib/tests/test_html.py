"""HTML of strangers: harmless to show, complete to read."""

import pytest

from tugon.lib import html


@pytest.mark.parametrize(
    "probe",
    [
        "<script>bad()</script>",
        "<img src=x onerror=bad()>",
        '<a href="javascript:bad()">x</a>',
        '<a href="data:text/html,bad()">x</a>',
        '<a href=" data:text/html,bad()">x</a>',
        '<a href="da\n\tta:text/html,bad()">x</a>',
        '<a href="&#1;DATA:text/html,bad()">x</a>',
        "<iframe src=//bad.example></iframe>",
        '<form action="//bad.example"><input name=bad></form>',
        '<p style="position:fixed;background:url(//bad.example)">x</p>',
        "<svg><script>bad()</script></svg>",
        "<style>@import '//bad.example'</style>",
        '<meta http-equiv=refresh content="0;url=//bad.example">',
    ],
)
def test_nothing_that_acts_stays(probe: str) -> None:
    clean = html.sanitise(f"<p>before</p>{probe}<p>after</p>")
    assert "bad" not in clean
    assert "before" in clean
    assert "after" in clean


def test_remote_images_wait_and_own_ones_show() -> None:
    clean = html.sanitise(
        '<img src="https://example.net/a.png"><img src="cid:b@c"><img src="data:image/png;base64,AA==">'
    )
    assert 'data-src="https://example.net/a.png"' in clean
    assert 'src="cid:b@c"' in clean
    assert 'src="data:image/png;base64,AA=="' in clean


def test_text_reads_as_a_person_would() -> None:
    source = (
        "<p>Hi <b>Ana</b>!</p><p>One<br>two</p><ul><li>a</li><li>b</li></ul>"
        "<table><tr><td>x</td><td>1</td></tr><tr><td>y</td><td>2</td></tr></table><div>c</div><div><br></div><div>d</div>"
    )
    assert html.to_text(source) == "Hi Ana!\n\nOne\ntwo\n\n- a\n- b\n\nx\t1\ny\t2\n\nc\n\nd"


def test_no_depth_hides_words() -> None:
    source = (
        "<p>above</p>"
        + "<div><blockquote>" * 3_000
        + "within"
        + "</blockquote></div>" * 3_000
        + "<p>below</p>"
    )
    assert html.to_text(source).split() == ["above", "within", "below"]
    assert "within" in html.sanitise(source)


def test_in_one_line_cells_and_rows_of_a_table_stay_apart():
    table = "<p>Fees</p><table><tr><th>Plan</th><th>Fee</th></tr><tr><td>Member</td><td>249</td></tr></table><p>End</p>"
    assert html.in_one_line(html.to_text(table)) == "Fees Plan · Fee; Member · 249 End"
    assert html.in_one_line("") == ""
