"""Bytes of unknown making, read as text. Never raises and never drops a letter.

The declared charset is tried first but not believed: UTF-8 that passes strictly is UTF-8 whatever the label says, the
Latin family is read as Windows reads it (WHATWG Encoding), and what stays unreadable is read byte by byte.
"""

# Tables of words and letters read best one to a line.
# ruff: noqa: E501

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_ALIASES = {
    "": "", "us-ascii": "ascii", "ansi_x3.4-1968": "ascii", "iso646-us": "ascii", "7bit": "ascii", "8bit": "",
    "ansi_x3.110-1983": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "cn-big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "iso-2022-jp": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "cp51932": "euc_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "koi8": "koi8_r", "x-cp1251": "cp1251", "win1251": "cp1251", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "iso8859_8", "iso-8859-6-i": "iso8859_6",
    "iso-8859-8-e": "iso8859_8", "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8",
    "utf8mb4": "utf-8", "x-utf8": "utf-8", "unicode": "utf-16", "ucs-2": "utf-16", "cp-850": "cp850",
}  # fmt: skip
_NAMELESS = {
    "unknown",
    "unknown-8bit",
    "x-unknown",
    "x-user-defined",
    "default",
    "binary",
    "none",
    "default_charset",
    "ansi",
}
_NOT_TEXT = {"base64", "hex", "zip", "bz2", "rot13", "quopri", "uu", "idna", "punycode", "unicode_escape"}
_NOT_TEXT |= {"raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    charset: str
    problem: str = ""


def decode(raw: bytes, declared: str = "") -> Decoded:
    """`raw` as text. `problem` says in plain words where the declared charset was wrong or missing."""
    marked = _by_mark(raw)
    if marked is not None:
        return marked
    codec = codec_name(declared)
    named = bool(declared.strip())
    strange = f"The charset “{declared.strip()[:40]}” is unknown" if named and not codec else ""
    if codec not in ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-7"):
        if raw.isascii() and b"\x1b" not in raw and codec != "hz":
            return Decoded(clean(raw.decode("ascii")), codec or "ascii", strange)
        utf8 = _strictly(raw, "utf-8")
        if utf8 is not None and codec not in ("iso2022_jp_ext", "hz") and not raw.isascii():
            wrong = named and codec not in ("utf-8", "ascii", "") and not strange
            return Decoded(
                utf8,
                "utf-8",
                f"The text says it is {declared.strip()[:40]} but is UTF-8" if wrong else strange,
            )
    if codec and codec != "ascii":
        text = _strictly(raw, codec)
        if text is not None:
            return Decoded(text, codec)
        return _despite_errors(raw, codec, declared)
    guess = guess_codec(raw)
    text = _strictly(raw, guess)
    missing = (
        "The charset of the text is not stated" if not named else f"The text is not {declared.strip()[:40]}"
    )
    return Decoded(
        text if text is not None else _bytewise(raw, guess), guess, strange or f"{missing}; read as {guess}"
    )


def codec_name(declared: str) -> str:
    """Python's name for a declared charset; '' where it means nothing."""
    name = declared.strip().strip("\"'").lower().split("*")[0].split(";")[0].strip()
    name = re.sub(r"^(charset=)+|[^\w.:-].*$", "", name)
    if name in _NAMELESS:
        return ""
    if name in _ALIASES:
        return _ALIASES[name]
    for candidate in (name, name.replace("windows", "cp").replace("cp-", "cp"), name.replace("_", "-")):
        if candidate in _ALIASES:
            return _ALIASES[candidate]
        try:
            found = codecs.lookup(candidate).name
        except (LookupError, ValueError, UnicodeError):
            continue
        return (
            "" if found.replace("-codec", "").replace("-", "_") in _NOT_TEXT else _ALIASES.get(found, found)
        )
    return ""


def as_utf8(raw: bytes, codec: str) -> bytes:
    """8-bit bytes of this codec as UTF-8; as they are where they are ASCII, UTF-8, or cannot be read by it."""
    if raw.isascii() or _strictly(raw, "utf-8") is not None:
        return raw
    text = _strictly(raw, codec)
    return raw if text is None else text.encode()


def clean(text: str) -> str:
    """Without NUL and half surrogates, which no database stores; line ends as `\\n`."""
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _by_mark(raw: bytes) -> Decoded | None:
    """By a byte order mark, or by the NULs UTF-16 leaves in Latin text."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            text = _strictly(raw[len(mark) :], codec)
            if text is not None:
                return Decoded(text, codec)
    head = raw[:400]
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(head) >= 8
            and head[offset::2].count(0) * 10 >= len(head) * 4
            and head[1 - offset :: 2].count(0) == 0
        ):
            text = _strictly(raw[: len(raw) // 2 * 2], codec)
            if text is not None:
                return Decoded(text, codec, "The text is UTF-16 without saying so")
    return None


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return clean(raw.decode(codec))
    except (UnicodeError, LookupError, ValueError):
        return None


def _despite_errors(raw: bytes, codec: str, declared: str) -> Decoded:
    note = f"Some bytes are not {declared.strip()[:40]}; they were read one by one"
    if codec == "cp1252":
        return Decoded(_bytewise(raw, codec), codec)
    if codec == "utf-8":
        broken = raw.decode("utf-8", "replace").count("\ufffd")
        good = sum(1 for byte in raw[:20_000] if byte >= 0xC0) or 1
        if broken > good / 3:
            guess = guess_codec(raw)
            text = _strictly(raw, guess)
            if text is not None:
                return Decoded(text, guess, f"The text says it is UTF-8 but is {guess}")
    if codec == "iso2022_jp_ext":
        for other in ("iso2022_jp_2", "iso2022_jp_2004", "cp932", "euc_jp"):
            text = _strictly(raw, other)
            if text is not None:
                return Decoded(text, other)
    if codec == "utf-7":
        guess = guess_codec(raw)
        return Decoded(_strictly(raw, guess) or _bytewise(raw, "cp1252"), guess, note)
    return Decoded(_bytewise(raw, codec), codec, note)


def _bytewise(raw: bytes, codec: str) -> str:
    """What `codec` cannot read is read as Windows-1252, and what that lacks as Latin-1: nothing disappears."""
    if raw[:50_000].decode(codec, "replace").count("\ufffd") > 2_000:
        return clean(raw.decode("latin-1"))  # no text at all: reading it byte by byte would take minutes
    try:
        return clean(raw.decode(codec, "tugon-bytewise"))
    except (UnicodeError, LookupError, ValueError, TypeError):
        return clean(raw.decode("latin-1"))


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in lost), error.end


codecs.register_error("tugon-bytewise", _one_byte)

_SINGLE = ("cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1255", "cp1256", "cp874", "cp866")
_RARER = frozenset(["cp1253", "cp1255", "cp1256", "cp874", "cp866"])
_DOUBLE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_COMMON_HAN = set("的一是在不了有我你他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也对對生能而子那得于着下自之年过發发后後作里"
                  "用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實"
                  "日月請请您問题題回复復谢謝邮郵件订單单訂款付退客服網网站収送信無料使用者登錄登录密碼码帳账户戶")  # fmt: skip


def guess_codec(raw: bytes) -> str:
    """The likeliest codec of 8-bit text nobody labelled: the one whose reading looks most like writing."""
    if b"\x1b$" in raw or b"\x1b(J" in raw:
        return "iso2022_jp_ext"
    high = bytes(raw[:60_000])
    start = next((index for index, byte in enumerate(high) if byte >= 0x80), None)
    if start is None:
        return "ascii"
    sample = high[max(0, start - 200) : start + 6_000]
    best, best_score = "cp1252", 0.0
    for codec in _DOUBLE + _SINGLE:
        text = sample.decode(codec, "replace")
        score = _likeness(text, codec)
        if score > best_score and (
            codec in _SINGLE or _strictly(raw[:200_000], codec) is not None or len(raw) > 200_000
        ):
            best, best_score = codec, score
    return best


def _likeness(text: str, codec: str) -> float:
    """How much `text` looks like writing: the mean worth of its letters beyond ASCII."""
    score, count, previous = 0.0, 0, ""
    for letter in text:
        if letter < "\x80":
            if letter.isalpha() and "\u0370" <= previous < "\u0e80":
                score -= 1.5
            if letter.isupper() and previous > "\x80" and previous.islower():
                score -= 0.9
            previous = letter
            continue
        count += 1
        score += _worth(letter, previous, codec)
        previous = letter
    # A reading that needs two bytes a letter must not win by having fewer letters to get wrong.
    kana = sum("\u3040" <= letter < "\u3100" for letter in text)
    favour = (
        0.15
        if codec == "cp1252"
        else -0.25
        if codec in _RARER
        else 1.0
        if codec == "cp932" and kana * 4 >= count and score > 0
        else 0.0
    )
    return score / count + favour - _loneliness(text, count) if count else 0.0


def _loneliness(text: str, count: int) -> float:
    """What a reading loses whose foreign letters stand alone: such scripts come in words, accents and signs do not."""
    foreign = [letter for letter in text if letter >= "\u0370" and letter.isalpha()]
    if not foreign or count > 12:
        return 0.0
    if len(foreign) == 1:
        return 1.2
    in_words = any(
        one >= "\u0370" and two >= "\u0370" and one.isalpha() and two.isalpha() for one, two in pairwise(text)
    )
    return 0.0 if in_words else 0.8


def _worth(letter: str, previous: str, codec: str) -> float:
    code = ord(letter)
    if letter == "\ufffd" or 0x80 <= code < 0xA0 or 0xE000 <= code < 0xF900:
        return -4.0
    if 0x3040 <= code < 0x3100:
        return 1.3 if codec in ("cp932", "euc_jp") else 0.2
    if 0xFF61 <= code < 0xFFA0:
        return -1.0
    if 0xAC00 <= code < 0xD7A4:
        return 1.25 if _is_everyday_hangul(letter) else -0.6
    if 0x4E00 <= code < 0xA000:
        return 1.6 if letter in _COMMON_HAN else 0.35
    if 0x3000 <= code < 0x3040 or 0xFF00 <= code < 0xFF61:
        return 1.2
    if previous.isascii() and previous.isalpha() and 0x370 <= code < 0xE80:
        return -1.5
    if 0x400 <= code < 0x530:
        return _cased_worth(letter, previous, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёіїєґ")
    if 0x370 <= code < 0x400:
        return _cased_worth(letter, previous, "αοιετσνηυρπκμλςίάόέήθδγβχώύφξωζψϊ")
    if 0x591 <= code < 0x5D0:
        return -0.5
    if 0x590 <= code < 0x700 or 0xE00 <= code < 0xE80:
        return 0.8
    category = unicodedata.category(letter)
    if category[0] == "L" and code < 0x250:
        worth = (
            1.0 if codec != "cp1256" and letter in "éèáíóúñüöäåçãõêàôâîùßøæÉÖÜÄÅëïìòęąłńśźżčřšžěůćőű" else 0.6
        )
        if previous > "\x80":
            worth -= 0.8
        return worth - (0.9 if letter.isupper() and previous.islower() else 0.0)
    return 0.3 if letter in "€“”‘’–—…«»°§£©®\xa0¿¡·" else -1.0


def _cased_worth(letter: str, previous: str, common: str) -> float:
    """Cyrillic or Greek, by how often the letter is used; the wrong codec swaps cases, so capitals inside words weigh."""
    place = common.find(letter.lower())
    worth = 1.35 - place * 0.035 if place >= 0 else -0.5
    if letter.isupper():
        return -1.5 if previous.islower() else worth * 0.8
    return worth


def _is_everyday_hangul(letter: str) -> bool:
    """One of the 2,350 syllables of KS X 1001; Japanese read as Korean is full of the others."""
    try:
        letter.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True
