from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed


class AddressTaken(Conflict):
    code = "agent-address-taken"
    words = _("Somebody with the address {email} has an account already. Nothing was sent.")


class AddressInvalid(Invalid):
    code = "agent-address-invalid"
    words = _("“{email}” is no e-mail address. Check it for missing parts.")


class NameMissing(Invalid):
    code = "name-missing"
    words = _("Write a name.")


class RolesMissing(Invalid):
    code = "roles-missing"
    words = _("Choose at least one role: without one the person could see nothing.")


class LastAdministrator(Conflict):
    code = "last-administrator"
    words = _("Nobody else can manage people. Make another person administrator first.")


class GrantsTooMuch(NotAllowed):
    code = "grants-too-much"
    words = _("You cannot give permissions that you do not have yourself. Nothing was changed.")


class LinkSpent(Invalid):
    code = "link-spent"
    words = _("This link was used already or is too old. Ask for a new one.")


class PasswordRefused(Invalid):
    code = "password-refused"
    words = _("This password cannot be used: {reason}")


class PasswordWrong(Invalid):
    code = "password-wrong"
    words = _("That is not your current password. Nothing was changed.")


class AlreadySetUp(Conflict):
    code = "already-set-up"
    words = _("This installation has an administrator already. Sign in, or ask to be invited.")


class RoleNameTaken(Conflict):
    code = "role-name-taken"
    words = _("There is a role called “{name}” already.")


class RoleInUse(Conflict):
    code = "role-in-use"
    words = _("{number} people have this role. Give them another one first.")


class TeamNameTaken(Conflict):
    code = "team-name-taken"
    words = _("There is a team called “{name}” already.")


class ProfileInvalid(Invalid):
    code = "profile-invalid"
    words = _("This was not saved: {reason}")
