"""Steps that the customer has done already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..concepts import concept
from ..contexts import Context
from ..drafts import Draft
from ..phrases.matching import any_of
from ..reading import Reading, Span, words_of
from ..remarks import Remark, Severity

_KNOWN = any_of((
    r"(?:thank you|thanks|salamat|thank you po) (?:\w+ ){0,3}(?:for|sa)\b", r"you(?:'ve| have| had)? (?:already |also )?(?:tried|cleared|restarted|reinstalled|done|updated|checked|sent|reset|logged|signed|followed|uninstalled|changed|unplugged|switched|deleted|turned|used|installed|\w+ed)\b",
    r"(?:since|as|because|although|even though|now that|after) you\b", r"(?:no need|not need|don't need|needn't|don't have|do not have|do not need) to", r"(?:skip|instead of|rather than|without) ", r"(?:once|one) more|one last time|on purpose|this time (?:with|while|after|in)",
    r"(?:did not|didn't|does not|doesn't) (?:help|work|change|fix|solve)", r"(?:i|we)(?:'ve| have)? (?:\w+ )?(?:restarted|cleared|reset|updated|sent|changed|reinstalled|checked)",
    r"na-?\w+ (?:na )?(?:po )?(?:na )?(?:ninyo|nyo|mo)\b|(?:ninyo|nyo|mo) na\b|na (?:po )?(?:ninyo|nyo|mo)\b", r"(?:hindi|di) na (?:po )?(?:kailangan|kayo|ninyo)|laktawan|lalaktawan|kahit (?:na )?(?:na|ni|in)|dahil (?:po )?(?:na|ni|nag)|sa halip|imbes|isang beses na lang|isa pang beses|huling beses",
    r"(?:nasubukan|nagawa|sinubukan|ginawa|na-?restart|na-?clear) (?:na |po |ninyo |nyo )+",
))  # fmt: skip
_ASKS = any_of((
    r"(?:please|kindly|could you|can you|would you|try|have you (?:tried)?|make sure|you (?:can|could|should|need to|have to|may want to)|first|then|next|start by|begin by|i (?:suggest|recommend|advise)|let's|go ahead and|if you \w+|we (?:suggest|recommend|need))\b",
    r"paki\S*|subukan|maaari|pwede|puwede|kailangan|i-\w+|mag-?\w+|buksan|patayin|burahin|ipadala|padalhan|palitan|gamitin|gumamit|tingnan|isara|pindutin|tanggalin|i\w{4,}",
))  # fmt: skip
_IMPERATIVE = re.compile(
    r"^[\s\-*•\d.)]*(?:restart|reboot|reinstall|uninstall|install|update|clear|delete|reset|log|sign|turn|switch|check|use|open|send|close|remove|unplug|upload|download|follow|refresh|empty|disable|enable|change|verify|connect|disconnect|run|wait|export|share|charge|scan|rename|add|take|type|test)\b"
)
_SAME = {
    "restart": "restart", "reboot": "restart", "restarted": "restart", "reinstall": "reinstall", "uninstall": "reinstall", "install": "reinstall", "installed": "reinstall", "i-install": "reinstall", "cookies": "cookie", "cookie": "cookie", "cache": "cookie",
    "empty": "clear", "clear": "clear", "cleared": "clear", "burahin": "clear", "linisin": "clear", "binura": "clear", "delete": "clear", "deleted": "clear", "browser": "browser", "browsers": "browser", "incognito": "private", "private": "private",
    "sent": "send", "send": "send", "ipinadala": "send", "nagpadala": "send", "ipadala": "send", "padalhan": "send", "magpadala": "send", "pinadala": "send", "upload": "send", "uploaded": "send", "phone": "phone", "telepono": "phone", "cellphone": "phone", "wifi": "network", "wi-fi": "network", "internet": "network", "connection": "network",
    "computer": "computer", "laptop": "computer", "pc": "computer", "router": "router", "modem": "router", "logged": "login", "log": "login", "sign": "login", "signed": "login", "login": "login", "logout": "login", "mag-log": "login", "mag-sign": "login", "nag-log": "login", "nag-sign": "login", "picture": "photo", "larawan": "photo", "litrato": "photo", "photo": "photo", "pic": "photo",
    "other": "another", "another": "another", "different": "another", "ibang": "another", "iba": "another", "second": "another", "checked": "check", "check": "check", "tiningnan": "check", "tingnan": "check", "chineck": "check", "app": "app", "updated": "update", "update": "update", "nag-update": "update", "i-update": "update",
    "switched": "switch", "switch": "switch", "turned": "turn", "turn": "turn", "pinatay": "turn", "patayin": "turn", "unplugged": "unplug", "binunot": "unplug", "bunutin": "unplug", "spam": "spam", "junk": "spam", "reset": "reset", "ni-reset": "reset",
    "inulit": "again", "tried": "", "try": "", "sinubukan": "", "subukan": "", "used": "", "use": "", "gumamit": "", "gamitin": "", "twice": "", "times": "", "off": "", "on": "", "guide": "guide", "page": "",
}  # fmt: skip
_PREFIX = re.compile(r"^(?:ni|na|i|nag|mag|naka|pa|in|paki|pag)-")


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each sentence, or item of a list, that asks for a done step as if nobody had done it."""
    done = [keys for step in tried_steps(context) if (keys := _keys(words_of(step.lower())))]
    if not done:
        return
    reading = draft.reading
    for one in reading.sentences:
        low = reading.low[one.start : one.end]
        if _KNOWN.search(low) or not (_IMPERATIVE.search(low) or _ASKS.search(low)):
            continue
        for part in _parts(one, reading):
            keys = _keys(words_of(part.text.lower()))
            if any(_is_same(step, keys) for step in done):
                why = _("The customer has done this already. Say so, or ask for the next step.")
                yield Remark(
                    "already_tried",
                    Severity.WARNING,
                    why,
                    part.text,
                    part.start,
                    part.end,
                    _without(one, part),
                )


def tried_steps(context: Context) -> list[str]:
    """What we were told that they tried."""
    return [step for step in context.tried if step.strip()][:30]


def _is_same(step: frozenset[str], keys: frozenset[str]) -> bool:
    """Whether nearly all that makes the step stands in the words: restarted the router, restart your router."""
    common = len(step & keys)
    if step & keys & _DEEDS and not (keys - step) & _THINGS:
        return True
    return common == len(step) if len(step) <= 2 else common >= len(step) - 1


_DEEDS = frozenset(["restart", "reinstall", "cookie", "update", "unplug", "reset", "spam"])
"""Keys that name a step well enough by themselves, where no other thing is named."""
_THINGS = frozenset(
    [
        "phone",
        "computer",
        "router",
        "app",
        "browser",
        "network",
        "device",
        "tv",
        "tablet",
        "page",
        "account",
        "card",
        "modem",
        "password",
    ]
)


def _parts(sentence: Span, reading: Reading) -> Iterator[Span]:
    """The clauses of a sentence, so that each step is remarked by itself."""
    begin = sentence.start
    for cut in re.finditer(
        r",\s+(?:and |then |at |tapos )?|;\s+|\s+(?:and then|and|then|tapos|saka|pagkatapos|at)\s+",
        sentence.text,
    ):
        end = sentence.start + cut.start()
        if end - begin > 8:
            yield Span(reading.text[begin:end], begin, end)
        begin = sentence.start + cut.end()
    yield Span(reading.text[begin : sentence.end], begin, sentence.end)


def _keys(words: list[str]) -> frozenset[str]:
    keys = set()
    for word in words:
        bare_word = _PREFIX.sub("", word)
        key = _SAME.get(word, _SAME.get(bare_word, _SAME.get(bare_word.removesuffix("ed"))))
        keys.add(concept(bare_word) if key is None else key)
    return frozenset(key for key in keys if key)


def _without(sentence: Span, part: Span) -> str | None:
    """Nothing instead, where the whole sentence asks for it."""
    return "" if part.start == sentence.start and part.end == sentence.end else None
