from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentInvited:
    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentJoined:
    """The invitation was accepted, or the first administrator made."""

    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentChanged:
    agent_id: int
    fields: tuple[str, ...]


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentDeactivated:
    """The agent can do nothing from now on; what is assigned to it waits for somebody else."""

    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentReactivated:
    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentRolesChanged:
    agent_id: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentTeamsChanged:
    agent_id: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentSignedIn:
    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class PasswordResetRequested:
    agent_id: int


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """how: "own", "reset"."""

    agent_id: int
    how: str


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class SecondFactorChanged:
    """kind: totp, webauthn, recovery_codes. change: added, removed."""

    agent_id: int
    kind: str
    change: str


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class SessionsEnded:
    agent_id: int
    number: int


@fact(about="role")
@dataclass(frozen=True, slots=True)
class RoleCreated:
    role_id: int
    name: str
    permissions: tuple[str, ...]


@fact(about="role")
@dataclass(frozen=True, slots=True)
class RoleChanged:
    role_id: int
    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    requires_second_factor: bool


@fact(about="role")
@dataclass(frozen=True, slots=True)
class RoleRemoved:
    role_id: int
    name: str


@fact(about="team")
@dataclass(frozen=True, slots=True)
class TeamCreated:
    team_id: int
    name: str


@fact(about="team")
@dataclass(frozen=True, slots=True)
class TeamChanged:
    team_id: int
    name: str


@fact(about="team")
@dataclass(frozen=True, slots=True)
class TeamArchived:
    team_id: int


@fact(about="team")
@dataclass(frozen=True, slots=True)
class TeamRestored:
    team_id: int
