"""Letters that cannot be taken whole: their head, with words in place of the body that say what to do."""

import re

_BODY_HEADERS = re.compile(
    rb"^(?:content-[\w-]+|mime-version)\s*:.*(?:\r?\n[ \t].*)*\r?\n?", re.IGNORECASE | re.MULTILINE
)


def too_large(head: bytes, *, size: int) -> bytes:
    """The head of a letter above the limit, and where the rest is. size: bytes."""
    return _with_words(
        head,
        f"This letter is {size / 1_000_000:.0f} MB, more than Tugon fetches. It was left in the mailbox; open it there "
        "with a mail program, and ask the sender for a link if you need the files here.",
    )


def unreadable(head: bytes, *, uid: int) -> bytes:
    """What could be read of a letter that the mail server itself could not deliver."""
    return _with_words(
        head or b"Subject: A letter that could not be fetched\r\n",
        f"The mail server could not hand out this letter (UID {uid}). It is still in the mailbox; open it there with a "
        "mail program.",
    )


def _with_words(head: bytes, words: str) -> bytes:
    kept = (
        _BODY_HEADERS.sub(b"", head[:1_000_000]).replace(b"\r\n", b"\n").strip(b"\n").replace(b"\n", b"\r\n")
    )
    return kept + (
        f"\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()
    )
