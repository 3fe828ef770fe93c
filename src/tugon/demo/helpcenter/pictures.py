"""The pictures in the guides: drawn here, so that nothing but code has to be kept."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 960, 540
_TEAL, _INK, _SOFT, _LINE, _PAPER = (
    (15, 118, 110),
    (28, 38, 44),
    (96, 110, 118),
    (219, 226, 229),
    (246, 249, 249),
)
_MARK = (234, 88, 12)

Draw = ImageDraw.ImageDraw


@cache
def drawn(name: str) -> bytes:
    """The PNG of a picture of `PICTURES`. Raises KeyError."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    PICTURES[name](ImageDraw.Draw(picture))
    written = BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _window(draw: Draw, title: str) -> None:
    draw.rounded_rectangle((60, 40, WIDTH - 60, HEIGHT - 40), 16, fill="white", outline=_LINE, width=2)
    draw.rounded_rectangle((60, 40, WIDTH - 60, 96), 16, fill=_TEAL)
    draw.rectangle((60, 76, WIDTH - 60, 96), fill=_TEAL)
    _text(draw, (88, 52), title, 24, "white")


def _text(draw: Draw, place: tuple[float, float], words: str, size: int, fill: object = _INK) -> None:
    draw.text(place, words, fill=fill, font=_font(size))  # type: ignore[arg-type]


def _field(draw: Draw, top: int, label: str, value: str, *, marked: bool = False) -> None:
    _text(draw, (110, top), label, 18, _SOFT)
    edge, width = (_MARK, 4) if marked else (_LINE, 2)
    draw.rounded_rectangle((110, top + 26, 640, top + 76), 8, fill="white", outline=edge, width=width)
    _text(draw, (126, top + 38), value, 22)


def _button(draw: Draw, place: tuple[int, int], words: str, *, marked: bool = False) -> None:
    left, top = place
    width = int(draw.textlength(words, font=_font(20))) + 48
    draw.rounded_rectangle((left, top, left + width, top + 50), 10, fill=_TEAL)
    if marked:
        draw.rounded_rectangle((left - 6, top - 6, left + width + 6, top + 56), 14, outline=_MARK, width=4)
    _text(draw, (left + 24, top + 12), words, 20, "white")


def _switch(draw: Draw, top: int, label: str, note: str, *, on: bool, marked: bool = False) -> None:
    if marked:
        draw.rounded_rectangle((92, top - 12, WIDTH - 92, top + 60), 12, outline=_MARK, width=4)
    _text(draw, (110, top), label, 22)
    _text(draw, (110, top + 28), note, 16, _SOFT)
    draw.rounded_rectangle((770, top + 8, 836, top + 42), 17, fill=_TEAL if on else (176, 188, 194))
    middle = 819 if on else 787
    draw.ellipse((middle - 13, top + 12, middle + 13, top + 38), fill="white")


def _tv_code(draw: Draw) -> None:
    draw.rounded_rectangle((150, 40, 810, 430), 18, fill=_INK)
    draw.rounded_rectangle((170, 60, 790, 410), 8, fill=(17, 24, 28))
    draw.rectangle((380, 430, 580, 452), fill=_SOFT)
    draw.rounded_rectangle((300, 452, 660, 470), 8, fill=_SOFT)
    _text(draw, (200, 84), "Sining", 30, (94, 234, 212))
    _text(draw, (200, 140), "On your phone, open", 22, (203, 213, 218))
    _text(draw, (200, 172), "sining.example/tv", 32, "white")
    _text(draw, (200, 234), "and type", 22, (203, 213, 218))
    for place, letter in enumerate("HKTAWN"):
        left = 200 + place * 92
        draw.rounded_rectangle((left, 274, left + 76, 364), 10, fill=_TEAL)
        _text(draw, (left + 22, 290), letter, 48, "white")
    _text(draw, (330, 490), "The code lives for ten minutes", 20, _SOFT)


def _two_step(draw: Draw) -> None:
    _window(draw, "Account  ›  Sign-in  ›  Two-step sign-in")
    _text(draw, (110, 122), "1  Scan", 22)
    for row in range(15):
        for column in range(15):
            corner = (row < 5 or row > 9) and (column < 5 or (column > 9 and row < 5))
            if (corner and (row % 5 in (0, 4) or column % 5 in (0, 4) or row % 5 == column % 5 == 2)) or (
                not corner and (row * 7 + column * 11 + row * column) % 5 < 2
            ):
                left, top = 110 + column * 15, 160 + row * 15
                draw.rectangle((left, top, left + 14, top + 14), fill=_INK)
    _text(draw, (400, 122), "2  Type the six digits", 22)
    draw.rounded_rectangle((400, 160, 620, 214), 8, fill="white", outline=_MARK, width=4)
    _text(draw, (430, 172), "4 7 1  0 9 3", 26)
    _text(draw, (400, 240), "3  Save the recovery codes", 22)
    for place in range(10):
        left, top = 400 + place % 2 * 190, 278 + place // 2 * 30
        _text(draw, (left, top), f"{3107 + place * 577:04d}-{9241 - place * 613:04d}", 20, _SOFT)
    _button(draw, (660, 434), "Turn on")


def _playback_settings(draw: Draw) -> None:
    _window(draw, "Settings  ›  Playback")
    _switch(draw, 124, "Hardware acceleration", "Off, if videos stay black", on=False, marked=True)
    _switch(draw, 204, "Autoplay", "The next video begins by itself", on=True)
    _switch(draw, 284, "Data saver on mobile data", "About 200 MB an hour", on=True)
    draw.line((110, 366, WIDTH - 110, 366), fill=_LINE, width=2)
    _text(draw, (110, 384), "Audio quality", 22)
    _text(draw, (770, 384), "Best", 22, _TEAL)
    draw.rounded_rectangle((92, 432, 360, 482), 12, outline=_MARK, width=4)
    _text(draw, (110, 444), "App version 6.14.3", 20, _SOFT)


def _payout_details(draw: Draw) -> None:
    _window(draw, "Earnings  ›  Payout")
    _field(draw, 116, "Name at the bank (full legal name)", "Maria Isabel D. Cordero", marked=True)
    _field(draw, 204, "Account number", "0000 1234 5678")
    _text(draw, (110, 300), "Last payouts", 22)
    for place, (day, amount, state) in enumerate(
        (("6 November", "4,120.00", "Sent"), ("13 November", "3,870.00", "Returned: name does not match"))
    ):
        top = 338 + place * 40
        _text(draw, (110, top), day, 20)
        _text(draw, (290, top), amount, 20)
        _text(draw, (420, top), state, 20, _MARK if place else _TEAL)
    _button(draw, (640, 424), "Send again", marked=True)


def _statement(draw: Draw) -> None:
    draw.rectangle((130, 30, WIDTH - 130, HEIGHT - 30), fill="white", outline=_LINE, width=2)
    _text(draw, (170, 56), "Statement of account", 28)
    _text(draw, (170, 96), "Card ending 4471", 18, _SOFT)
    rows = (
        ("03 Nov", "GROCER KATIPUNAN", "1,284.50"),
        ("05 Nov", "SNG*SINING MNL", "249.00"),
        ("05 Nov", "SNG*SINING MNL  PENDING", "249.00"),
        ("11 Nov", "TRANSIT TOPUP", "300.00"),
        ("12 Nov", "SNG*SINING", "149.00"),
    )
    for place, (day, words, amount) in enumerate(rows):
        top = 150 + place * 62
        if words.startswith("SNG"):
            draw.rounded_rectangle((156, top - 12, WIDTH - 156, top + 42), 10, outline=_MARK, width=4)
        _text(draw, (176, top), day, 22, _SOFT)
        _text(draw, (290, top), words, 22)
        _text(draw, (690, top), amount, 22)


def _obs_settings(draw: Draw) -> None:
    _window(draw, "Settings  ›  Output  ›  Streaming")
    rows = (
        ("Encoder", "NVENC H.264", False),
        ("Rate control", "CBR", True),
        ("Bitrate", "6000 Kbps", False),
        ("Keyframe interval", "2 s", True),
        ("Audio", "160 Kbps, 48 kHz", False),
    )
    for place, (label, value, marked) in enumerate(rows):
        top = 122 + place * 70
        _text(draw, (110, top + 12), label, 22, _SOFT)
        edge, width = (_MARK, 4) if marked else (_LINE, 2)
        draw.rounded_rectangle((400, top, 820, top + 50), 8, fill="white", outline=edge, width=width)
        _text(draw, (420, top + 12), value, 22)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


PICTURES: dict[str, Callable[[Draw], None]] = {
    "tv-code": _tv_code,
    "two-step": _two_step,
    "playback-settings": _playback_settings,
    "payout-details": _payout_details,
    "statement": _statement,
    "obs-settings": _obs_settings,
}
