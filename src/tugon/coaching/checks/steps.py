"""Several actions in running text, which belong in a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..reading import Reading, Span, is_item
from ..remarks import Remark, Severity

FEWEST = 4
"""Actions one after another from which on people lose their place."""

_VERBS = (
    "open|reopen|click|press|tap|choose|select|pick|go|sign|log|type|enter|download|upload|save|wait|copy|paste|scroll|turn|restart|reload|refresh|confirm|drag|check|uncheck|tick|untick|close|remove|add"
    "|export|import|install|uninstall|reinstall|update|delete|switch|enable|disable|attach|set|create|find|look|visit|navigate|swipe|hold|unplug|plug|change|clear|start|stop|run|allow|connect|disconnect"
    "|expand|search|fill|submit|rename|move|put|use|reset|launch|disable|quit|head|hit|insert|mark|name|replace|return|come|accept|verify|cut|crop|print|scan|point|activate|deactivate|sync|link|unlink|hover|edit|give|make|approve|share|invite|publish|right-click|double-click|pair|unpair|forget|bookmark|slide|toggle|grant|authorize|rotate|shut|power|dial|request|drop|zoom|lower|raise|record|play|pause"
)
_KILOS = (
    r"buksan|pindutin|piliin|pumili|pumunta|puntahan|kopyahin|hintayin|maghintay|tingnan|tignan|ilagay|isara|isulat|burahin|alisin|tanggalin|palitan|baguhin|hanapin|maghanap|isaksak|patayin|bumalik|balikan|ibalik|idagdag"
    r"|magdagdag|lumipat|ilipat|kumpirmahin|subukan|suriin|gamitin|ikonekta|ikabit|bunutin|ipasok|i-[a-z]{3,}|mag-?(?:log|sign|download|upload|click|scroll|type|save|update|install|restart|logout|login|refresh)\w*|um[a-z]+in|kunin|punan|markahan|pangalanan|gumawa|gawin|lagyan|itago|ipakita|simulan|itigil|ulitin|itapat|hilahin|bitawan|ayusin|itakda|tanggapin|basahin|tapusin"
)
_LINK = r"(?:^|[,;.:!\n]\s*|\b(?:and|then|next|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly|afterwards?|after that|once (?:there|done)|please|now|to|at|tapos|pagkatapos|saka|muna|una|sunod|panghuli|sumunod|at saka|noon|doon|(?:na )?rin|po)\s*,?\s*)"
_MANNER = r"(?:(?:please|kindly|then|and|next|finally|also|first|now|once more|simply|just|carefully|po|muna|din|rin|ang|at|tapos|saka|lang|muling|pagkatapos|panghuli)\s*,?\s*){0,3}"
ACTION = re.compile(
    rf"{_LINK}{_MANNER}(?P<verb>(?:{_VERBS}|{_KILOS}))(?![\w'-])(?!\s+(?:me|us|here|dito)\b)", re.I
)
_TELL = re.compile(
    r"\b(?:tell|let|write to|reply|send me|answer|sabihan|balitaan|sumulat|sumagot|padalhan)\b", re.I
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Paragraphs with four actions and more that are no list."""
    reading = draft.reading
    for paragraph in reading.paragraphs:
        lines = paragraph.text.split("\n")
        if sum(map(is_item, lines)) >= 2:
            continue
        found = _actions(reading, paragraph)
        if len(found) >= FEWEST:
            start = reading.sentence_at(found[0]).start
            end = reading.sentence_at(found[-1]).end
            why = _("{count} steps in running text. As a numbered list nobody loses their place.").format(
                count=len(found)
            )
            quote = reading.text[start:end]
            yield Remark(
                "steps_not_listed",
                Severity.HINT,
                why,
                quote,
                start,
                end,
                _listed(quote, [one - start for one in found]),
            )


def _actions(reading: Reading, paragraph: Span) -> list[int]:
    """Where each action of the paragraph begins; not what the customer is to tell us."""
    low, found = reading.low, []
    for match in ACTION.finditer(low, max(0, paragraph.start - 1), paragraph.end):
        sentence = reading.sentence_at(match.start("verb"))
        before = low[sentence.start : match.start("verb")]
        if _is_other(before) or _TELL.search(low[match.start("verb") : match.start("verb") + 12]):
            continue
        found.append(match.start("verb"))
    return found


def _is_other(before: str) -> bool:
    """Somebody else acts: "I will open and check"."""
    clause = re.split(r"[,;:]|\bthen\b|\btapos\b", before)[-1] if "," in before else before
    return bool(
        re.search(
            r"\b(?:i|we|you can|they|he|she|it|who|which|that|ko|namin|kami|ako|team)\b[^,;]{0,40}$", clause
        )
    ) and not re.search(r"\bto\s*$", before)


def _listed(quote: str, places: list[int]) -> str:
    """The steps as a numbered list, each from its verb to the next."""
    ends = [*places[1:], len(quote)]
    steps = [quote[begin:end] for begin, end in zip(places, ends, strict=True)]
    lead = quote[: places[0]].strip(" ,;.:")
    lines = [f"{number}. {_tidied(step)}" for number, step in enumerate(steps, start=1)]
    polite = re.fullmatch(r"(?:please|kindly|first|una|muna|paki)?", lead, re.I)
    return "\n".join(lines if polite else [f"{lead}:", *lines])


def _tidied(step: str) -> str:
    step = re.sub(
        r"[\s,;]+(?:(?:and|then|next|finally|at|tapos|pagkatapos|saka|panghuli|po|please|sunod|first|after that|to)[\s,]*)*$",
        "",
        step.strip(),
        flags=re.I,
    )
    step = re.sub(
        r"\.\s+(?:then|next|finally|tapos|pagkatapos|panghuli|sunod|please)\W{0,5}$", "", step, flags=re.I
    ).strip(" ,;.")
    return f"{step[:1].upper()}{step[1:]}."
