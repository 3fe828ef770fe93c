"""What banks put around the words of whoever charged: dates, amounts, places, networks, numbers. Pure.

"POS PURCHASE 11/12 SINPAY*CREATOR 8005551212 MNL PH VISA 4417" → "SINPAY CREATOR"
"""

import re
import unicodedata

LONGEST = 200
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|ENE|PEB|ABR|HUN|HUL|AGO|SET|OKT|NOB|DIS"
_PATTERNS = (
    r"\bHTTPS?://|\bWWW\.",
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b",
    r"\b\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?\b",
    rf"\b\d{{1,2}}[\s-]?(?:{_MONTHS})[A-Z]*(?:[\s-]?\d{{2,4}})?\b",
    rf"\b(?:{_MONTHS})[A-Z]{{0,6}}[\s-]?\d{{1,2}}(?:,?[\s-]?\d{{4}})?\b",
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\b",
    r"(?:PHP|USD|EUR|GBP|SGD|₱|\$|€|£)\s?-?\d[\d,]*(?:\.\d{2})?",
    r"-?\b\d[\d,]*\.\d{2}\b(?:\s?(?:PHP|USD|EUR|GBP|SGD))?",
    r"\b(?:REF|TRACE|AUTH|INV|TXN|TRN|ORDER|ID|NO|CARD)\s*(?:NO\.?|#|:)+\s*[A-Z0-9-]{3,}",
    r"\+?\(?\d[\d\s().-]{5,}\d",
    r"[*X]{2,}\s?\d{3,4}\b",
)


def _each(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_NOISE = re.compile("|".join(_PATTERNS))
_WORDS = _each("""
FEE FEES
VISA MASTERCARD MC AMEX JCB DISCOVER MAESTRO UNIONPAY CIRRUS PLUS POS PURCHASE PURCH DEBIT CREDIT CARD CHECKCARD
CHKCARD RECURRING RECUR RECURR PAYMENT PAYMENTS PYMT PMT AUTOPAY AUTO TXN TRANSACTION TRANS TRX ONLINE INTL
INTERNATIONAL INTERNET FOREIGN FCY PREAUTH PREAUTHORIZED PENDING AUTHORIZED AUTHORISED POSTED ECOM ECOMMERCE
MOTO CNP CONTACTLESS TAP CHIP DR CR WITHDRAWAL SALE DATE REF REFERENCE TRACE AUTH FROM TO ON AT THE OF FOR MY A
AN AND CHARGE CHARGED BY BILL BILLED STATEMENT WHO WHAT IS THIS BAYAD SINGIL SA NG ANG MULA COM NET ORG HTTP
HTTPS WWW INC LLC LTD CORP
""")
_PLACES = _each("""
MNL MANILA MAKATI TAGUIG PASIG QUEZON CITY QC CEBU DAVAO MANDALUYONG PASAY BGC ORTIGAS METRO PH PHL PHILIPPINES
SG SGP SINGAPORE HK HKG HONG KONG US USA CA NY TX WA DE FL NV UT SAN FRANCISCO JOSE NEW YORK GB GBR UK LONDON IE
IRL DUBLIN NL NLD AMSTERDAM LU LUX LUXEMBOURG DEU BERLIN FR FRA PARIS ES ESP MADRID JP JPN TOKYO AU AUS SYDNEY
MY MYS KUALA LUMPUR CY CYP LIMASSOL NICOSIA MT MLT MALTA CH CHE EE EST TALLINN
""")
_LETTER_OR_DIGIT = re.compile(r"[A-Z0-9]+")
_DIGITS = re.compile(r"(?:\d[\s.-]?){5,}\d|\d{6,}")
_MAIL = re.compile(r"\S+@\S+")


def core(text: str) -> list[str]:
    """The words that say who charged, upper case and without accents. Where all is noise, everything that is a word."""
    plain = _upper(text)
    words = _words(_NOISE.sub(" ", plain))
    kept = [word for word in words if word not in _WORDS and not _is_number(word)]
    while len(kept) > 1 and kept[-1] in _PLACES:
        kept.pop()
    inner = [word for place, word in enumerate(kept) if place == 0 or word not in _PLACES or len(word) > 5]
    return inner or words


def without_personal(text: str) -> str:
    """What may be kept of what somebody typed: no run of six digits or more, no address, one line."""
    words = _MAIL.sub("…", _DIGITS.sub("…", text))
    return " ".join(words.split())[:120]


def _upper(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).upper()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words(plain: str) -> list[str]:
    return _LETTER_OR_DIGIT.findall(plain.replace("'", "").replace("’", ""))


def _is_number(word: str) -> bool:
    """A number, or a reference such as 8H22K901: mostly digits."""
    digits = sum(letter.isdigit() for letter in word)
    return digits == len(word) or digits >= 4
