"""allauth's forms in our words, and our own."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import preferences

_CODE = {"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false", "autocapitalize": "none"}


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Your password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "autofocus": True}


class CodeForm(AuthenticateForm):
    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=_CODE))


class CodeAgain(CodeAgainForm):
    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=_CODE))


class AppForm(ActivateTOTPForm):
    code = forms.CharField(
        label=_("The code that the app shows now"),
        widget=forms.TextInput(attrs={**_CODE, "inputmode": "numeric"}),
    )


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("To tell it from others: “Work laptop”.")
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("Needs a fingerprint, face or PIN on the device."),
    )


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=60)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InvitationForm(NewPasswordForm):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "password"]


class ChangePasswordForm(NewPasswordForm):
    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["current", "password"]


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    public_name = forms.CharField(
        label=_("Name that customers see"), max_length=120, required=False, help_text=_("Your name if empty.")
    )
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    density = forms.ChoiceField(
        label=_("Rows"), choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


def chosen_notices(data: Any) -> dict[str, Any]:
    """The posted form of notices as preferences."""
    notify = {
        event: {way: bool(data.get(f"{event}-{way}")) for way in ("app", "email")}
        for event in preferences.NOTICES
    }
    quiet = (
        {"from": data.get("quiet_from", ""), "to": data.get("quiet_to", "")} if data.get("quiet") else None
    )
    return {"notify": notify, "quiet": quiet}
