"""The templates a new installation starts with, ready in English and Filipino: `words/starting/<key>.<language>.html`,
whose first line is the title. A company rewrites, adds and archives them; what it removed does not come back.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tugon.customers.models import Audience
from tugon.events.actors import SYSTEM
from tugon.helpcenter import languages
from tugon.lib.clock import now

from .content import Content
from .letters import WORDS
from .models import Folder, Template, Translation, Version
from .operations import versions

LANGUAGES = ("en", "fil")

FOLDERS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("asking", "", "Asking and passing on", "Pagtatanong at pagpapasa", False),
    ("closing", "", "Closing", "Pagtatapos", False),
    ("billing", "", "Payments", "Mga bayad", True),
    ("refunds", "billing", "Refunds", "Mga refund", True),
    ("account", "", "Account and sign-in", "Account at sign-in", False),
    ("playback", "", "App and videos", "App at mga video", False),
    ("safety", "", "Safety and privacy", "Kaligtasan at privacy", True),
    ("creators", "", "Creators", "Mga creator", False),
    ("letters", "", "Automatic letters", "Mga awtomatikong sulat", True),
)
"""Key, parent's key, names, whether a second person reads before publishing."""


@dataclass(frozen=True, slots=True)
class Given:
    key: str
    folder: str
    shortcut: str
    keywords: str
    audience: str = ""


TEMPLATES: tuple[Given, ...] = (
    Given("need-details", "asking", "details", "when where time place screenshot kailan saan"),
    Given("escalated", "asking", "escalated", "specialist pass on tier ipasa"),
    Given("waiting-for-you", "asking", "reminder", "waiting no answer paalala hintay"),
    Given("feature-request", "closing", "idea", "suggestion wish feature mungkahi"),
    Given("solved-with-prevention", "closing", "solved", "done fixed nalutas ayos"),
    Given("late-answer", "closing", "late", "sorry delay apology paumanhin huli"),
    Given("outage-apology", "closing", "outage", "down incident apology aberya"),
    Given("refund-explained", "refunds", "refund", "money back how ibalik bayad"),
    Given("refund-approved", "refunds", "refunded", "money back yes approved"),
    Given("refund-declined", "refunds", "norefund", "money back no declined"),
    Given("charged-twice", "billing", "twice", "double charge duplicate doble singil"),
    Given("charge-unknown", "billing", "charge", "unrecognised unknown fraud singil"),
    Given("payment-failed", "billing", "failed", "card declined payment bayad"),
    Given("cancel-subscription", "billing", "cancel", "unsubscribe end stop itigil"),
    Given("receipt", "billing", "receipt", "invoice tax resibo"),
    Given("cannot-sign-in", "account", "signin", "login password reset sign in"),
    Given("account-hacked", "account", "hacked", "stolen somebody else na-hack"),
    Given("account-closed", "account", "closed", "delete account isara burahin"),
    Given("change-email", "account", "email", "address change palitan"),
    Given("video-does-not-play", "playback", "video", "playback buffering black screen ayaw"),
    Given("app-crashes", "playback", "crash", "app closes freeze nagsasara"),
    Given("upload-fails", "creators", "upload", "creator file stuck", "creators"),
    Given("payout-late", "creators", "payout", "earnings money late sahod", "creators"),
    Given("content-report-received", "safety", "report", "abuse harassment ulat"),
    Given("content-report-decided", "safety", "decided", "abuse decision appeal pasya"),
    Given("copyright", "safety", "copyright", "takedown dmca owner"),
    Given("privacy-request", "safety", "privacy", "data deletion access gdpr datos"),
)


@transaction.atomic
def create_starting_rows() -> None:
    """Make folders and templates where there is none of either. A repeat does nothing."""
    if Folder.objects.exists() or Template.objects.exists():
        return
    folders: dict[str, Folder] = {}
    for position, (key, parent, english, filipino, needs_review) in enumerate(FOLDERS):
        folders[key] = Folder.objects.create(
            key=key,
            names={"en": english, "fil": filipino},
            parent=folders.get(parent),
            needs_review=needs_review,
            position=position,
        )
    audiences = {row.key: row for row in Audience.objects.all()}
    for one in TEMPLATES:
        _create(one, folders[one.folder], audiences.get(one.audience))


def _create(one: Given, folder: Folder, audience: Audience | None) -> None:
    source = languages.offered()[0]
    template = Template.objects.create(
        key=one.key,
        folder=folder,
        shortcut=one.shortcut,
        keywords=one.keywords.split(),
        source_language=source if source in LANGUAGES else "en",
        created_at=now(),
    )
    if audience is not None:
        template.audiences.add(audience)
    original: Version | None = None
    for language in sorted(LANGUAGES, key=lambda code: code != template.source_language):
        original = _publish(template, language, original)


def _publish(template: Template, language: str, original: Version | None) -> Version:
    words = words_of(template.key, language)
    row = Translation.objects.create(template=template, language=language, title=words.title)
    version = versions.keep(row, words, by=SYSTEM, made_from=original)
    version.published_at = row.published_at = now()
    version.save(update_fields=["published_at"])
    row.published, row.made_from = version, original
    row.save(update_fields=["published", "published_at", "made_from"])
    return original or version


def words_of(key: str, language: str) -> Content:
    """The title and body that come with Tugon."""
    text = (WORDS / "starting" / f"{key}.{language}.html").read_text(encoding="utf-8")
    title, _blank, body = text.partition("\n")
    return Content(title=title.strip(), body=body.strip())
