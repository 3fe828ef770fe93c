"""Which language a text is written in, found out offline.

`eldc` carries its model in the wheel and is asked first; where it is not built (no x86_64), `py3langid`, kept to the
languages customers write to us in, answers. Cebuano and other languages neither knows are reported as the nearest.
"""

import re
from dataclasses import dataclass
from functools import cache

SHORTEST_WORDS = 3
SHORTEST_LETTERS = 12
SAMPLE = 4_000
_DOUBTFUL = 0.7

_FALLBACK = [
    "en",
    "tl",
    "es",
    "pt",
    "fr",
    "de",
    "it",
    "nl",
    "pl",
    "sv",
    "da",
    "no",
    "fi",
    "ru",
    "uk",
    "zh",
    "ja",
    "ko",
]
_FALLBACK += ["cs", "sk", "hu", "tr", "vi", "ro", "el", "he", "ar", "id", "ms", "th", "hi", "bg", "ca"]
_TO_BCP47 = {"tl": "fil", "nb": "no", "nn": "no", "iw": "he", "in": "id"}
_NOISE = re.compile(r"https?://\S{1,500}|[\w.+-]{1,64}@[\w.-]{1,250}|[\d#*_=<>|-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def _each(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


# Words that make a Filipino sentence Taglish: English function and service words no Tagalog sentence needs, and the
# particles by which a short mixed sentence shows that it is Filipino at all.
ENGLISH = _each("""
the is are was were have has had will would can could this that these those with from about because please thanks thank
account password login email order refund payment delivery card app website error update cancel order item items problem
issue help support service receive received working already still not your my and for why when how what charge charged
transaction request ticket subscription reset code number phone screen page upload download file send sent since today
office browser site down message report fake friend episode subtitles weeks days hours frustrated curious rush same time
need want very much only again before after always never please since morning afternoon night number spam
yesterday tomorrow reply customer billing plan price monthly access verify link bank transfer balance tracking package
""")
PARTICLES = _each("""
po opo ko mo ako ikaw siya kami tayo kayo sila yung iyong ang ng nang mga naman nyo ninyo niyo pa ba di hindi wala
walang may meron lang na sa kasi kaya paano bakit kailan saan magkano pwede puwede nag mag ito yan iyan iyon dito diyan
doon salamat pakiusap paki kung pero at din rin daw raw muna sana talaga gusto ayaw kanina bukas kahapon ngayon aking
akin
""")
_ENGLISH_FUNCTION = _each(
    "the is are was were have has this that with from because your would could and for of to in"
)


@dataclass(frozen=True, slots=True)
class Detection:
    """`language` is a BCP 47 tag (Filipino is `fil`), or None where the text is too short or says nothing.
    `confidence` is 0 to 1. `taglish`: Filipino mixed with English."""

    language: str | None
    confidence: float
    taglish: bool = False


UNKNOWN = Detection(None, 0.0)


def detect(text: str) -> Detection:
    """The language of `text`; of a long text, of its first 4,000 characters.

    Below three words or twelve letters no detector is right often enough: the answer is None, and the caller uses the
    last language known of the customer. Scripts written without spaces need six characters.
    """
    sample = _NOISE.sub(" ", text[: SAMPLE * 2])[:SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    dense = len(_CJK.findall(sample))
    if (len(words) < SHORTEST_WORDS or letters < SHORTEST_LETTERS) and dense < 6:
        return UNKNOWN
    code, confidence = _ask(" ".join(words) if not dense else sample)
    if code is None:
        return UNKNOWN
    language = _TO_BCP47.get(code, code)
    particles = sum(word in PARTICLES for word in words)
    english = sum(word in ENGLISH for word in words)
    if language == "en" and _is_filipino_in_disguise(words, particles):
        language = "fil"
    return Detection(language, confidence, language == "fil" and english >= 2)


def _is_filipino_in_disguise(words: list[str], particles: int) -> bool:
    """Loan words outweigh the grammar in "Na-charge po ako twice sa card ko": particles decide."""
    strong = sum(word in _ENGLISH_FUNCTION for word in words)
    return particles >= 2 and particles > strong and particles * 6 >= len(words)


def _ask(text: str) -> tuple[str | None, float]:
    eldc = _eldc()
    if eldc is not None:
        found = eldc.detect_details(text)
        if not found.language or found.language == "und":
            return None, 0.0
        score = float(found.scores.get(found.language, 0.0))
        if not found.reliable and score < _DOUBTFUL:
            return None, 0.0
        return found.language, min(1.0, score if found.reliable else score / 2)
    identifier = _langid()
    return (None, 0.0) if identifier is None else (identifier.classify(text)[0], 0.5)


@cache
def _eldc():  # type: ignore[no-untyped-def]  # the extension carries no types
    try:
        import eldc
    except ImportError:
        return None
    eldc.init()
    return eldc


@cache
def _langid():  # type: ignore[no-untyped-def]
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in _FALLBACK if code in known])
    return identifier
