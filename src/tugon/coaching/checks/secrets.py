"""Secrets that must not travel by mail: card and account numbers, passwords, codes, keys and tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..remarks import Remark, Severity

CARD = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w-])")
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_IS = (
    r"(?:\s*(?:(?:is|are|was|will be|ay|po|now|naman|to|ninyo|nyo|mo|na|here|set to|reset to)\b\s*|[:=]\s*)+)"
)
_WORD = r"[\"'“‘`*]?(?P<{name}>[^\s\"'”’`<>]{{4,80}})"
PASSWORD = re.compile(
    r"(?<!\w)(?:pass(?:word|code|phrase)s?|pwd|kontrasenyas)(?:\s+(?!is\b|ay\b|are\b)[\w'’-]{1,14}){0,6}?"
    + _IS
    + _WORD.format(name="word"),
    re.I,
)
MARKED = re.compile(
    r"(?<!\w)(?:pass(?:word|code|phrase)s?|kontrasenyas)(?:[\s:]+[\w'’-]{0,14}){0,6}?[\s:]*(?:`(?P<word>[^`\s]{4,60})`|\"(?P<word2>[^\"\s]{5,60})\"|\*\*(?P<word3>[^*\s]{5,60})\*\*)",
    re.I,
)
CODE = re.compile(
    r"(?<!\w)(?:pin(?:\s?code)?|otp|cvv2?|cvc|(?:one[- ]time|security|verification|sign-?in|login|log-in|recovery|backup|back-up|authentication|access|reset|confirmation|2fa|unlock|secret|sms)\s+(?:\w+\s+)?(?:codes?|pins?|passwords?|passcodes?)|codes?)"
    r"(?:\s+[\w'’-]{1,12}){0,4}?\s*[:=]?\s*[\"'“‘`*]*(?P<word>(?=[A-Z-]{0,8}\d)[A-Z0-9]{2,8}(?:[ -]\d{2,5}|-[A-Z0-9]{2,6}){0,5})(?![\w-]|[.,]\d|\s?(?:%|pesos?|minut|hour|day|second|oras|araw|months?|times?))",
    re.I,
)
_OTHER_CODE = re.compile(
    r"\b(?:error|promo\w*|gift|discount|postal|zip|area|country|voucher|coupon|status|order|ticket|reference|booking|invite|invitation|referral|product|tracking|bank|branch|swift|http|response|qr|source|dress|postcode|lalabas|error na|last four|last digits)\b[^.!?\n]{0,20}$",
    re.I,
)
TOKEN = re.compile(
    r"(?<![\w/-])(?:sk|pk|rk|key|api|token|secret|tok|whsec|live|test|access)_(?:(?:live|test|prod|key|secret)_)?(?=\w{0,40}\d)\w{8,200}|(?<![\w-])gh[pousr]_\w{16,255}|(?<!\w)github_pat_\w{20,255}|(?<!\w)glpat-[\w-]{16,64}"
    r"|(?<!\w)AKIA[0-9A-Z]{12,20}|(?<!\w)AIza[\w-]{30,40}|(?<!\w)xox[abprs]-[\w-]{8,200}|(?<!\w)sk-[\w-]{16,200}"
    r"|(?<!\w)eyJ[\w-]{8,2000}\.[\w-]{4,2000}(?:\.[\w-]{4,2000})?|(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16,64}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
    r"|(?<!\w)(?i:bearer)\s+[\w.~+/-]{16,500}=*"
)
KEY = re.compile(
    r"(?<!\w)(?:api[ _-]?key|secret(?:[ _-](?:key|token))?|access[ _-](?:key|token)|auth[ _-]?token|client[ _-]secret|token|private[ _-]key)"
    + _IS + r"[\"'“‘`*]?(?P<word>[\w.~+/=-]{10,300})",
    re.I,
)  # fmt: skip
_BEFORE_SECRET = re.compile(
    r"(?<!\w)(?:password|passcode|passphrase|kontrasenyas|key|token|secret|credentials?)(?:\s+\w{1,12}){0,2}?\s*[:=]?\s*[\"'“‘`*(]*(?P<word>[^\s\"'”’`<>()]{7,80})",
    re.I,
)
_PLAIN_WORDS = re.compile(
    r"^(?:(?:your|the|a|an|not|no|at|by|in|on|of|for|with|from|sent|never|only|one|this|that|same|wrong|incorrect|correct|expired|valid|invalid|required|needed|working|ready|safe|secure|reset|changed|case|sensitive|must|should|we|you|it|still|also|being|again|stored|encrypted|longer|protected|hidden|just|there|what|something|anything|please|sa|ang|ng|mga|hindi|para|nang|dahil|inyong|iyong|kayo|ninyo|mali|tama|bago|luma|expired|kung|pero|at|o|din|rin|lang|muna|agad|ulit|below|above|above|attached)[.,;:!?)]*|\W*|[.]{2,}|\*+|•+|x+|<.*|\[.*|\{.*)$",
    re.I,
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each secret once, at its own letters."""
    text = draft.reading.text
    taken: list[tuple[int, int]] = []
    for start, end, why, instead in _found(text):
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        taken.append((start, end))
        yield Remark("secret", Severity.ERROR, why, text[start:end], start, end, rewrite=instead)


def _found(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if is_card(digits):
            why = _("This is a whole card number. Nobody needs more than its last four digits.")
            yield match.start(), match.end(), why, f"•••• {digits[-4:]}"
    for match in IBAN.finditer(text):
        account = match[0].replace(" ", "")
        if is_iban(account):
            why = _("This is a whole account number. Its last four digits are enough to recognise it.")
            yield match.start(), match.end(), why, f"{account[:2]}•• •••• {account[-4:]}"
    for match in TOKEN.finditer(text):
        yield match.start(), match.end(), _key_words(), "••••••••"
    for start, end in _loose(text):
        yield start, end, _key_words(), "••••••••"
    for way, why in (
        (
            PASSWORD,
            _("A password stands here. Mail is read by others: send a link to set a new one instead."),
        ),
        (MARKED, _("A password stands here. Mail is read by others: send a link to set a new one instead.")),
        (CODE, _("A secret code stands here. Whoever reads this letter could use it.")),
        (KEY, _key_words()),
    ):
        for match in way.finditer(text):
            name = next(one for one in match.groupdict() if match[one])
            word = match[name].rstrip(".,;:!?)*")
            if _is_secret(word, way) and not (way is CODE and _is_other_code(text, match)):
                yield match.start(name), match.start(name) + len(word), why, "••••••••"


def _loose(text: str) -> Iterator[tuple[int, int]]:
    """Words that nobody would say, right behind "password", "key", "code": pg_9sLq!48v."""
    for match in _BEFORE_SECRET.finditer(text):
        word = match["word"].rstrip(".,;:!?)*")
        kinds = (
            any(map(str.islower, word)),
            any(map(str.isupper, word)),
            any(map(str.isdigit, word)),
            not word.isalnum(),
        )
        if sum(kinds) >= 3 and kinds[2] and "://" not in word and "@" not in word[1:-4]:
            yield match.start("word"), match.start("word") + len(word)


def _key_words() -> str:
    return _("This looks like a key or token. Whoever reads this letter could use it.")


def _is_secret(word: str, way: re.Pattern[str]) -> bool:
    """Not every word after "password is" is one: "your password is wrong"."""
    word = word.rstrip(".,;:!?)*")
    if _PLAIN_WORDS.match(word) or "://" in word:
        return False
    if way is CODE:
        return sum(map(str.isdigit, word)) >= 3
    if way is MARKED:
        return not word.istitle() or any(map(str.isdigit, word))
    mixed = any(one.isdigit() for one in word) or any(not one.isalnum() and one not in "-'’" for one in word)
    odd = any(one.isupper() for one in word[1:]) and not word.isupper()
    return mixed or odd


def _is_other_code(text: str, match: re.Match[str]) -> bool:
    """A code that is no secret: of an error, a gift, a parcel; or a number that only stands near."""
    place = match.start() + match[0].lower().find("code")
    between = text[match.start() : match.start("word")]
    line = text[text.rfind("\n", 0, place) + 1 : match.end() + 20].lower()
    if any(word in line for word in ("gift", "promo", "voucher", "coupon", "discount", "regalo")):
        return True
    return bool(_OTHER_CODE.search(text[max(0, place - 40) : place])) or bool(
        re.search(
            r"\b(?:before|until|within|request|ticket|visa|card|ending|in|of|at|on|error|bago|hanggang|loob|nagtatapos)\W*$",
            between,
            re.I,
        )
    )


def is_card(digits: str) -> bool:
    """Whether the digits are a card's: 13 to 19, of a known network, with the right check digit (Luhn)."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def is_iban(account: str) -> bool:
    """Whether the check digits of ISO 13616 are right."""
    if not 15 <= len(account) <= 34:
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
