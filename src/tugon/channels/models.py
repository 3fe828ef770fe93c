from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.lib import secrets

from .querysets import MailboxQuerySet


class Channel(models.Model):
    """One configured way in and out."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        FORM = "form", _("Web form")
        CHAT = "chat", _("Chat")
        PHONE = "phone", _("Telephone")
        SOCIAL = "social", _("Social network")
        API = "api", _("API")
        CONSOLE = "console", _("Console")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="channels")
    language = models.CharField(max_length=16, blank=True, help_text="Assumed where nothing better is known")
    audience_key = models.SlugField(
        max_length=40, blank=True, help_text="Audience of who writes here, if one"
    )
    is_enabled = models.BooleanField(default=True)
    acknowledges = models.BooleanField(default=True, help_text="New tickets are acknowledged at once")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Mailbox(models.Model):
    """An e-mail address with its ways in (IMAP, LMTP, pipe, webhook) and out (SMTP or a provider)."""

    class Security(models.TextChoices):
        TLS = "tls", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", _("None (only on this machine)")

    class Sign(models.TextChoices):
        PASSWORD = "password", _("Password")
        OAUTH2 = "oauth2", "OAuth 2"

    class Outgoing(models.TextChoices):
        SMTP = "smtp", "SMTP"
        PROVIDER = "provider", _("Mail provider (API)")
        SANDBOX = "sandbox", _("Mail sandbox (nothing leaves)")
        NONE = "none", _("No sending")

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="mailbox")
    address = models.EmailField()
    aliases = ArrayField(models.EmailField(), default=list, blank=True)
    display_name = models.CharField(max_length=120, blank=True, help_text='"{agent} at {company}" if empty')

    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    imap_user = models.CharField(max_length=255, blank=True)
    imap_folders = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, help_text="INBOX if empty"
    )
    import_since = models.DateField(
        null=True, blank=True, help_text="Older mail is left alone; imported mail is silent"
    )
    after_fetch = models.CharField(
        max_length=8,
        default="seen",
        choices=[
            ("seen", _("Mark as read")),
            ("move", _("Move to a folder")),
            ("nothing", _("Leave untouched")),
        ],
    )
    move_to = models.CharField(max_length=120, blank=True)

    outgoing = models.CharField(max_length=8, choices=Outgoing.choices, default=Outgoing.SMTP)
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=Security.choices, default=Security.STARTTLS)
    smtp_user = models.CharField(max_length=255, blank=True)
    provider = models.CharField(
        max_length=40, blank=True, help_text="django-anymail backend: mailgun, postmark, …"
    )
    provider_settings = models.JSONField(
        default=dict, blank=True, db_comment="what this provider needs besides its key; nothing secret"
    )

    sign_in = models.CharField(max_length=8, choices=Sign.choices, default=Sign.PASSWORD)
    sealed_imap_password = models.TextField(blank=True)
    sealed_smtp_password = models.TextField(blank=True)
    sealed_provider_key = models.TextField(blank=True)
    sealed_provider_signing_key = models.TextField(
        blank=True, db_comment="with which the provider signs what it posts to us"
    )
    sealed_webhook_secret = models.TextField(blank=True)
    oauth_client_id = models.CharField(max_length=255, blank=True)
    sealed_oauth_client_secret = models.TextField(blank=True)
    sealed_oauth_refresh_token = models.TextField(blank=True)
    sealed_oauth_access_token = models.TextField(blank=True)
    oauth_authorize_url = models.URLField(blank=True)
    oauth_token_url = models.URLField(blank=True)
    oauth_scope = models.CharField(
        max_length=400, blank=True, db_comment="permissions asked for, with blanks"
    )
    oauth_consented_at = models.DateTimeField(null=True, blank=True)
    oauth_secret_ends_on = models.DateField(
        null=True, blank=True, help_text="Tugon warns a month before the client's secret ends"
    )
    oauth_expires_at = models.DateTimeField(null=True, blank=True)

    signatures = models.JSONField(default=dict, blank=True, db_comment="language → text below replies")
    has_plus_addressing = models.BooleanField(
        default=True,
        help_text="The server delivers name+anything@ to name@: replies then find their ticket for sure",
    )
    trusted_authserv = models.CharField(
        max_length=255, blank=True, help_text="Name our own mail server writes into Authentication-Results"
    )
    reply_to_is_customer = models.BooleanField(
        default=False, help_text="Contact forms that write from one address: Reply-To is the person"
    )

    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True, db_comment="since when it does not work")
    error_way = models.CharField(
        max_length=3, blank=True, db_comment="in or out: only that way working ends the error"
    )

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [models.UniqueConstraint(Lower("address"), name="mailbox_address_once")]

    def __str__(self) -> str:
        return self.address

    @property
    def addresses(self) -> frozenset[str]:
        """The address and its aliases, lower-case."""
        return frozenset(one.lower() for one in [self.address, *self.aliases])

    @property
    def imap_password(self) -> str:
        return secrets.unseal(self.sealed_imap_password)

    @property
    def smtp_password(self) -> str:
        return secrets.unseal(self.sealed_smtp_password)


class FolderState(models.Model):
    """How far one IMAP folder was read: RFC 3501 UIDVALIDITY and the highest UID stored.

    What lay in the folder when it was first seen (up to `silent_through_uid`, or before `started_at` where the server
    numbered anew) is old mail: imported silently from the mailbox's `import_since` on, or left alone.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=120)
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    silent_through_uid = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="folder_once_per_mailbox")]

    def __str__(self) -> str:
        return f"{self.mailbox_id}/{self.name}"
