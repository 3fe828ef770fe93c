"""Letters for tests, written here: a few lines that build the raw bytes a mail program would."""

from textwrap import dedent


def letter(
    body: str | bytes = "Hello",
    *,
    encoding: str = "utf-8",
    head: str = "",
    subject: str = "Help",
    sender: str = "Ana Cruz <ana@example.com>",
) -> bytes:
    """A plain letter; `head` adds or overrides header lines."""
    lines = {
        "from": f"From: {sender}",
        "to": "To: Support <help@example.org>",
        "subject": f"Subject: {subject}",
        "date": "Date: Thu, 5 Mar 2026 10:00:00 +0800",
        "message-id": "Message-ID: <1@example.com>",
        "content-type": f"Content-Type: text/plain; charset={encoding}",
    }
    for line in dedent(head).strip().splitlines():
        lines[line.partition(":")[0].lower()] = line
    content = body if isinstance(body, bytes) else dedent(body).lstrip("\n").encode(encoding)
    return "\r\n".join(lines.values()).encode("utf-8") + b"\r\n\r\n" + content


def multipart(
    *parts: tuple[str, bytes],
    kind: str = "mixed",
    head: str = "",
    boundary: str = "edge",
    closed: bool = True,
) -> bytes:
    """A letter of parts; each is its header lines and its body."""
    body = b"".join(
        f"--{boundary}\r\n{dedent(lines).strip()}\r\n\r\n".encode() + content + b"\r\n"
        for lines, content in parts
    )
    body += f"--{boundary}--\r\n".encode() if closed else b""
    return letter(
        body, head=f'Content-Type: multipart/{kind}; boundary="{boundary}"\n' + dedent(head).strip()
    )
