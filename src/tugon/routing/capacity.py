"""How many tickets somebody can have at once. Chat and telephone want an answer now, so they count by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from tugon.accounts.models import Agent

MOST = 999


class Lane(models.TextChoices):
    MAIL = "mail", _("E-mail, forms and other messages")
    CHAT = "chat", _("Chat")
    PHONE = "phone", _("Telephone")


_LANES = {"chat": Lane.CHAT, "phone": Lane.PHONE}


def lane_of(channel_kind: str | None) -> str:
    """The lane of a channel's kind; tickets without a channel count as messages."""
    return str(_LANES.get(channel_kind or "", Lane.MAIL))


def resolved(house: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
    """lane → most at once: the agent's own where there is one, else as everybody. 0: none of these at all."""
    return {str(lane): max(0, min(int(own.get(lane, house.get(lane, 0)) or 0), MOST)) for lane in Lane.values}


def of(agent: Agent) -> dict[str, int]:
    """lane → most at once, of one agent. Two queries at most."""
    from .deciding import habits
    from .models import Availability

    row = Availability.objects.filter(agent=agent).only("capacity").first()
    return resolved(habits().capacity, row.capacity if row else {})
