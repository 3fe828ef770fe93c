from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from .models import Agent


class AgentQuerySet(models.QuerySet["Agent"]):
    def active(self) -> AgentQuerySet:
        """Agents who may sign in."""
        return self.filter(is_active=True)

    def by_name(self) -> AgentQuerySet:
        return self.order_by("name", "id")

    def joined(self) -> AgentQuerySet:
        """Agents with a password of their own: who was invited and has not answered yet is not among them."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exclude(password="")

    def administrators(self) -> AgentQuerySet:
        """Active agents who can sign in and manage people. There must always be one."""
        return self.with_permission("admin.people").joined()

    def with_permission(self, name: str) -> AgentQuerySet:
        """Active agents one of whose roles holds the permission."""
        return self.active().filter(roles__permissions__contains=[name]).distinct()


class AgentManager(BaseUserManager["Agent"].from_queryset(AgentQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> Agent:
        return self.get(email__iexact=username)

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: object) -> Agent:
        """A row for tests and the command line; people are invited through `operations.invite`."""
        agent = self.model(email=email.strip().lower(), name=name or email.split("@")[0], **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent
