"""The topics and product areas a new installation starts with, with the words by which customers speak of them.

A keyword is a word or a phrase; `refund*` stands for every word that begins so, `*bayad*` for every word that has it
inside, as Filipino verbs do. A company adds its own words; what it removed does not come back.
"""

from typing import Any

from .models import Area, Topic

TOPICS: tuple[dict[str, Any], ...] = (
    {
        "key": "account",
        "names": {"en": "Signing in and my account", "fil": "Pag-sign in at account ko"},
        "keywords": {
            "en": [
                "sign in", "signing in", "sign-in", "log in", "logging in", "log-in", "login", "logged out",
                "password*", "passcode", "verification code", "two-factor", "2fa", "otp", "locked out",
                "reset link", "reset mail", "reset my", "my account", "delete my account",
                "close my account", "change my e-mail", "change my email", "new e-mail address", "username",
                "user name", "hacked", "account was stolen", "register", "sign up", "profile",
                "security code", "authenticator", "account",
            ],
            "fil": [
                "mag-login", "maka-login", "makalogin", "mag-log in", "makapag-login", "mag-sign in",
                "makapasok", "nakalimutan*", "nakalimutan ko ang password", "na-lock", "na-hack",
                "account ko", "aking account", "burahin ang account", "isara ang account",
                "palitan ang email", "palitan ang e-mail",
            ],
        },
    },
    {
        "key": "payment",
        "names": {"en": "A payment, a charge, a refund", "fil": "Bayad, singil o refund"},
        "keywords": {
            "en": [
                "refund*", "charge*", "charged twice", "double charge*", "payment*", "pay", "paid",
                "paying", "invoice*", "receipt*", "billing", "billed", "bill", "credit card", "debit card",
                "card was declined", "declined", "gcash", "maya", "paypal", "bank transfer", "subscription",
                "renewal", "renewed", "my money", "money back", "price", "fee", "fees", "statement",
                "payout*", "withdraw*", "unpaid", "earnings", "cancel my subscription", "cancel my plan",
                "voucher", "promo code", "tax",
            ],
            "fil": [
                "*bayad*", "*bayaran*", "singil", "siningil", "sinisingil", "sisingilin", "na-charge",
                "nacharge", "na-refund", "ma-refund", "ibalik ang pera", "pera ko", "nabawas*", "nabawasan",
                "resibo", "kaltas", "kinaltas*", "nakaltas*", "presyo", "magkano", "sahod", "kita ko",
                "dalawang beses na singil",
            ],
        },
    },
    {
        "key": "technical",
        "names": {"en": "Something does not work", "fil": "May hindi gumagana"},
        "keywords": {
            "en": [
                "does not work", "doesn't work", "not working", "do not work", "stopped working",
                "won't load", "will not load", "does not load", "doesn't load", "not loading", "crash*",
                "freez*", "frozen", "error", "errors", "bug", "bugs", "broken", "blank page",
                "black screen", "white screen", "buffer*", "lag", "lagging", "no sound", "out of sync",
                "playback", "plays", "video stops", "stuck", "slow", "glitch*", "app closes", "installing",
                "update failed", "upload fails", "upload failed", "outage", "is down", "not opening",
                "won't open", "timeout", "timed out", "offline",
            ],
            "fil": [
                "hindi gumagana", "di gumagana", "ayaw gumana", "hindi nag-load", "hindi naglo-load",
                "ayaw mag-load", "ayaw mag-open", "ayaw bumukas", "hindi bumubukas", "hindi mabuksan",
                "nag-crash", "nagka-crash", "nagha-hang", "nag-hang", "putol-putol", "walang tunog",
                "itim ang screen", "mabagal", "bumabagal", "sira", "nasira", "nag-error", "nag-e-error",
                "nagloloko", "hindi ma-upload", "tumigil",
            ],
        },
    },
    {
        "key": "content",
        "names": {"en": "What I see or publish", "fil": "Ang nakikita o inilalathala ko"},
        "keywords": {
            "en": [
                "subtitle*", "caption*", "episode*", "series", "film", "movie", "catalogue", "my video",
                "my channel", "my upload", "publish*", "recommendation*", "playlist*", "comment*",
                "taken down", "removed my", "missing episode", "dubbing", "thumbnail", "search results",
                "views", "subscribers", "monetis*", "monetiz*", "demonetized", "live stream", "livestream",
                "premiere",
            ],
            "fil": [
                "palabas", "pelikula", "mga video ko", "video ko", "nilathala", "ilathala", "na-publish",
                "mag-publish", "komento", "subtitle*", "nawawalang episode", "tinanggal ang video",
                "inalis ang video",
            ],
        },
    },
    {
        "key": "safety",
        "names": {"en": "Safety, rights, privacy", "fil": "Kaligtasan, karapatan, privacy"},
        "keywords": {
            "en": [
                "scam*", "fraud*", "phishing", "harass*", "bully*", "threat*", "abuse*", "abusive",
                "copyright", "stolen content", "my content was stolen", "impersonat*", "pretends to be",
                "privacy", "personal data", "my data", "data request", "delete my data", "hate speech",
                "nudity", "child", "minor", "report this", "report a user", "unsafe", "blackmail", "stalk*",
                "without my consent", "data breach", "leaked", "trademark", "takedown",
            ],
            "fil": [
                "niloko", "na-scam", "nascam", "manloloko", "panloloko", "pananakot", "tinatakot",
                "binabastos", "nambabastos", "ninakaw", "nagpapanggap", "karapatan", "personal na datos",
                "data ko", "i-report", "inireport", "pambubully",
            ],
        },
    },
    {"key": "other", "names": {"en": "Something else", "fil": "Iba pa"}, "keywords": {}},
)  # fmt: skip
AREAS: tuple[dict[str, Any], ...] = (
    {
        "key": "app",
        "names": {"en": "Mobile app", "fil": "Mobile app"},
        "keywords": {
            "en": ["app", "android", "iphone", "ipad", "ios", "phone", "mobile", "tablet"],
            "fil": ["cellphone", "cp ko", "selpon", "telepono"],
        },
    },
    {
        "key": "website",
        "names": {"en": "Website", "fil": "Website"},
        "keywords": {
            "en": ["website", "web site", "browser", "chrome", "firefox", "safari", "edge", "web page", "desktop"],
            "fil": ["sa web", "pahina"],
        },
    },
    {
        "key": "tv",
        "names": {"en": "On the television", "fil": "Sa telebisyon"},
        "keywords": {
            "en": ["smart tv", "television", "tv", "chromecast", "fire stick", "apple tv", "cast", "casting"],
            "fil": ["telebisyon", "sa tv"],
        },
    },
    {
        "key": "checkout",
        "names": {"en": "Checkout and payments", "fil": "Checkout at bayaran"},
        "keywords": {
            "en": ["checkout", "check-out", "payment method", "card", "invoice*", "receipt*", "subscription"],
            "fil": ["*bayad*", "resibo"],
        },
    },
    {
        "key": "signing-in",
        "names": {"en": "Signing in", "fil": "Pag-sign in"},
        "keywords": {
            "en": ["sign in", "signing in", "log in", "login", "password*", "two-factor", "otp", "code"],
            "fil": ["mag-login", "makapasok", "maka-login"],
        },
    },
    {
        "key": "letters",
        "names": {"en": "E-mail and notifications", "fil": "E-mail at mga abiso"},
        "keywords": {
            "en": ["notification*", "reset mail", "newsletter", "confirmation e-mail", "confirmation email"],
            "fil": ["abiso", "notipikasyon"],
        },
    },
)  # fmt: skip


def create_starting_topics() -> None:
    """Topics and areas, where there are none yet. A repeat changes nothing."""
    if not Topic.objects.exists():
        Topic.objects.bulk_create(Topic(**row, position=place) for place, row in enumerate(TOPICS))
    if not Area.objects.exists():
        Area.objects.bulk_create(Area(**row, position=place) for place, row in enumerate(AREAS))
