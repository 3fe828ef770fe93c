"""What a fact can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    TEXT = "text", _("Words")
    NUMBER = "number", _("Number")
    MONEY = "money", _("Money")
    DURATION = "duration", _("Duration")
    DATE = "date", _("Date")
    PERCENT = "percent", _("Percentage")
    HOURS = "hours", _("Opening hours")
    PHONE = "phone", _("Phone number")
    ADDRESS = "address", _("Postal address")
    LINK = "link", _("Web address")


AMOUNTS = (Kind.NUMBER, Kind.MONEY, Kind.DURATION, Kind.PERCENT)
"""Kinds whose value is an amount or a range of amounts."""
