"""Synonyms that every help desk needs: what English and Filipino speakers call the same thing. Ready on first start.

General words of support only, nothing of one company; administrators change and remove them, and what they removed does
not come back.
"""

from django.db import transaction

from .models import Synonym
from .synonyms import compared

GROUPS: tuple[tuple[str, ...], ...] = (
    ("refund", "money back", "reimbursement", "sauli", "ibalik ang bayad", "ibalik ang pera"),
    ("cancel", "unsubscribe", "end membership", "stop renewal", "kansela", "itigil", "ihinto"),
    ("renew", "renewal", "auto-renew", "automatic renewal", "kusang nagre-renew", "muling singil"),
    ("sign in", "log in", "login", "mag-sign in", "mag-login", "pumasok", "makapasok"),
    ("sign out", "log out", "logout", "lumabas"),
    ("sign up", "register", "create account", "magrehistro", "gumawa ng account"),
    ("code", "OTP", "one-time PIN", "verification code", "kodigo"),
    ("two-step sign-in", "2FA", "MFA", "two-factor", "two-step verification", "authenticator"),
    ("single sign-on", "SSO", "SAML"),
    ("password", "passcode", "sikretong salita"),
    ("forgot", "forgotten", "cannot remember", "nakalimutan", "limot"),
    ("reset", "change", "palitan", "baguhin"),
    ("hacked", "compromised", "taken over", "somebody else signed in", "na-hack", "napasok", "hindi ako"),
    ("locked", "blocked", "suspended", "naka-lock", "na-block", "hinarang"),
    ("delete", "remove", "erase", "burahin", "alisin", "tanggalin"),
    ("close account", "delete account", "burahin ang account", "isara ang account"),
    ("charge", "charged", "billed", "deducted", "singil", "kaltas", "bawas"),
    ("twice", "double", "duplicate", "dalawang beses", "doble"),
    ("unknown charge", "unrecognised charge", "do not recognise", "hindi kilala", "hindi ko alam"),
    ("payment", "pay", "bayad", "hulog"),
    ("invoice", "receipt", "official receipt", "resibo"),
    ("tax", "VAT", "withholding", "buwis"),
    ("payout", "earnings", "income", "sahod", "kita"),
    ("price", "cost", "fee", "presyo", "halaga", "magkano"),
    ("discount", "promo", "voucher", "coupon", "diskwento"),
    ("gift", "gift card", "gift code", "voucher", "regalo"),
    ("bank statement", "statement", "bank account", "bangko"),
    ("card", "credit card", "debit card", "kard"),
    ("declined", "rejected", "refused", "hindi tinanggap", "tinanggihan"),
    ("video", "clip", "bidyo", "palabas"),
    ("sound", "audio", "voice", "tunog", "boses"),
    ("picture", "photo", "image", "litrato", "larawan"),
    ("buffering", "loading", "lagging", "stuttering", "naglo-loading", "putol-putol", "mabagal"),
    ("black screen", "blank screen", "nothing on screen", "itim na screen", "madilim"),
    ("television", "TV", "smart TV", "telebisyon"),
    ("phone", "mobile", "cellphone", "telepono", "selpon"),
    ("download", "save offline", "i-download", "offline"),
    ("upload", "post", "i-upload", "mag-post"),
    ("mobile data", "data usage", "internet data", "konsumo"),
    ("live", "livestream", "broadcast", "live stream"),
    ("harassment", "abuse", "threat", "bullying", "bastos", "pagbabanta", "panggugulo"),
    ("scam", "fraud", "phishing", "fake", "panloloko", "scammer", "peke"),
    ("copyright", "stolen work", "copied", "kinopya", "ninakaw na gawa"),
    ("report", "complain", "complaint", "isumbong", "iulat", "reklamo"),
    ("child", "kids", "minor", "anak", "bata"),
    ("verify", "verification", "identity check", "ID", "beripikasyon"),
    ("outage", "down", "not working", "something went wrong", "hindi gumagana", "sira", "bagsak"),
    ("error", "fault", "mali", "aberya"),
    ("contact", "support", "help", "tulong"),
    ("privacy", "personal data", "my data", "data ko"),
    ("seat", "team member", "editor account", "upuan"),
    ("e-mail", "mail", "email", "sulat"),
)


@transaction.atomic
def create_starting_synonyms() -> None:
    """Make the groups where there never were any. A repeat does nothing."""
    if Synonym.objects.exists() or _were_there():
        return
    Synonym.objects.bulk_create(Synonym(words=list(group), normal=compared(group)) for group in GROUPS)


def _were_there() -> bool:
    from tugon.events.models import Event

    return Event.objects.filter(name="SynonymsChanged").exists()
