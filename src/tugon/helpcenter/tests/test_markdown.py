"""Markdown in and out: what is written is read back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tugon.helpcenter.errors import TextTooLong
from tugon.helpcenter.markdown import from_html, to_html
from tugon.helpcenter.markup import Node, clean
from tugon.helpcenter.markup import to_html as written

WORDS = st.text(st.sampled_from("ab1 .,*_`#>-+=|[]()!<&~\\\"'{}\n\té—9)ñ😀:/"), min_size=1, max_size=12)
FILE = "/files/article/7/menu.png"


def inlines(depth):
    leaves = st.one_of(
        WORDS,
        st.just(Node("br")),
        st.just("{{ refund.window }}"),
        st.builds(lambda alt: Node("img", {"src": FILE, "alt": alt}), WORDS),
    )
    if not depth:
        return st.lists(leaves, min_size=1, max_size=3)
    inner = inlines(depth - 1)
    marked = st.builds(
        lambda tag, children: Node(tag, {}, children),
        st.sampled_from(["strong", "em", "s", "u", "code", "kbd", "sub"]),
        inner,
    )
    addresses = ["https://a.example/x_(1)?a=b&copy=1", "article:reset#top", "mailto:a@b.example", "{{ a.b }}"]
    link = st.builds(
        lambda href, children: Node("a", {"href": href}, children), st.sampled_from(addresses), inner
    )
    return st.lists(st.one_of(leaves, marked, link), min_size=1, max_size=4)


def blocks(depth):
    words = inlines(2)
    simple = st.one_of(
        st.builds(lambda children: Node("p", {}, children), words),
        st.builds(lambda tag, children: Node(tag, {}, children), st.sampled_from(["h2", "h3", "h4"]), words),
        st.builds(
            lambda code, lang: Node("pre", {}, [Node("code", {"class": lang} if lang else {}, [code])]),
            st.text(st.sampled_from("ab `~\n<&\t#"), min_size=1, max_size=20),
            st.sampled_from(["", "language-json"]),
        ),
        st.just(Node("hr")),
        st.builds(
            lambda alt, caption: Node(
                "figure", {}, [Node("img", {"src": FILE, "alt": alt}), Node("figcaption", {}, caption)]
            ),
            WORDS,
            inlines(1),
        ),
        st.builds(
            _table, st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=3), st.booleans()
        ),
    )
    if not depth:
        return st.lists(simple, min_size=1, max_size=3)
    within = blocks(depth - 1)
    items = st.lists(
        st.builds(lambda children: Node("li", {}, children), st.one_of(within, words)), max_size=3
    )
    boxed = st.one_of(
        st.builds(lambda children: Node("blockquote", {}, children), within),
        st.builds(
            lambda kind, children: Node("aside", {"data-callout": kind}, children),
            st.sampled_from(["note", "tip", "warning"]),
            within,
        ),
        st.builds(lambda children: Node("ul", {}, children), items),
        st.builds(
            lambda children, start: Node("ol", {"start": start}, children), items, st.sampled_from(["1", "4"])
        ),
    )
    return st.lists(st.one_of(simple, boxed), min_size=1, max_size=4)


def _table(rows, has_head):
    def row(cells, tag):
        return Node("tr", {}, [Node(tag, {}, cell) for cell in cells])

    body = [row(cells, "th" if has_head and not place else "td") for place, cells in enumerate(rows)]
    return Node("table", {}, body)


DOCUMENTS = st.builds(lambda children: clean(written(Node("", {}, children))), blocks(2))


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS)
def test_every_text_is_read_back_as_it_was_written(html):
    assert to_html(from_html(html)) == html


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS)
def test_cleaning_what_is_clean_changes_nothing(html):
    assert clean(html) == html


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_words_are_survived(text):
    html = to_html(text)
    assert clean(html) == html
    assert to_html(from_html(html)) == html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<h2>Title</h2><p>One <strong>bold</strong> <em>word</em>.</p>",
            "## Title\n\nOne **bold** *word*.\n",
        ),
        ("<ol><li>Open it</li><li>Close it</li></ol>", "1. Open it\n2. Close it\n"),
        ("<ul><li>One<ul><li>Inner</li></ul></li></ul>", "- One\n  - Inner\n"),
        ('<aside data-callout="warning"><p>Careful.</p></aside>', "> [!warning]\n> Careful.\n"),
        (
            "<table><thead><tr><th>Plan</th><th>Price</th></tr></thead><tbody><tr><td>A</td><td>1</td></tr></tbody></table>",
            "| Plan | Price |\n| --- | --- |\n| A | 1 |\n",
        ),
        ('<pre><code class="language-json">{"a":\n\n1}</code></pre>', '```json\n{"a":\n\n1}\n```\n'),
        ('<p>See <a href="article:refunds#when">Refunds</a>.</p>', "See [Refunds](article:refunds#when).\n"),
        ("<p>Within {{ refund.late_window }}.</p>", "Within {{ refund.late_window }}.\n"),
        (
            f'<figure><img src="{FILE}" alt="The menu"><figcaption>Top right</figcaption></figure>',
            f'![The menu]({FILE} "Top right")\n',
        ),
        ("<p>Press <kbd>Ctrl</kbd> and <code>a`b</code></p>", "Press <kbd>Ctrl</kbd> and ``a`b``\n"),
    ],
)
def test_markdown_is_what_a_person_would_write(html, markdown):
    assert from_html(html) == markdown
    assert to_html(markdown) == html


def test_html_within_markdown_is_cleaned_as_any_other():
    assert to_html("Hi <script>alert(1)</script><b onclick=x>you</b>") == "<p>Hi <strong>you</strong></p>"
    assert to_html("[x](javascript:alert(1))") == "<p>x</p>"


def test_a_huge_text_is_refused_in_words():
    with pytest.raises(TextTooLong):
        to_html("x" * 1_000_001)
