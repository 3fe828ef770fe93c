"""Signing in, and one's own profile. Only those pages of allauth are mounted that Tugon uses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path
from django.views.generic import RedirectView

from .views import entrance, profile

_to_security = RedirectView.as_view(pattern_name="accounts:security", query_string=False)
_to_sign_in = RedirectView.as_view(pattern_name="account_login")

_own = [
    path("-/profile", profile.profile, name="profile"),
    path("-/profile/notices", profile.notices, name="notices"),
    path("-/profile/security", profile.security, name="security"),
    path("-/profile/password", profile.password, name="password"),
    path("-/profile/sessions/<int:pk>/end", profile.end_session, name="end-session"),
    path("-/profile/sessions/end-others", profile.end_other_sessions, name="end-other-sessions"),
    path("account/second-factor/", profile.second_factor, name="second-factor"),
    path("account/invitation/<str:token>/", entrance.invitation, name="invitation"),
]

# Names that allauth itself asks for; their pages are ours.
_account = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("signup/", _to_sign_in, name="account_signup"),
    path("password/change/", _to_security, name="account_change_password"),
    path("password/reset/", entrance.ask_for_reset, name="account_reset_password"),
    path("password/reset/<str:token>/", entrance.reset, name="account_reset_password_with"),
]
_second_factor = [
    path("", _to_security, name="mfa_index"),
    path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", _to_security, name="mfa_list_webauthn"),
    path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include((_own, "accounts"))),
    path("account/", include(_account)),
    path("account/factor/", include(_second_factor)),
]
