"""How a message is shown: its own pictures in place, nothing fetched from elsewhere."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape

from .models import Attachment, Message

_CID = re.compile(r'src="cid:([^"]{1,255})"', re.IGNORECASE)


def shown_html(
    message: Message, *, holder: str, whole: bool = False, files: Iterable[Attachment] | None = None
) -> str:
    """The message's HTML with `cid:` pictures replaced by addresses the reader may open; empty for plain text.

    holder: "attachment" for agents, "enclosure" for customers. whole: with quoted text and signature. The stored
    HTML is sanitised already. files: the message's attachments; without them they must be prefetched, or each call
    costs a query.
    """
    html = (message.full_html or message.body_html) if whole else message.body_html
    if "cid:" not in html:
        return html
    places = {
        item.content_id.strip("<>"): reverse("files:held", args=[holder, item.pk, item.name])
        for item in (message.attachments.all() if files is None else files)
        if item.content_id and item.redacted_at is None
    }
    return _CID.sub(lambda match: f'src="{escape(places.get(match[1].strip("<>"), ""))}"', html)
