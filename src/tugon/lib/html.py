"""HTML from strangers: made harmless to show, and read as text.

`sanitise` keeps what a letter needs and drops what could act: scripts, forms, frames, styles that cover the page.
`to_text` walks the tree itself, because readers built on libxml2 drop every word below 256 nested tags.
"""

import re
import secrets

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 2_000_000
"""Characters of one document that are looked at; the caller keeps what is longer as a file."""

# Known to this process only, so no sender can write it: marks an image address that becomes `data-src`.
_REMOTE = f"remote-{secrets.token_hex(16)}:"


def _each(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_TAGS = _each("""
a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl
dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section
small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
""")
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "valign", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "valign", "bgcolor", "scope"},
    "tr": {"valign", "bgcolor"},
    "col": {"span", "width"},
    "ol": {"start", "type"},
    "li": {"value"},
    "blockquote": {"type"},
    "time": {"datetime"},
}
_STYLES = _each("""
color background-color font-family font-size font-style font-weight font-variant line-height letter-spacing text-align
text-decoration text-indent text-transform vertical-align white-space direction width max-width min-width height
margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left
border border-top border-right border-bottom border-left border-color border-style border-width border-collapse
border-spacing border-radius border-left-color border-left-style border-left-width list-style-type display
""")


_UNSEEN = re.compile(r"[\x00-\x20]+")
"""What browsers pass over at the beginning of an address and within its scheme."""


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        address = value.strip()
        if address[:4].lower() == "cid:" or address[:11].lower() == "data:image/":
            return address
        return _REMOTE + address if address[:8].lower().startswith(("http://", "https://", "//")) else None
    if attribute == "href" and _UNSEEN.sub("", value)[:5].lower() == "data:":
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "noscript", "template", "head"},
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    filter_style_properties=_STYLES,
    url_schemes={"http", "https", "mailto", "tel", "sms", "cid", "data"},
    link_rel="noopener noreferrer nofollow",
)
_OFFICE = re.compile(r"</?[ovwxm]:[^<>]{0,300}>|<!\[[^<>]{0,80}\]>|<\?xml[^<>]{0,300}>", re.I)


def sanitise(html: str) -> str:
    """`html` without anything that acts. Remote images wait in `data-src`, `cid:` and embedded images stay."""
    clean = _CLEANER.clean(_prepare(html))
    return clean.replace(f' src="{_REMOTE}', ' data-src="').strip()


_NESTING = re.compile(
    r"<(/?)(div|span|blockquote|b|i|u|s|em|strong|small|big|font|center|a|table|ul|ol|section|article)\b[^<>]{0,5000}>",
    re.I,
)
_DEEPEST = 400


def _prepare(html: str) -> str:
    """At most the longest we read, without Office's own tags, and no deeper than 400 tags: tree builders are quadratic
    in the depth. Tags below that are left out, their text stays."""
    html = _OFFICE.sub("", html[:LONGEST])
    if html.count("<") < 2 * _DEEPEST:
        return html
    depth = 0

    def flatten(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            depth = max(0, depth - 1)
            return found.group() if depth < _DEEPEST else ""
        depth += 1
        return found.group() if depth <= _DEEPEST else ""

    return _NESTING.sub(flatten, html)


BLOCKS = _each("""
p div br tr li ul ol dl dt dd table blockquote h1 h2 h3 h4 h5 h6 pre hr section article header footer address center
form fieldset figure figcaption main aside nav caption title
""")
_SILENT = frozenset(["style", "script", "head", "title", "noscript", "template", "-comment", "meta", "link"])
_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul", "ol", "blockquote", "table", "dl"]
)
_SPACE = re.compile(r"[ \t\r\n\f\v\x1d\xa0]+")
_EDGE, APART = "\v", "\x1d"


def parse(html: str) -> LexborHTMLParser:
    """The tree of `html`, whatever it is."""
    return LexborHTMLParser(_prepare(html) or "<html></html>")


def to_text(html: str | LexborHTMLParser) -> str:
    """`html` as a person would read it: paragraphs, bullets, one line per table row; links without their address.

    Complete at any depth, in linear time.
    """
    tree = parse(html) if isinstance(html, str) else html
    body = tree.body or tree.root
    return node_text(body) if body is not None else ""


def in_one_line(text: str) -> str:
    """What `to_text` gave, in one line: cells of a table apart by a point, rows by a semicolon."""
    line, was_row = "", False
    for part in text.split("\n"):
        cells = [" ".join(cell.split()) for cell in part.split("\t")]
        words, is_row = " · ".join(cell for cell in cells if cell), len(cells) > 1
        if words:
            line += ("; " if was_row and is_row else " " if line else "") + words
            was_row = is_row
    return line


def node_text(top: LexborNode) -> str:
    """The text of one node; the walk goes by first child and next sibling, so no depth is too deep."""
    out: list[str] = []
    node: LexborNode | None = top
    quiet = pre = 0
    while node is not None:
        tag = node.tag
        if tag == "-text":
            if not quiet:
                raw = node.text_content or ""
                out.append(raw if pre else _SPACE.sub(" ", raw))
        elif tag in _SILENT:
            quiet += 1
        else:
            pre += tag == "pre"
            _open(tag, node, out)
        down = node.first_child if tag != "-text" else None
        if down is not None:
            node = down
            continue
        while node is not None:
            _close(node.tag, out)
            if node.tag in _SILENT:
                quiet -= 1
            pre -= node.tag == "pre"
            if node.mem_id == top.mem_id:
                return _tidy("".join(out))
            if node.next is not None:
                node = node.next
                break
            node = node.parent
    return _tidy("".join(out))


def _open(tag: str | None, node: LexborNode, out: list[str]) -> None:
    if tag == "br":
        out.append("\n")
    elif tag in ("td", "th"):
        out.append("\t")
    elif tag in BLOCKS:
        out.append(APART if tag in _PARAGRAPHS else _EDGE)
        if tag == "li":
            out.append("- ")
        elif tag == "hr":
            out.append("________________________________" + _EDGE)
    elif tag == "img":
        alt = (node.attributes.get("alt") or "").strip()
        if alt and len(alt) < 200:
            out.append(f"[{alt}]" if not _is_symbol(alt) else alt)


def _close(tag: str | None, out: list[str]) -> None:
    if tag in BLOCKS and tag not in ("br", "hr"):
        out.append(APART if tag in _PARAGRAPHS else _EDGE)


def _is_symbol(alt: str) -> bool:
    """An emoji drawn as a picture is a letter of the sentence."""
    return len(alt) <= 8 and not any(character.isalnum() for character in alt)


_BREAKS = re.compile(r"[ \t]*(?:[\v\x1d\n][ \t]*)+")
_INVISIBLE = str.maketrans({"\xa0": " ", "\u00ad": None, "\ufeff": None, "\u200b": None, "\0": None})


def _tidy(text: str) -> str:
    """Edges of blocks that meet make one line break, edges of paragraphs an empty line; `\\n` counts as itself."""
    text = _BREAKS.sub(_break, text.translate(_INVISIBLE))
    text = re.sub(r"(?<= ) +", "", text)
    text = re.sub(r" ?\t[ \t]*", "\t", text)
    return text.replace("\n\t", "\n").strip("\n\t ")


def _break(found: re.Match[str]) -> str:
    run = found.group().strip(" \t")
    hard = run.count("\n")
    if run[0] != "\n" and run[-1] != "\n" and hard:
        hard += 1
    # A line break just before the end of a block shows nothing; one alone in a block shows an empty line.
    return "\n\n" if APART in run or hard > 1 else "\n"
