"""Parts of a file, as players of films ask for them (RFC 9110 §14): one range of bytes, or all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.base import File
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

_ONE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
CHUNK = 64 * 1024


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of what a Range header asks for; None where all is sent.

    Several ranges, and what cannot be read, count as asking for all. Raises ValueError where nothing of it is there.
    """
    found = _ONE.match(header.strip()) if size else None
    if not found or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end or start >= size:
        raise ValueError(header)
    return start, end


def partly(stream: File | BinaryIO, header: str, size: int) -> HttpResponseBase | None:
    """The answer to a request for a part (206, or 416 with the size); None where all is sent."""
    try:
        part = wanted(header, size)
    except ValueError:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return None
    start, end = part
    response = StreamingHttpResponse(_read(stream, start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _read(stream: File | BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with stream:
        stream.seek(start)
        while length > 0:
            chunk = stream.read(min(CHUNK, length))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk
