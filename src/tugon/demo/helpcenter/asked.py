"""What readers of the demo searched for in a month, as they typed it: what was found, and what was not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """Wordings that end at an article. weight: how often in a month, all wordings together."""

    article: str
    language: str
    weight: int
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """One matter that nobody finds. results: what a search shows; 0 nothing, more: nothing that anybody opens."""

    language: str
    weight: int
    wordings: tuple[str, ...]
    results: int = 0


FOUND = (
    Found("refund", "en", 58, ("refund", "money back", "refund policy", "how to refund", "get refund")),
    Found("refund", "fil", 31, ("refund", "ibalik ang bayad", "paano mag refund", "pera ko pabalik")),
    Found("cancel-membership", "en", 49, ("cancel", "cancel membership", "stop renewal", "unsubscribe")),
    Found("cancel-membership", "fil", 22, ("pano mag cancel", "kanselahin", "ihinto ang bayad")),
    Found("sign-in-problems", "en", 40, ("cant log in", "login", "wrong password", "account locked")),
    Found("sign-in-problems", "fil", 24, ("hindi makapasok", "ayaw mag log in", "nakalimutan ang password")),
    Found("sms-code-missing", "en", 14, ("otp", "no code", "sms code")),
    Found("sms-code-missing", "fil", 17, ("walang otp", "di dumarating ang code", "otp")),
    Found("pay-by-gcash", "en", 26, ("gcash", "gcash failed", "payment failed", "SG-3012")),
    Found("pay-by-gcash", "fil", 29, ("gcash", "bayad sa gcash hindi pumasok", "nagbayad na ako")),
    Found(
        "unknown-charge", "en", 23, ("SNG*SINING", "unknown charge", "sng sining mnl", "what is this charge")
    ),
    Found("charged-twice", "en", 17, ("charged twice", "double charge", "two payments")),
    Found("card-declined", "en", 13, ("card declined", "do not honor", "card not working")),
    Found("download-expired", "en", 21, ("download expired", "offline expired", "SG-2203")),
    Found("download-stuck", "fil", 9, ("ayaw mag download", "stuck download")),
    Found("buffering", "en", 18, ("buffering", "slow", "keeps loading", "lag")),
    Found("buffering", "fil", 12, ("putol putol", "mabagal", "laging naglo-load")),
    Found("black-screen", "en", 15, ("black screen", "no picture", "SG-2014", "video cannot be played")),
    Found("tv-sign-in", "en", 16, ("tv code", "sign in tv", "samsung tv", "SG-1105")),
    Found("session-expired", "en", 8, ("SG-1042", "session expired")),
    Found("audio-quality", "en", 8, ("lossless", "sound quality", "no sound")),
    Found("less-data", "fil", 13, ("tipid data", "data saver", "i-off ang autoplay")),
    Found("live-ticket", "en", 12, ("live ticket", "watch party", "ticket not showing")),
    Found("two-accounts", "en", 9, ("playlist gone", "lost my playlists", "merge accounts")),
    Found("gift-code", "en", 9, ("gift", "gift code", "redeem")),
    Found("payout-dates", "en", 24, ("payout", "when payout", "payout day", "minimum payout")),
    Found("payout-dates", "fil", 14, ("kelan payout", "payout", "sahod")),
    Found("payout-returned", "en", 8, ("payout returned", "SG-5021")),
    Found("tax-documents", "en", 12, ("2307", "bir", "tax", "invoice tin")),
    Found("verification", "en", 10, ("verification", "verify id", "SG-4402")),
    Found("upload-requirements", "en", 9, ("upload format", "processing 99", "export settings")),
    Found("start-a-page", "fil", 9, ("paano maging creator", "magbukas ng pahina", "kaltas")),
    Found("csv-import", "en", 5, ("csv", "import csv", "SG-6058")),
    Found("hacked", "en", 7, ("hacked", "someone in my account")),
    Found("scam-messages", "fil", 7, ("scam", "nanghihingi ng pera")),
)

LOST = (
    Lost("en", 17, ("student discount", "discount for students", "studnet price")),
    Lost("fil", 9, ("student discount po", "may discount ba sa estudyante")),
    Lost("en", 14, ("family plan", "share with family", "family account"), results=3),
    Lost("en", 11, ("maya", "pay with maya", "paymaya")),
    Lost("fil", 10, ("maya", "puwede ba maya", "bayad gamit maya")),
    Lost("en", 8, ("paypal", "pay by paypal")),
    Lost("en", 9, ("pause membership", "pause", "freeze my membership"), results=4),
    Lost("en", 8, ("price went up", "new price", "why more expensive"), results=5),
    Lost("en", 10, ("subtitles", "subtitles out of sync", "english subtitles late")),
    Lost("es", 7, ("subtítulos en español", "subtitulos")),
    Lost("en", 6, ("app closes", "crash comments", "app keeps crashing"), results=2),
    Lost("en", 5, ("dark mode", "night mode")),
    Lost("en", 7, ("delete watch history", "clear history"), results=3),
    Lost("en", 5, ("change profile picture", "avatar"), results=2),
    Lost("fil", 6, ("palitan ang profile picture", "dp")),
    Lost("en", 6, ("rename page", "change page address", "new artist name"), results=3),
    Lost("en", 6, ("sell prints", "merch", "shop")),
    Lost("en", 5, ("comment spam", "block links in comments", "casino comments"), results=2),
    Lost("en", 4, ("co-creator", "two admins one page", "share page"), results=3),
    Lost("en", 4, ("podcast rss", "rss feed")),
    Lost("fil", 5, ("senior citizen discount", "pwd discount")),
    Lost("en", 4, ("school licence", "price for schools")),
    Lost("fil", 4, ("lyrics", "videoke", "karaoke")),
    Lost("en", 3, ("playstation", "xbox app")),
    Lost("en", 3, ("apple watch", "watch app")),
    Lost("en", 4, ("analytics utc", "numbers do not match payout"), results=4),
    Lost("fil", 3, ("trabaho sa sining", "hiring")),
)
