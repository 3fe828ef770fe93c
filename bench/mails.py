"""The letters of the intake's benchmark: 200 of 2 KB and 20 of 200 KB, each from another sender, real MIME."""

import random
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import data

SMALL, LARGE = 200, 20


def write(directory: Path, *, run: str) -> list[Path]:
    """Write the letters as files. run: makes senders and Message-IDs those of this run alone."""
    directory.mkdir(parents=True, exist_ok=True)
    words, chance = data.Words(), random.Random(run)
    paths = []
    for index in range(SMALL + LARGE):
        path = directory / f"{index:04}.eml"
        path.write_bytes(letter(index, run, words, chance).as_bytes(policy=SMTP))
        paths.append(path)
    return paths


def letter(index: int, run: str, words: data.Words, chance: random.Random) -> EmailMessage:
    """Text and HTML; the large ones (every eleventh) with a picture and a log file."""
    mail = EmailMessage()
    mail["From"] = f"Writer {index} <writer-{run}-{index}@letters.example>"
    mail["To"] = "support@bench.example"
    mail["Subject"] = chance.choice(words.subjects)
    mail["Date"] = "Fri, 20 Nov 2026 12:00:00 +0000"
    mail["Message-ID"] = f"<{run}-{index}@letters.example>"
    body = chance.choice(words.bodies)
    lines = [body[at : at + 72] for at in range(0, len(body), 72)]
    mail.set_content("Hello,\n\n" + "\n".join(lines) + "\n\nRegards,\nWriter\n")
    mail.add_alternative(
        f"<html><body><p>Hello,</p><p>{body}</p><p>Regards,<br>Writer</p></body></html>", subtype="html"
    )
    if index % 11 == 10:
        mail.add_attachment(_picture(chance), maintype="image", subtype="png", filename="screen.png")
        log = "\n".join(f"{n} {chance.choice(words.subjects)}" for n in range(1200))
        mail.add_attachment(log.encode()[:45_000], maintype="text", subtype="plain", filename="log.txt")
    return mail


def _picture(chance: random.Random) -> bytes:
    """A real PNG that does not compress."""
    import struct
    import zlib

    side = 180
    rows = b"".join(b"\x00" + chance.randbytes(side * 3) for _ in range(side))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 0))
        + chunk(b"IEND", b"")
    )
