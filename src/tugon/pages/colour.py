"""Contrast arithmetic for the company's accent colour. Pure.

Formulas: WCAG 2.2, "relative luminance" and "contrast ratio" (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
"""

import re

Colour = tuple[float, float, float]
"""Red, green, blue of sRGB, each 0 to 1."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE: Colour = (1.0, 1.0, 1.0)
INK: Colour = (0.06, 0.07, 0.12)


def parsed(text: str) -> Colour:
    """`#rrggbb` as a colour. Raises ValueError for anything else, so that no stranger's text reaches a style sheet."""
    if not _HEX.fullmatch(text):
        raise ValueError(f"not a colour of the form #rrggbb: {text!r}")
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21; the order does not matter."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, *, on: Colour, ratio: float = 4.5) -> Colour:
    """The colour, moved towards black or white no further than needed to hold `ratio` on the ground `on`.

    ratio: 4.5 for text (AA). Always reachable: black or white has at least 4.58 on any ground.
    """
    goal = WHITE if contrast(WHITE, on) > contrast((0, 0, 0), on) else (0.0, 0.0, 0.0)
    for step in range(101):
        candidate = _mixed(colour, goal, step / 100)
        if contrast(candidate, on) >= ratio:
            return candidate
    return goal


def ink_for(ground: Colour) -> Colour:
    """White where it can be read on the ground, else near-black."""
    return WHITE if contrast(WHITE, ground) >= 4.5 else INK


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue
