"""From what the composer sends to a message: sanitised HTML, its words, its files."""

import re
from html import escape

from django.http import HttpRequest, QueryDict

from tugon.files import operations as files
from tugon.files.owners import owners_of
from tugon.lib.html import sanitise, to_text
from tugon.tickets.operations.opening import NewFile, NewMessage

_PICTURE = re.compile(r'(<img\b[^>]{0,2000}?\ssrc=")[^"]{0,500}/uploads/([\w-]{16,64})"')
"""A picture pasted into the editor shows its upload; in the message it is an inline file, named by `cid:`."""


def written(request: HttpRequest, *, language: str = "") -> NewMessage:
    """The message in the form's fields `html` (or plain `body` without JavaScript), `files` and `uploads`."""
    given = request.POST.get("html", "") or as_html(request.POST.get("body", ""))
    pictures = [token for _head, token in _PICTURE.findall(given)]
    html = sanitise(_PICTURE.sub(r'\1cid:\2@tugon"', given))
    return NewMessage(
        body=to_text(html).strip(),
        body_html=html if _is_rich(html) else "",
        language=language,
        envelope=recipients(request.POST),
        files=[*_files(request), *_pictures(request, pictures)],
    )


def recipients(data: QueryDict) -> dict[str, list[str]]:
    """The addresses the writer left or put into to, cc and bcc; fields not shown are left out."""
    return {name: _addresses(data.get(name, "")) for name in ("to", "cc", "bcc") if name in data}


def _addresses(line: str) -> list[str]:
    parts = line.replace(";", ",").replace("\n", ",").split(",")
    return list(dict.fromkeys(part.strip().lower() for part in parts if "@" in part))


def _files(request: HttpRequest) -> list[NewFile]:
    tokens = [*request.POST.getlist("uploads"), *(part for part in request.POST.getlist("files") if part)]
    rows = [row for owner in owners_of(request) for row in files.take(tokens, owner=owner)]
    new = [NewFile(row.file, row.name) for row in rows]
    for given in request.FILES.getlist("files"):
        files.require_fits(given.size or 0, name=given.name or "file")
        row = files.upload(given.read(), name=given.name or "file", owner=owners_of(request)[0])
        new.append(NewFile(row.file, row.name))
    return new


def _pictures(request: HttpRequest, tokens: list[str]) -> list[NewFile]:
    rows = [row for owner in owners_of(request) for row in files.take(tokens, owner=owner)]
    return [NewFile(row.file, row.name, content_id=f"{row.token}@tugon", is_inline=True) for row in rows]


def as_html(text: str) -> str:
    """Plain text, as it is typed without JavaScript, in paragraphs."""
    paragraphs = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def _is_rich(html: str) -> bool:
    return any(
        f"<{tag}" in html for tag in ("p", "b", "i", "a", "u", "o", "em", "strong", "img", "code", "pre", "h")
    )
