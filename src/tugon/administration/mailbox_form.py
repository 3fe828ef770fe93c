"""The form of a mailbox: what a person knows about it, in the order in which it is asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.channels.configuring import SECRETS
from tugon.channels.email.consent import PRESETS
from tugon.channels.email.provider import BACKENDS, settings_known
from tugon.channels.models import Mailbox

from .registers.rows import comma_list, names_known_facts

CHANNEL = ("name", "team", "language", "is_enabled", "acknowledges")
PLAIN = (
    *("address", "aliases", "display_name", "signatures", "has_plus_addressing", "trusted_authserv"),
    *("reply_to_is_customer", "import_since", "after_fetch", "move_to", "imap_folders"),
    *("imap_host", "imap_port", "imap_security", "imap_user"),
    *("outgoing", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "provider", "provider_settings"),
    *(
        "sign_in",
        "oauth_client_id",
        "oauth_authorize_url",
        "oauth_token_url",
        "oauth_scope",
        "oauth_secret_ends_on",
    ),
)
GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    (
        _("The mailbox"),
        ("address", "aliases", "name", "display_name", "team", "language", "is_enabled", "acknowledges"),
    ),
    (
        _("Coming in"),
        (
            "imap_host",
            "imap_port",
            "imap_security",
            "imap_user",
            "imap_password",
            "imap_folders",
            "import_since",
            "after_fetch",
            "move_to",
        ),
    ),
    (
        _("Going out"),
        (
            "outgoing",
            "smtp_host",
            "smtp_port",
            "smtp_security",
            "smtp_user",
            "smtp_password",
            "provider",
            "provider_key",
            "provider_settings",
        ),
    ),
    (
        _("Signing in with OAuth 2"),
        (
            "sign_in",
            "oauth_client_id",
            "oauth_client_secret",
            "oauth_secret_ends_on",
            "oauth_authorize_url",
            "oauth_token_url",
            "oauth_scope",
            "oauth_refresh_token",
        ),
    ),
    (
        _("Details"),
        (
            "has_plus_addressing",
            "reply_to_is_customer",
            "trusted_authserv",
            "webhook_secret",
            "provider_signing_key",
        ),
    ),
]


class SecretField(forms.CharField):
    """Never shown again; empty leaves what is kept."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, required=False, strip=True, widget=widget, **more)


class MailboxForm(forms.Form):
    address = forms.EmailField(label=_("Address"), help_text=_("support@your-company.example"))
    aliases = forms.CharField(label=_("Other addresses that land in it"), required=False)
    name = forms.CharField(label=_("Name for agents"), max_length=80)
    display_name = forms.CharField(label=_("Name that customers see"), max_length=120, required=False)
    team = forms.ModelChoiceField(
        label=_("Its tickets go to"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("No team yet"),
    )
    language = forms.ChoiceField(label=_("Language where nothing better is known"), required=False)
    is_enabled = forms.BooleanField(label=_("In use"), required=False)
    acknowledges = forms.BooleanField(label=_("Answers at once that the mail arrived"), required=False)

    imap_host = forms.CharField(
        label=_("IMAP server"), required=False, help_text=_("Empty: mail comes by LMTP or a pipe.")
    )
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    imap_security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices)
    imap_user = forms.CharField(label=_("User"), required=False)
    imap_password = SecretField(_("Password"))
    imap_folders = forms.CharField(label=_("Folders"), required=False, help_text=_("INBOX if empty"))
    import_since = forms.DateField(
        label=_("Take mail from this day on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Older mail is left alone. What was there before today is imported in silence."),
    )
    after_fetch = forms.ChoiceField(
        label=_("After reading"), choices=Mailbox._meta.get_field("after_fetch").choices or []
    )
    move_to = forms.CharField(label=_("Folder to move to"), required=False)

    outgoing = forms.ChoiceField(label=_("Letters leave by"), choices=Mailbox.Outgoing.choices)
    smtp_host = forms.CharField(label=_("SMTP server"), required=False)
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    smtp_security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices)
    smtp_user = forms.CharField(label=_("User"), required=False, help_text=_("As for IMAP if empty"))
    smtp_password = SecretField(_("Password"))
    provider = forms.ChoiceField(label=_("Provider"), required=False)
    provider_key = SecretField(_("Key of the provider"))
    provider_settings = forms.CharField(
        label=_("More for the provider"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, for example sender_domain = mail.company.example for Mailgun."),
    )

    sign_in = forms.ChoiceField(label=_("Sign in with"), choices=Mailbox.Sign.choices)
    oauth_client_id = forms.CharField(label=_("Client ID"), required=False)
    oauth_client_secret = SecretField(_("Client secret"))
    oauth_secret_ends_on = forms.DateField(
        label=_("The client secret ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tugon warns a month before."),
    )
    oauth_authorize_url = forms.URLField(
        label=_("Address for consent"),
        required=False,
        assume_scheme="https",
        help_text=_("Filled in by itself for Gmail and Microsoft 365."),
    )
    oauth_token_url = forms.URLField(label=_("Address for tokens"), required=False, assume_scheme="https")
    oauth_scope = forms.CharField(label=_("Permissions asked for"), required=False, max_length=400)
    oauth_refresh_token = SecretField(
        _("Refresh token"), help_text=_("Leave this empty: connecting at the provider brings it.")
    )

    has_plus_addressing = forms.BooleanField(
        label=_("The server delivers name+anything@ too"), required=False
    )
    reply_to_is_customer = forms.BooleanField(
        label=_("A contact form writes here: the person is in Reply-To"), required=False
    )
    trusted_authserv = forms.CharField(label=_("Name in Authentication-Results"), required=False)
    webhook_secret = SecretField(
        _("Secret of the webhook"),
        min_length=16,
        help_text=_(
            "Where a provider posts mail to Tugon. The address to give to it is shown here once saved."
        ),
    )
    provider_signing_key = SecretField(
        _("Key with which the provider signs"),
        help_text=_("Where the provider gives one, what it posts is checked with it."),
    )

    def __init__(self, data: Any = None, *, mailbox: Mailbox | None) -> None:
        self.mailbox = mailbox
        super().__init__(data, initial=_shown(mailbox))
        self.fields["team"].queryset = Team.objects.filter(archived_at=None)  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("As the mail says")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        providers = [(name, name.replace("_", " ").title()) for name in sorted(BACKENDS)]
        self.fields["provider"].choices = [("", _("None")), *providers]  # type: ignore[attr-defined]
        for code, language in settings.LANGUAGES:
            self.fields[f"signature_{code}"] = forms.CharField(
                label=_now("Signature ({language})").format(language=language),
                required=False,
                widget=forms.Textarea,
                validators=[names_known_facts],
            )
        for name in SECRETS:
            if mailbox and getattr(mailbox, SECRETS[name]):
                self.fields[name].help_text = _now("One is kept. Leave this empty to keep it.")

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields as they are shown."""
        made = [(words, [self[name] for name in names]) for words, names in GROUPS]
        return [
            *made,
            (_("Signatures"), [self[f"signature_{code}"] for code, _language in settings.LANGUAGES]),
        ]

    def clean_aliases(self) -> list[str]:
        found = comma_list(self.cleaned_data["aliases"])
        for one in found:
            validate_email(one)
        return found

    def clean_provider_settings(self) -> dict[str, str]:
        known = settings_known(self.cleaned_data.get("provider", ""))
        found = {}
        for line in filter(None, map(str.strip, self.cleaned_data["provider_settings"].splitlines())):
            name, equals, value = map(str.strip, line.partition("="))
            if not equals or not value:
                raise forms.ValidationError(_now("Write “{line}” as name = value.").format(line=line))
            if name not in known:
                raise forms.ValidationError(
                    _now("This provider knows no “{name}”. It takes: {names}.").format(
                        name=name, names=", ".join(known) or "—"
                    )
                )
            found[name] = value
        return found

    def clean_imap_folders(self) -> list[str]:
        return comma_list(self.cleaned_data["imap_folders"])

    def clean(self) -> dict[str, Any]:
        """What is kept sealed goes to the server it was typed for, and to no other."""
        given = super().clean() or {}
        if given.get("sign_in") == Mailbox.Sign.OAUTH2:
            for name, value in PRESETS.get(given.get("imap_host", "").lower(), {}).items():
                given[name] = given.get(name) or value
        if self.mailbox is None:
            return given
        # SMTP signs in with the password of IMAP where it has none of its own.
        own = given.get("smtp_password") or self.mailbox.sealed_smtp_password
        shown_to = {
            "imap_host": ["imap_password"],
            "smtp_host": ["smtp_password" if own else "imap_password"],
            "oauth_token_url": ["oauth_client_secret", "oauth_refresh_token"],
        }
        for server, names in shown_to.items():
            if given.get(server, "") in ("", getattr(self.mailbox, server)):
                continue
            for name in names:
                if getattr(self.mailbox, SECRETS[name]) and not given.get(name):
                    self.add_error(name, _now("The server is another one. Type the password again."))
        return given

    def channel(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CHANNEL}

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in (*PLAIN, *SECRETS) if name != "signatures"}
        given["signatures"] = {
            code: words
            for code, _language in settings.LANGUAGES
            if (words := self.cleaned_data[f"signature_{code}"])
        }
        return given


def _shown(mailbox: Mailbox | None) -> dict[str, Any]:
    row = mailbox or Mailbox()
    shown = {name: getattr(row, name) for name in PLAIN}
    shown |= {name: ", ".join(shown[name] or []) for name in ("aliases", "imap_folders")}
    shown["provider_settings"] = "\n".join(
        f"{name} = {value}" for name, value in row.provider_settings.items()
    )
    shown |= {f"signature_{code}": words for code, words in row.signatures.items()}
    if mailbox is None:
        return shown | {"is_enabled": True, "acknowledges": True}
    return shown | {name: getattr(mailbox.channel, name) for name in CHANNEL}
