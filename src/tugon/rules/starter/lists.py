# ruff: noqa: E501 - letters and names in two languages
"""Word lists: key → names and words per language. Customers mix languages, so all words of a list count everywhere."""

from collections.abc import Mapping

Words = Mapping[str, str]


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(",")]


LISTS: Mapping[str, tuple[Words, Mapping[str, list[str]]]] = {
    "payment": (
        {"en": "Payment", "fil": "Bayad"},
        {
            "en": _words(
                "payment issue, payment failed, payment problem, refund*, charged twice, double charge*, overcharged,"
                " unknown charge, invoice*, billing, receipt, chargeback, credit card, debit card, declined, gcash,"
                " money back, cancel my subscription, unsubscribe me, auto-renew*"
            ),
            "fil": _words(
                "*bayad, *bayaran, sinisingil, nasingil, singil, resibo, ibalik ang pera, ibalik ang bayad, kinaltas*,"
                " nakaltas*, doble ang bayad, doble ang kaltas, hindi pumasok ang bayad, piso, load"
            ),
        },
    ),
    "sign-in": (
        {"en": "Signing in", "fil": "Pag-sign in"},
        {
            "en": _words(
                "log in, login, log-in, sign in, sign-in, password, locked out, locked, cannot access my account,"
                " verification code, one-time code, otp, two-factor, 2fa, reset link, account recovery"
            ),
            "fil": _words(
                "hindi makapasok, di makapasok, hindi makalog-in, hindi maka-login, di maka-login, nakalimutan ang"
                " password, hindi mabuksan ang account, naka-lock, walang code"
            ),
        },
    ),
    "hacked": (
        {"en": "Account taken over", "fil": "Naagaw na account"},
        {
            "en": _words(
                "hacked, hacker*, stolen account, somebody else logged in, someone else logged in, not me, phished,"
                " compromised, changed my email"
            ),
            "fil": _words(
                "na-hack, nahack, ninakaw ang account, may ibang gumagamit, hindi ako ang, pinalitan ang email"
            ),
        },
    ),
    "privacy": (
        {"en": "Privacy and personal data", "fil": "Privacy at personal na datos"},
        {
            "en": _words(
                "delete my account, delete my data, erase my data, gdpr, data privacy, personal data, copy of my data,"
                " right to be forgotten, data protection"
            ),
            "fil": _words(
                "burahin ang account, tanggalin ang account, burahin ang datos, personal na datos, data privacy act,"
                " kopya ng datos ko"
            ),
        },
    ),
    "abuse": (
        {"en": "Abuse and safety", "fil": "Pang-aabuso at kaligtasan"},
        {
            "en": _words(
                "harass*, threat*, stalk*, abuse*, blackmail*, scam*, fraud*, impersonat*, hate speech, nude*, leaked,"
                " copyright, stolen content, report a user, underage"
            ),
            "fil": _words(
                "binabastos, pinagbabantaan, banta, panggigipit, ginugulo ako, pananakot, manloloko, niloko, nagpapanggap,"
                " ninakaw ang gawa, menor de edad"
            ),
        },
    ),
    "outage": (
        {"en": "Nothing works", "fil": "Walang gumagana"},
        {
            "en": _words(
                "outage, site is down, app is down, everything is down, completely down, nothing works, nothing loads,"
                " error 500, error 502, error 503, service unavailable, for everyone, all users"
            ),
            "fil": _words(
                "hindi gumagana lahat, walang gumagana, down ang site, down ang app, lahat kami, lahat ng kasama ko,"
                " walang nagbubukas"
            ),
        },
    ),
    "legal": (
        {"en": "Law and press", "fil": "Batas at media"},
        {
            "en": _words(
                "lawyer*, attorney, lawsuit, legal action, subpoena, court order, police, journalist, press inquiry"
            ),
            "fil": _words("abogado, kaso sa korte, idedemanda, demanda, pulis, nbi, dti, mamamahayag"),
        },
    ),
    "leaving": (
        {"en": "Thinking of leaving", "fil": "Gusto nang umalis"},
        {
            "en": _words(
                "cancel my account, close my account, switching to, leaving your, last chance, never again, worst service,"
                " fed up, very disappointed"
            ),
            "fil": _words(
                "magpapalit na lang, aalis na ako, ayoko na, sawang-sawa, sobrang nakakadismaya, huling beses"
            ),
        },
    ),
}
