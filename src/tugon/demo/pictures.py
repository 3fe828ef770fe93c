"""The files that people attach: drawn here, so that nothing but code has to be kept."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 360, 640
_PAPER = (620, 877)


@cache
def made(kind: str, variant: int) -> tuple[str, str, bytes]:
    """(name, type, bytes) of a screenshot ("screen"), a photo ("photo") or a document ("pdf"). variant: 0 to 5."""
    if kind == "pdf":
        return f"statement-{variant + 1}.pdf", "application/pdf", _document(variant)
    if kind == "photo":
        return f"IMG_20{variant}41.png", "image/png", _photo(variant)
    return f"screenshot-{variant + 1}.png", "image/png", _screen(variant)


_WORDS = (
    "This video cannot be played", "Payment failed", "Something went wrong", "Processing: 99 %",
    "Sign-in code not valid", "You are offline",
)  # fmt: skip
_CODES = ("SG-2014", "SG-3012", "SG-5000", "SG-4108", "SG-1105", "SG-2210")
"""The codes by which the articles of the help center name the same messages."""


def _screen(variant: int) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (17, 24, 28))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 52), fill=(15, 118, 110))
    draw.text((20, 16), "Sining", fill="white", font=_font(20))
    draw.rounded_rectangle((20, 80, WIDTH - 20, 270), 12, fill=(0, 0, 0))
    draw.polygon(((165, 150), (165, 200), (205, 175)), fill=(70, 84, 92))
    draw.rounded_rectangle((20, 300, WIDTH - 20, 372), 10, fill=(91, 33, 33))
    draw.text((36, 316), _WORDS[variant], fill=(254, 226, 226), font=_font(16))
    draw.text((36, 342), _CODES[variant], fill=(252, 165, 165), font=_font(13))
    for line in range(6):
        draw.rounded_rectangle(
            (20, 404 + line * 34, WIDTH - 20 - line * 30, 420 + line * 34), 6, fill=(38, 50, 56)
        )
    return _bytes(picture, "PNG")


def _photo(variant: int) -> bytes:
    picture = Image.new("RGB", (480, 320), (210 - variant * 9, 200, 184 + variant * 9))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((60, 60, 420, 260), 14, fill=(250, 250, 246), outline=(120, 120, 120), width=2)
    draw.rectangle((80, 90, 170, 200), fill=(160, 170, 180))
    draw.ellipse((105, 105, 145, 145), fill=(236, 220, 200))
    for line, words in enumerate(("SPECIMEN", "No. 0000-0000", "Not a real document")):
        draw.text((190, 96 + line * 34), words, fill=(40, 40, 40), font=_font(18))
    return _bytes(picture, "PNG")


def _document(variant: int) -> bytes:
    paper = Image.new("RGB", _PAPER, "white")
    draw = ImageDraw.Draw(paper)
    draw.text((60, 60), "Statement", fill="black", font=_font(26))
    draw.text((60, 100), f"Page 1 of 1 · example no. {variant + 1}", fill=(90, 90, 90), font=_font(13))
    for line in range(8):
        top = 160 + line * 34
        draw.line((60, top + 24, _PAPER[0] - 60, top + 24), fill=(210, 210, 210))
        draw.text((60, top), f"{line + 3:02d}  SNG*SINING MNL", fill="black", font=_font(14))
        draw.text((470, top), f"{149 + line * 50}.00", fill="black", font=_font(14))
    return _bytes(paper, "PDF")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _bytes(picture: Image.Image, kind: str) -> bytes:
    written = BytesIO()
    if kind == "PDF":
        picture.save(written, kind, resolution=75.0, creationDate=None, modDate=None)
    else:
        picture.save(written, kind, optimize=True)
    return written.getvalue()
