"""Filipino words by their root: magbayad, binayaran, babayaran and bayarin are all of `bayad`.

Rules of the grammar, no dictionary: prefixes, the infixes -um- and -in-, the doubled first syllable of aspects,
suffixes, and the sounds that change with them (o → u, d → r). The result is a key to compare words by, not always a
word; two different roots may share it. Source: affixes and sound changes of Schachter & Otanes, Tagalog Reference
Grammar (1972).
"""

from functools import lru_cache

SHORTEST = 5
"""Letters; shorter words are taken as they are."""
ROOT = 3
"""Letters that must be left."""

_VOWELS = "aeiou"
_PREFIXES = (
    *(
        "nakakapag",
        "makakapag",
        "nakikipag",
        "makikipag",
        "pinakama",
        "nakapag",
        "makapag",
        "nakipag",
        "makipag",
    ),
    *(
        "pinapag",
        "ipinapag",
        "ipinag",
        "ipinang",
        "pinagka",
        "pagpapa",
        "nagpapa",
        "magpapa",
        "nakaka",
        "makaka",
    ),
    *("nakiki", "makiki", "pakiki", "magka", "nagka", "pagka", "pinag", "pinang", "ipina", "ipag", "ipang"),
    *("naka", "maka", "paki", "maki", "naki", "mang", "nang", "pang", "kapag", "mag", "nag", "pag", "ini"),
    *("ipa", "ma", "na", "pa", "ka", "i"),
)
_SUFFIXES = ("han", "hin", "an", "in")


@lru_cache(maxsize=20_000)
def root_of(word: str) -> str:
    """The key of a lower-case word without accents. Any text; words with anything but letters are their own key."""
    if not (word.isascii() and word.isalpha()):
        return word
    if len(word) < SHORTEST:
        return _sounds(word)
    return _sounds(_without_suffix(_without_beginning(_without_linker(word))))


def _without_linker(word: str) -> str:
    """`mabilisang` → `mabilisan`, `perang` → `pera`: the -ng that ties a word to the next. After a only: `tulong`."""
    if word.endswith("ang") and len(word) > SHORTEST:
        return word[:-1] if len(word) > SHORTEST + 3 else word[:-2]
    return word


def _without_beginning(word: str) -> str:
    for _time in range(2):
        shorter = _without_infix(_without_prefix(word))
        shorter = _without_double(shorter)
        if shorter == word:
            break
        word = shorter
    return word


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            if _may_remain(prefix, rest):
                return rest
    return word


def _may_remain(prefix: str, rest: str) -> bool:
    """Between mag- and a vowel a hyphen is written, so `magamit` is ma- and `gamit`."""
    if len(rest) < ROOT or not _sounds_whole(rest) or (prefix[-1] == "g" and rest[0] in _VOWELS):
        return False
    ending = next((len(suffix) for suffix in _SUFFIXES if rest.endswith(suffix)), 0)
    return len(prefix) in (3, 4) or len(rest) - ending > ROOT


def _sounds_whole(rest: str) -> bool:
    """Whether it can begin a word: with a vowel, or a consonant before one, `ng`, or what borrowings begin with."""
    return rest[0] in _VOWELS or rest[1] in _VOWELS or rest[:2] in ("ng", "ts") or rest[1] in "lry"


def _without_infix(word: str) -> str:
    if len(word) < SHORTEST + 1:
        return word
    if word[0] not in _VOWELS and word[1:3] in ("um", "in") and word[3] in _VOWELS:
        return word[0] + word[3:]
    if word[:2] in ("um", "in") and word[2] in _VOWELS:
        return word[2:]
    return word


def _without_double(word: str) -> str:
    """`babayaran` → `bayaran`, `aalis` → `alis`."""
    if len(word) >= 6 and word[:2] == word[2:4] and word[1] in _VOWELS:
        return word[2:]
    if len(word) >= 5 and word[0] == word[1] and word[0] in _VOWELS:
        return word[1:]
    return word


def _without_suffix(word: str) -> str:
    for suffix in _SUFFIXES:
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) > ROOT and any(letter in _VOWELS for letter in rest[1:]):
            if suffix[0] == "h" and rest[-1] not in _VOWELS:
                continue
            return rest
    return word


def _sounds(word: str) -> str:
    """o and u, e and i are one sound each; a last d becomes r before a suffix."""
    key = word.replace("u", "o").replace("e", "i")
    return f"{key[:-1]}d" if key.endswith("r") else key
