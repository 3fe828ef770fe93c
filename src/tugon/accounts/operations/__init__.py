"""The only writers of people, roles, teams and sessions."""

from .joining import accept_invitation, create_agent, create_first_administrator, invite, invite_again
from .passwords import (
    change_password,
    forget_second_factor,
    request_password_reset,
    reset_password,
    set_password,
)
from .people import change_profile, change_roles, change_teams, deactivate, reactivate
from .roles import change_role, create_role, remove_role
from .sessions import end_all_sessions, end_session, note_second_factor, note_seen, note_signed_in
from .teams import archive_team, change_team, create_team, restore_team

__all__ = [
    "accept_invitation",
    "archive_team",
    "change_password",
    "change_profile",
    "change_role",
    "change_roles",
    "change_team",
    "change_teams",
    "create_agent",
    "create_first_administrator",
    "create_role",
    "create_team",
    "deactivate",
    "end_all_sessions",
    "end_session",
    "forget_second_factor",
    "invite",
    "invite_again",
    "note_second_factor",
    "note_seen",
    "note_signed_in",
    "reactivate",
    "remove_role",
    "request_password_reset",
    "reset_password",
    "restore_team",
    "set_password",
]
