"""What the assistant can be asked to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """What a company switches on and off."""

    DRAFT = "draft", _("Draft an answer from articles")
    SUMMARY = "summary", _("Sum up a ticket")
    TRANSLATION = "translation", _("Translate a message or a draft")
    REWRITING = "rewriting", _("Rewrite a draft: shorter, kinder, plainer")


class Task(models.TextChoices):
    """One thing to do."""

    DRAFT = "draft", _("Draft an answer from articles")
    SUMMARY = "summary", _("Sum up the ticket")
    TRANSLATE_MESSAGE = "translate-message", _("Translate the customer's message")
    TRANSLATE_DRAFT = "translate-draft", _("Translate my draft")
    SHORTER = "shorter", _("Make my draft shorter")
    KINDER = "kinder", _("Make my draft kinder")
    PLAINER = "plainer", _("Make my draft plainer")


GROUP_OF: dict[str, Group] = {
    Task.DRAFT: Group.DRAFT,
    Task.SUMMARY: Group.SUMMARY,
    Task.TRANSLATE_MESSAGE: Group.TRANSLATION,
    Task.TRANSLATE_DRAFT: Group.TRANSLATION,
    Task.SHORTER: Group.REWRITING,
    Task.KINDER: Group.REWRITING,
    Task.PLAINER: Group.REWRITING,
}
OF_A_DRAFT = frozenset({Task.TRANSLATE_DRAFT, Task.SHORTER, Task.KINDER, Task.PLAINER})
"""They begin from what the agent has written."""
OF_STRANGERS = frozenset({Task.DRAFT, Task.SUMMARY})
"""The answer is new words made from a stranger's, so nothing that leads anywhere may come from the stranger."""


class State(models.TextChoices):
    SHOWN = "shown", _("Shown, nothing was sent")
    SENT = "sent", _("Waiting for the answer")
    DONE = "done", _("Answered")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    PUT_AWAY = "put-away", _("Put away")
