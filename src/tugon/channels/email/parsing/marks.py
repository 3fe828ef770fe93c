"""The lines by which a quote or a forward begins: "On … wrote:", "-----Original Message-----", a block of From/Sent/To.

Every check looks at a few clipped lines, so a letter costs time in proportion to its length, whatever stands in it.
"""

# Tables of words and letters read best one to a line.
# ruff: noqa: E501

import re
from dataclasses import dataclass

from tugon.channels.email.parsing import words

LONGEST_LINE = 1_000
LONGEST_ATTRIBUTION = 600
LINES_OF_ATTRIBUTION = 4
LINES_OF_BLOCK = 30

_INVISIBLE = str.maketrans(
    {
        "\u200b": None,
        "\ufeff": None,
        "\u200e": None,
        "\u200f": None,
        "\u202f": " ",
        "\xa0": " ",
        "\u00ad": None,
        "\u3000": " ",
    }
)
_MAIL = re.compile(r"[^\s<>\"(),:;]{1,100}@[^\s<>\"(),:;]{1,250}")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[/.-]\d{1,2}\b|[年月日년월일]|\b\d{1,2}\.? [^\W\d]{3,12}|\b[^\W\d]{3,12}\.? \d{1,2}\b"
)
_YEAR_OR_TIME = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|[年년]")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}\b")
_DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_TOKEN = re.compile(r"[^\s,:;<>\"'“”«»\[\]]{1,60}")
_DASHED = re.compile(
    r"^[\s>*]{0,40}[-_=*—–~#‐]{2,80}\s{0,5}([^\n]{3,80}?)\s{0,5}[:：]?\s{0,3}[-_=*—–~#‐]{2,80}[\s>*]{0,10}$"
)
_RULE = re.compile(r"^[\s>*]{0,20}[-_=*—–~‐]{3,300}[\s*]{0,20}$")
_ABOVE = (
    "above this line", "oberhalb dieser zeile", "über dieser zeile", "au-dessus de cette ligne", "encima de esta línea",
    "arriba de esta línea", "por encima de esta linea", "acima desta linha", "sopra questa riga", "boven deze regel", "boven deze lijn",
    "ovanför denna rad", "ovanför den här raden", "over denne linje", "powyżej tej linii", "выше этой строки", "sa itaas ng linyang ito", "この行より上",
)  # fmt: skip


_LOOSE = (
    "date",
    "fecha",
    "data",
    "datum",
    "dato",
    "petsa",
    "дата",
    "日期",
    "日付",
    "日時",
    "날짜",
    "tarih",
    "ngày",
)
"""Words for the day that letters about a journey use as well: From, To and Date alone are no header block."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind`: attribution, original, block, above or forward; it takes the lines `start` up to, not including, `end`."""

    kind: str
    start: int
    end: int


def view(line: str) -> str:
    """A line as the checks see it: clipped, invisible letters gone, spaces outside off."""
    return line[:LONGEST_LINE].translate(_INVISIBLE).strip()


def is_rule(seen: str) -> bool:
    return _RULE.match(seen) is not None


def find(seen: list[str], at: int) -> Mark | None:
    """The mark that begins at line `at`, if one does. `seen`: every line as `view` gives it."""
    line = seen[at]
    if len(line) < 2:
        return None
    return _separator(seen, at) or _block_mark(seen, at) or _attribution(seen, at)


def _separator(seen: list[str], at: int) -> Mark | None:
    line = seen[at]
    match = _DASHED.match(line[:300])
    if match is not None:
        phrase = _phrase(match[1])
        if phrase in words.ORIGINAL:
            return Mark("original", at, at + 1)
        if phrase in words.FORWARDED or phrase.startswith("forwarded by"):
            return Mark("forward", at, at + 1)
        if phrase.split(" ")[-1] in words.WROTE and _follows(seen, at + 1):
            return Mark("attribution", at, at + 1)
    phrase = _phrase(line[:90])
    if (
        phrase in words.FORWARDED
        and phrase != "fwd"
        and (line.endswith((":", "：")) or _block(seen, next_filled(seen, at + 1)))
    ):
        return Mark("forward", at, at + 1)
    if phrase in words.ORIGINAL and _block(seen, next_filled(seen, at + 1)):
        return Mark("original", at, at + 1)
    if len(line) < 160 and any(words_ in line.casefold() for words_ in _ABOVE):
        return Mark("above", at, at + 1)
    return None


def _phrase(text: str) -> str:
    return text.strip(" \t*_-=>#~:：—–‐").casefold()


def _follows(seen: list[str], at: int) -> bool:
    return next_filled(seen, at) < len(seen)


def next_filled(seen: list[str], at: int) -> int:
    while at < len(seen) and not seen[at]:
        at += 1
    return at


# ------------------------------------------------------------------------------------- From: Sent: To: Subject:


def header_kind(seen: str) -> str:
    """What the header word a line begins with means: from, sent, to, cc, bcc, subject, other; '' if none."""
    head = seen[:40].lstrip("*_|• \t").replace("：", ":")
    colon = head.find(":")
    if colon < 1:
        return ""
    return words.HEADERS.get(head[:colon].strip(" *_\t").casefold(), "")


def _block_mark(seen: list[str], at: int) -> Mark | None:
    if is_rule(seen[at]):
        start = next_filled(seen, at + 1)
        end = _block(seen, start) if start - at <= 4 else 0
        return Mark("block", at, end) if end else None
    end = _block(seen, at)
    return Mark("block", at, end) if end else None


def _block(seen: list[str], at: int) -> int:
    """Where the block of headers that begins at line `at` ends; 0 where none begins there."""
    if at >= len(seen) or not header_kind(seen[at]):
        return 0
    kinds: set[str] = set()
    end, misses, mailed, dated, loose, previous = at, 0, False, False, False, ""
    for position in range(at, min(len(seen), at + LINES_OF_BLOCK)):
        line = seen[position]
        kind = header_kind(line)
        if kind:
            if kind in kinds and kind == previous and kind != "other":
                break
            kinds.add(kind)
            previous = kind
            loose = loose or (kind == "sent" and line.lstrip("*_ ")[:9].casefold().startswith(_LOOSE))
            misses, end = 0, position + 1
        elif not line:
            after = next_filled(seen, position)
            if after - position > 2 or after >= len(seen) or not header_kind(seen[after]):
                break
            continue
        else:
            misses += 1
            if misses > 3 or not (
                _goes_on(line) or (position + 1 < len(seen) and header_kind(seen[position + 1]))
            ):
                break
            if _goes_on(line) and misses == 1:
                end = position + 1
        mailed = mailed or "@" in line
        dated = dated or _YEAR_OR_TIME.search(line[:200]) is not None
    named = len(kinds - {"other"})
    if "from" in kinds and named >= 3 and (mailed or "subject" in kinds):
        return end
    if "from" in kinds and "sent" in kinds and dated and (mailed or (named >= 3 and not loose)):
        return end
    return end if "sent" in kinds and "to" in kinds and dated and mailed else 0


def _goes_on(line: str) -> bool:
    """A header's value folded into the next line: more addresses."""
    return "@" in line or line.startswith("<") or line.endswith((";", ">"))


# ------------------------------------------------------------------------------------- On …, … wrote:


def _attribution(seen: list[str], at: int) -> Mark | None:
    first = seen[at].lstrip("*_>- \t")
    if not first or not (_may_start(first) or first.endswith((":", "："))):
        return None
    joined = ""
    for position in range(at, min(len(seen), at + LINES_OF_ATTRIBUTION)):
        line = seen[position].lstrip("> ") if position > at else seen[position]
        if not line or len(joined) > LONGEST_ATTRIBUTION:
            break
        joined = f"{joined} {line}" if joined else line
        if _may_end(line) and is_attribution(joined):
            return Mark("attribution", at, _past_leftovers(seen, position + 1))
        if not _may_go_on(line, seen, position):
            break
    after = next_filled(seen, at + 1)
    if after < len(seen) and seen[after].startswith(">") and (_is_bare(first) or _says_when(first)):
        return Mark("attribution", at, after)
    return None


def _may_start(first: str) -> bool:
    if "@" in first or first[0].isdigit() or first[0] in "\"'“«":
        return True
    if first.endswith((":", "：")) and len(first) < 200 and _CLOCK.search(first):
        return True
    token = _TOKEN.match(first)
    if token is None:
        return False
    word = token.group().casefold()
    return (
        word in words.STARTERS
        or word.rstrip(".") in words.STARTERS
        or any(mark in first for mark in words.WROTE_INSIDE)
        or "年" in first[:12]
    )


def _may_end(line: str) -> bool:
    bare = line.rstrip(" >*_-")
    if bare.endswith((":", "：")):
        return True
    last = bare.rpartition(" ")[2].casefold()
    return last in words.WROTE or any(mark in bare[-30:] for mark in words.WROTE_INSIDE)


def _may_go_on(line: str, seen: list[str], position: int) -> bool:
    """A line that ends a sentence is no wrapped beginning of one."""
    return not line.endswith(("!", "?")) and position + 1 < len(seen) and bool(seen[position + 1])


def is_attribution(joined: str) -> bool:
    """Whether one line, put together, says who wrote when."""
    if len(joined) > LONGEST_ATTRIBUTION:
        return False
    dashed = joined.startswith("--") and joined.rstrip().endswith("--")
    text = joined.strip(" \t*_->|")
    low = text.casefold()
    tokens = _TOKEN.findall(low)
    if not tokens:
        return False
    verb = any(token in words.WROTE for token in tokens) or any(mark in low for mark in words.WROTE_INSIDE)
    colon = text.endswith((":", "："))
    mail = _MAIL.search(text) is not None
    dated = _DATE.search(text) is not None
    digit = tokens[0][0].isdigit()
    starter = tokens[0] in words.STARTERS or tokens[0].rstrip(".") in words.STARTERS or digit
    if verb:
        if (
            starter
            and (_YEAR_OR_TIME.search(text) or (dated and (mail or colon)) or (mail and colon))
            and len(tokens) <= 60
        ):
            return True
        timed = (
            colon and len(tokens) <= 14 and _CLOCK.search(text) is not None and _DAY.search(text) is not None
        )
        return dashed or timed or (mail and colon and len(tokens) <= 25)
    if colon and len(tokens) <= 20 and text.rstrip(":： ").endswith(">") and mail and _CLOCK.search(text):
        return True
    return (
        colon and mail and starter and dated and len(tokens) <= 30 and _MAIL.search(text[-260:]) is not None
    )


def _says_when(line: str) -> bool:
    """In a language we do not know: right before a quote, a line that ends with a colon and names an hour or an address."""
    if not line.endswith((":", "：")) or len(line) > 300:
        return False
    return _MAIL.search(line) is not None or (
        _CLOCK.search(line) is not None and _YEAR_OR_TIME.search(line) is not None
    )


def _is_bare(joined: str) -> bool:
    """ "2011/4/7 Ana Cruz <ana@…>": an attribution without a verb, right before a quote."""
    text = joined.strip(" \t*_-")
    return (
        bool(text)
        and text[0].isdigit()
        and text.endswith(">")
        and _YEAR_OR_TIME.search(text) is not None
        and _MAIL.search(text) is not None
    )


def _past_leftovers(seen: list[str], at: int) -> int:
    """Past an address or a second "wrote:" left over from a badly wrapped attribution."""
    for _ in range(2):
        if at < len(seen) and (
            re.fullmatch(r"<\S{3,200}>:?", seen[at]) or seen[at].casefold().rstrip(" :") in words.WROTE
        ):
            at += 1
    return at


_WITHIN = re.compile(
    r"(?:-{2,10} ?| )((?:On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? |Am (?:Mo|Di|Mi|Do|Fr|Sa|So)[a-z]{0,8}[.,]* |Le (?:lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,5}[.,]* )"
    r"[^\n]{5,300}(?:wrote|schrieb|écrit)[^\n]{0,80}:)$"
)


def split_within(line: str) -> tuple[str, str] | None:
    """A reply typed before the attribution on the same line: both apart."""
    if len(line) > LONGEST_ATTRIBUTION or not line.rstrip().endswith(":"):
        return None
    match = _WITHIN.search(line.rstrip())
    if match is None or not line[: match.start()].strip(" \t>|*-"):
        return None
    return line[: match.start()], match[1]
