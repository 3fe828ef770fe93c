"""What a person newly wrote, apart from what they quoted and how they signed.

A scanner over lines, linear in the length of the letter. Where it is unsure it keeps: the whole letter is always stored
and one click away, but a reply that lost a sentence is answered wrongly.
"""

from dataclasses import dataclass, replace

from tugon.channels.email.parsing import marks, words
from tugon.channels.email.parsing.marks import Mark
from tugon.channels.email.parsing.signatures import without_banner, without_signature

MOST_LINES = 20_000
"""Lines in which marks are looked for; what comes after them belongs to what stands at their end."""


_SIGNED, _SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
_END = "-----END PGP SIGNATURE-----"


@dataclass(frozen=True, slots=True)
class Cut:
    """`reply`, `signature` and `quoted` are parts of the text. `start`: the line where the quote begins, -1 if none."""

    reply: str
    signature: str = ""
    quoted: str = ""
    is_forward: bool = False
    forward_start: int = -1
    start: int = -1
    mark: str = ""


def cut(text: str, *, subject: str = "", sender: str = "") -> Cut:
    """Cut `text`. subject: decides whether a header block at the top quotes or forwards. sender: the name a signature
    may hold."""
    text, armour = _without_armour(text)
    if armour:
        bare = cut(text, subject=subject, sender=sender)
        return replace(bare, signature="\n\n".join(filter(None, (bare.signature, armour))))
    lines = _separate(text)
    seen = [marks.view(line) for line in lines]
    labels, first, forward = _label(lines, seen)
    if forward is not None:
        return Cut(text.strip("\n").rstrip(), is_forward=True, forward_start=forward.end)
    own = [index for index, label in enumerate(labels) if label == "o" and seen[index]]
    forwards = subject.strip().casefold().startswith(words.FORWARD_SUBJECTS)
    if first is not None and first.kind in ("block", "original") and (forwards or not own):
        replies = subject.strip().casefold().startswith(("re:", "aw:", "sv:", "antw:", "odp:", "ref:"))
        if forwards or not replies or not own:
            return Cut(
                text.strip("\n").rstrip(), is_forward=forwards or not replies, forward_start=first.start
            )
    if not own and seen and (opened := _unwrapped(lines, seen, first)):
        return cut(opened, subject=subject, sender=sender)
    if not own and first is not None and "q" in labels and not any(line.startswith(">") for line in seen):
        return Cut(text.strip("\n").rstrip())
    return _assemble(lines, seen, labels, sender, first)


def _unwrapped(lines: list[str], seen: list[str], first: Mark | None) -> str:
    """Some programs wrap the reply itself in a quote: where nothing else is the writer's own, the quote that stands
    before any mark is, without its `>`."""
    begin = next((index for index, line in enumerate(seen) if line), -1)
    if begin < 0 or not _is_quoted(seen[begin]) or (first is not None and first.start <= begin):
        return ""
    bare = [
        line.lstrip()[1:].removeprefix(" ") if _is_quoted(mark) else line
        for line, mark in zip(lines, seen, strict=True)
    ]
    seen_bare = [marks.view(line) for line in bare]
    start = next((index for index, line in enumerate(seen_bare) if line), 0)
    if (
        seen_bare[start].startswith(">")
        or marks.find(seen_bare, start) is not None
        or "\n>" not in "\n" + "\n".join(seen[begin:])
    ):
        return ""
    return "\n".join(bare)


def _without_armour(text: str) -> tuple[str, str]:
    """A letter signed by PGP within its text: the words, and the signature with its marks."""
    start = text.find(_SIGNED)
    sign = text.find(_SIGNATURE, start) if start >= 0 else -1
    end = text.find(_END, sign) if sign >= 0 else -1
    if end < 0:
        return text, ""
    begin = text.find("\n\n", start, sign)
    begin = start + len(_SIGNED) if begin < 0 else begin
    said = text[begin:sign].replace("\n- -", "\n-").strip("\n")
    end += len(_END)
    return text[:start] + said + text[end:].replace(_SIGNED, ""), text[start:begin] + "\n" + text[sign:end]


def _separate(text: str) -> list[str]:
    """Lines, with a reply and an attribution that share one set apart."""
    out: list[str] = []
    for line in text.split("\n"):
        both = marks.split_within(line) if line.endswith(":") else None
        out.extend(both or (line,))
    return out


def _label(lines: list[str], seen: list[str]) -> tuple[list[str], Mark | None, Mark | None]:
    """Each line as own "o" or quoted "q"; the first mark that quotes; the mark of a forward, if that came first."""
    labels = ["o"] * len(lines)
    first: Mark | None = None
    quoting = False
    at = 0
    while at < min(len(lines), MOST_LINES):
        if _is_quoted(seen[at]):
            begin, at = at, _quote_run(lines, seen, labels, at, attributed=quoting)
            quoting = quoting or labels[begin] == "q"
            continue
        mark = marks.find(seen, at)
        if mark is None:
            at += 1
            continue
        if mark.kind == "forward" and first is None:
            return labels, None, mark
        first, quoting = first or mark, True
        after = marks.next_filled(seen, mark.end)
        if mark.kind == "attribution" and after < len(lines) and _is_quoted(seen[after]):
            labels[at:after] = ["q"] * (after - at)
            at = after
            continue
        labels[at:] = ["q"] * (len(lines) - at)
        break
    return labels, first, None


def _is_quoted(seen: str) -> bool:
    if not seen.startswith((">", "＞")):
        return False
    return not seen.endswith("<<<")


def _quote_run(lines: list[str], seen: list[str], labels: list[str], at: int, *, attributed: bool) -> int:
    """Label the quoted lines from `at` on, with blank lines and wrapped tails between them; returns where they end."""
    start, last, count = at, at, 0
    while at < len(lines):
        if _is_quoted(seen[at]):
            last, count = at, count + 1
        elif (seen[at] and not _is_wrapped_tail(seen, at)) or (not seen[at] and at - last > 3):
            break
        at += 1
    trailing = not any(seen[last + 1 :])
    if attributed or count >= 3 or (trailing and (start == 0 or not seen[start - 1] or count >= 2)):
        labels[start : last + 1] = ["q"] * (last + 1 - start)
    return last + 1


def _is_wrapped_tail(seen: list[str], at: int) -> bool:
    """A line between two quoted ones that is the end of the first, broken by a mail program."""
    before = seen[at - 1]
    after = next((seen[index] for index in range(at + 1, min(at + 3, len(seen)))), "")
    if not before.startswith(">") or not (
        after.startswith(">") or (at + 2 < len(seen) and seen[at + 2].startswith(">"))
    ):
        return False
    line = seen[at]
    if (
        " " not in line.strip("> ")
        or line[0] in "(<"
        or line.startswith(("http", "www."))
        or line.endswith(">")
    ):
        return True
    return len(before) >= 62 and (line[0].islower() or not line[0].isalnum())


def _assemble(lines: list[str], seen: list[str], labels: list[str], sender: str, first: Mark | None) -> Cut:
    chunks = _chunks(seen, labels)
    quoted = "\n".join(line for line, label in zip(lines, labels, strict=True) if label == "q").strip("\n")
    start = labels.index("q") if "q" in labels else -1
    signatures: list[str] = []
    kept: list[tuple[int, int, str]] = []
    for begin, end in chunks:
        body, signature = without_signature(lines[begin:end], sender=sender)
        if any(line.strip() for line in signature):
            signatures.append("\n".join(signature).strip("\n"))
        if any(line.strip() for line in body):
            kept.append((begin, begin + len(body), "\n".join(body).strip("\n")))
    replies = sum(1 for begin, _, _ in kept if start >= 0 and begin > start)
    if replies >= 2:
        reply = "\n".join(lines[0 if kept[0][0] > start else kept[0][0] : kept[-1][1]]).strip("\n")
    else:
        reply = "\n\n".join(piece for _, _, piece in kept)
    mark = seen[first.start] if first is not None else ""
    return Cut(without_banner(reply).rstrip(), "\n\n".join(signatures), quoted, start=start, mark=mark)


def _chunks(seen: list[str], labels: list[str]) -> list[tuple[int, int]]:
    """Runs of own lines, blank edges off."""
    out: list[tuple[int, int]] = []
    begin = -1
    for index, label in enumerate([*labels, "q"]):
        if label == "o" and begin < 0:
            begin = index
        elif label != "o" and begin >= 0:
            if any(seen[begin:index]):
                out.append((begin, index))
            begin = -1
    return out
