"""Numbers written as words, in English and Filipino (Tagalog numerals, with their linkers, and the Spanish ones)."""

import re
from functools import cache

_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_EN_ONES += " seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FIL_ONES = "isa dalawa tatlo apat lima anim pito walo siyam"
_FIL_TEENS = (
    "labing-isa labindalawa labintatlo labing-apat labinlima labing-anim labimpito labingwalo labinsiyam"
)
_FIL_TENS = "sampu dalawampu tatlumpu apatnapu limampu animnapu pitumpu walumpu siyamnapu"
_ES = {
    "uno": 1, "dos": 2, "tres": 3, "kuwatro": 4, "kwatro": 4, "singko": 5, "sais": 6, "siyete": 7, "otso": 8,
    "nuwebe": 9, "diyes": 10, "onse": 11, "dose": 12, "trese": 13, "katorse": 14, "kinse": 15, "disisais": 16,
    "disisiyete": 17, "disiotso": 18, "disinuwebe": 19, "beinte": 20, "bente": 20, "trenta": 30, "treinta": 30,
    "kwarenta": 40, "kuwarenta": 40, "singkwenta": 50, "singkuwenta": 50, "sisenta": 60, "sitenta": 70,
    "otsenta": 80, "nobenta": 90, "siyento": 100,
}  # fmt: skip
_LARGE = (100, 1_000)


def value_of(words: str) -> int | None:
    """The number that the words say, or None. Case, hyphens and spaces are forgiven: "Forty-five", "labing apat na"."""
    return _known().get(_bare(words))


@cache
def pattern() -> str:
    """A regular expression of every number word known, longest first, without groups."""
    ways = sorted(_known(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(way).replace(r"\ ", r"[\s-]+") for way in ways) + ")"


def _bare(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").replace("’", "'").split())


@cache
def _known() -> dict[str, int]:
    found = {**_english(), **_ES}
    for way, number in list(_filipino().items()):
        for linked in _linked(way):
            found[linked] = number
    return {_bare(way): number for way, number in found.items()}


def _english() -> dict[str, int]:
    small = {word: number for number, word in enumerate(_EN_ONES.split())}
    for place, ten in enumerate(_EN_TENS.split(), start=2):
        small[ten] = place * 10
        small |= {f"{ten} {one}": place * 10 + number for one, number in list(small.items())[1:10]}
    found = dict(small)
    for one, number in list(small.items())[1:10]:
        for large, word in zip(_LARGE, ("hundred", "thousand"), strict=True):
            found[f"{one} {word}"] = number * large
            found |= {
                f"{one} {word} {joint}{more}": number * large + extra
                for more, extra in small.items()
                for joint in ("", "and ")
                if extra and large == 100
            }
    return found


def _filipino() -> dict[str, int]:
    ones = {word: number for number, word in enumerate(_FIL_ONES.split(), start=1)}
    tens = {word: number * 10 for number, word in enumerate(_FIL_TENS.split(), start=1)}
    found = ones | tens | {word: number for number, word in enumerate(_FIL_TEENS.split(), start=11)}
    found |= {
        word.replace("labing-", "labing"): number for word, number in found.items() if "labing-" in word
    }
    for ten, base in list(tens.items())[1:]:
        for one, number in ones.items():
            found |= {f"{ten}{joint} {one}": base + number for joint in ("'t", " at", "t")}
    for one, number in ones.items():
        first = _linked(one)[-1]
        found |= {f"{first} daan": number * 100, f"{first} libo": number * 1_000}
    return found | {"sandaan": 100, "sanlibo": 1_000}


def _linked(way: str) -> list[str]:
    """The word by itself and before what it counts: isa, isang; apat, apat na."""
    if way[-1] in "aeiou":
        return [way, f"{way}ng"]
    return [way, f"{way}g"] if way.endswith("n") else [way, f"{way} na"]
