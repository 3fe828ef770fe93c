"""Amounts and deadlines that contradict what the company states or publishes; claims that name no source."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases.matching import any_of
from ..remarks import Remark, Severity

_CLAIM = any_of((
    r"(?:our|the|company) (?:policy|policies|terms|rules?|guidelines|agreement|warranty|guarantee)", r"(?:is|are|isn't|aren't|not) (?:eligible|entitled|covered|allowed|permitted|refundable|guaranteed|required|included|supported|possible|available|free)\b",
    r"(?:according|under|based on|as per)\b(?: to)?", r"(?:must|cannot|can't|may not|can only|may only) \w+", r"(?:always|never|only) (?:\w+ ){0,2}(?:charge|refund|renew|expire|apply|take|cost|allow|support|work|be|available)\w*",
    r"(?:refunds?|payouts?|memberships?|subscriptions?|fees?|trials?|accounts?|cards?|payments?|plans?|deliver\w+|charges?|transfers?|cancell?ations?) (?:\w+ ){0,3}(?:is|are|take|takes|cost|costs|expire|expires|last|lasts|apply|applies|renew|renews|can|cannot|must|may|will|reach|reaches|arrive|arrives|need|needs)\b",
    r"(?:ayon sa|alinsunod sa|base sa|batay sa|patakaran|polisiya|tuntunin)", r"(?:kailangan|bawal|hindi (?:po )?(?:maaari|pwede|puwede|sakop|kasama|refundable)|saklaw|sakop|garantisado|libre|may bayad)\b",
    r"(?:ang )?(?:refund|payout|membership|subscription|trial|bayad|singil) (?:po )?(?:ay|ninyo ay|para sa|ng)\b",
    r"(?:erase|delete|keep|kept|store|stored|retain|share|sell|sold|encrypt|collect|hold|archive|anonymi[sz]e|back ?up|transfer|compl(?:y|ies)|certified|certificat|audit|log|record|monitor)\w*\b", r"(?:law|legal\w*|illegal\w*|tax\w*|gdpr|iso|regulat\w+|data privacy|court|licen[cs]e\w*|liab\w+|vat|bir|npc|withh\w+|copyright|royalt\w+|compliant|compliance|ordinance|act of|republic act)\b", r"(?:nobody|no ?one|everyone|always|never|all (?:data|messages|payments|files|copies|cards))\b", r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety) (?:business )?(?:days?|weeks?|months?|years?|hours?)\b",
    r"(?:binubura|itinatago|iniingatan|kinokolekta|ibinabahagi|ibinibigay|ibinebenta|iniimbak|naka-?encrypt\w*|pinapanatili|inilalagay|tinatanggal|sinusunod|sumusunod|sertipikado|certified|batas|buwis|tax|legal\w*|labag|walang ibang|kailanman|lahat ng|bir|npc|vat|hinihingi)\b", r"(?:isa|dalawa|tatlo|apat|lima|anim|pito|walo|siyam|sampu|sampung|isang|dalawang|tatlong|limang|pitong) ?(?:na )?(?:taon|buwan|araw|linggo|oras)\b", r"\d+ (?:taon|years?)\b",
    r"(?:₱|php|\$|€)\s?\d|\d+(?:\.\d+)?\s?%|\d+ (?:percent|pesos?|business days?|working days?|days?|hours?|weeks?|months?|na araw|araw|oras|linggo|buwan)\b",
))  # fmt: skip
_NO_CLAIM = any_of((
    r"(?:i|we)(?:'ll| will|'ve| have| can)\b", r"please\b", r"could you|can you|would you|let (?:me|us) know", r"(?:you|your) (?:wrote|said|mentioned|sent|asked|told|were charged|paid|have been)", r"thank|sorry|salamat|pasensya|paki\w*",
    r"your (?:\w+ )?(?:\w+ )?(?:was|were|has been|have been|is now|are now)\b|yours (?:is|was|are|were)\b", r"depends?\b|cannot (?:give|advise|say|comment)|can't (?:give|advise|say|comment)|not able to (?:give|say)|advis\w+|a lawyer|an accountant|ask (?:a|an|your|the)|(?:i am|i'm|we are|we're) (?:glad|happy|sorry|pleased)|if you\b|would you|do you",
    r"babalitaan|susulat|sasagot|depende|(?:hindi|di) (?:po )?(?:kami|ako) (?:po )?(?:puwede|pwede|maaari|makaka)|magpayo|adviser|abogado|accountant|kung (?:gusto|kailangan|may)|(?:data|account|mensahe|message|bayad|file|video) (?:po )?ninyo (?:po )?(?:ay )?(?:na|ni|in)\w+ (?:na|noong|kahapon)|na (?:po )?(?:namin|ko) (?:na )?(?:ang )?(?:account|data) ninyo|makakagawa|gagawin ko|magpapadala",
))  # fmt: skip
_SOURCE = any_of((
    r"https?://|www\.|/help/|article:", r"\[\d{1,2}\]", r"\(?(?:source|pinagmulan)s?: \S", r"(?:article|guide|artikulo|gabay|page|section|clause|pahina|bahagi|seksyon|paragraph|talata|chapter|rule|circular|act|order) (?:no\.? ?)?(?:[\"“#]|\d|on\b|about\b|tungkol|blg)|ika-?\d+ (?:na )?(?:bahagi|seksyon)|republic act|(?:data privacy|tax|civil|revenue) (?:act|code|law) (?:of )?\d{4}|(?:r\.?a\.?|bir|npc) (?:no\.? |circular |regulation )*\d|iso[ /]?(?:iec )?\d{4,5} (?:certificate|report)",
))  # fmt: skip


_OWN = any_of((
    r"yours (?:is|was|stands?|has|comes|came|weighs)\b|your (?:\w+ )?(?:balance|files?|videos?|payouts?|tips|earnings|total|statement|invoice|order|purchase|upload) (?:\w+ )?(?:is|was|were|are|of|stands?|has|have|weighs?|comes?|came|shows?|holds?)\b", r"you (?:paid|were charged|have|sent|earned|uploaded|asked for)\b",
    r"(?:balance|video|file|payout|tip|kita|binayaran|nasingil|siningil|order) (?:po )?(?:ninyo|nyo|mo) (?:po )?(?:ay|na|:)", r"(?:nagbayad|nasingil|siningil) (?:po )?(?:kayo|ka)\b|sa inyo (?:po )?ay\b",
))  # fmt: skip
"""Before an amount: it is the customer's own, not what we state for everybody."""


def contradicted(draft: Draft, context: Context) -> Iterator[Remark]:
    """Plain statements that a fact, or a published article, contradicts."""
    text = draft.reading.text
    language = draft.reading.language.language or context.speech
    taken: list[tuple[int, int]] = []
    for found in context.contradictions(text, language):
        said = draft.reading.sentence_at(found.start)
        if _OWN.search(draft.reading.low[said.start : found.start]):
            continue
        taken.append((found.start, found.end))
        why = _("This contradicts what we state: {current}.").format(current=found.current)
        rewrite = found.current if _fits(found.words, found.current) else None
        yield Remark(
            "contradicts_fact",
            Severity.ERROR,
            why,
            text[found.start : found.end],
            found.start,
            found.end,
            rewrite,
        )
    for other in context.articles(text, language):
        if any(other.start < end and start < other.end for start, end in taken):
            continue
        why = _("The article “{title}” says {current}.").format(title=other.source, current=other.current)
        yield Remark("contradicts_fact", Severity.WARNING, why, other.words, other.start, other.end)


def unsourced(draft: Draft, context: Context) -> Iterator[Remark]:
    """Claims without a link or the name of an article in their paragraph; only where the company demands one."""
    if not context.needs_sources:
        return
    reading = draft.reading
    hrefs = {link.start for link in draft.links}
    for paragraph in reading.paragraphs:
        low = reading.low[paragraph.start : paragraph.end]
        if _SOURCE.search(low) or any(paragraph.start <= place < paragraph.end for place in hrefs):
            continue
        for one in reading.sentences:
            if not paragraph.start <= one.start < paragraph.end or one.text.endswith("?"):
                continue
            said = reading.low[one.start : one.end]
            if _CLAIM.search(said) and not _NO_CLAIM.search(said):
                why = _("A claim without a source. Link the article that says so: type # in the text.")
                yield Remark("no_source", Severity.WARNING, why, one.text, one.start, one.end)


def _fits(words: str, current: str) -> bool:
    """Whether the value can stand where the words stand: both with or both without a currency sign or unit."""
    return len(current) <= 40 and words[:1].isdigit() == current[:1].isdigit()
