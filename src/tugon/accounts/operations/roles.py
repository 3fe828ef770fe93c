from collections.abc import Iterable

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record

from .. import policies
from ..errors import NameMissing, RoleInUse, RoleNameTaken
from ..events import RoleChanged, RoleCreated, RoleRemoved
from ..models import Role
from ..permissions import PERMISSIONS
from . import administrators


@transaction.atomic
def create_role(
    *, name: str, permissions: Iterable[str], requires_second_factor: bool = False, by: Actor
) -> Role:
    """Raises NotAllowed, GrantsTooMuch, NameMissing, RoleNameTaken."""
    policies.require(by, "admin.people")
    given = _known(permissions)
    policies.require_holds(by, given)
    role = Role.objects.create(
        name=_free_name(name), permissions=given, requires_second_factor=requires_second_factor
    )
    record(RoleCreated(role_id=role.pk, name=role.name, permissions=tuple(given)), by=by)
    return role


@transaction.atomic
def change_role(
    role: Role, *, name: str, permissions: Iterable[str], requires_second_factor: bool = False, by: Actor
) -> Role:
    """Raises NotAllowed, GrantsTooMuch, NameMissing, RoleNameTaken, LastAdministrator."""
    policies.require(by, "admin.people")
    administrators.one_at_a_time()
    role = Role.objects.get(pk=role.pk)
    given, before = _known(permissions), set(role.permissions)
    clean = _free_name(name, but=role)
    added, removed = sorted(set(given) - before), sorted(before - set(given))
    if (
        not added
        and not removed
        and (clean, requires_second_factor) == (role.name, role.requires_second_factor)
    ):
        return role
    policies.require_holds(by, added)
    role.name, role.permissions, role.requires_second_factor = clean, given, requires_second_factor
    role.save()
    administrators.require_one()
    fact = RoleChanged(
        role_id=role.pk,
        name=role.name,
        added=tuple(added),
        removed=tuple(removed),
        requires_second_factor=requires_second_factor,
    )
    record(fact, by=by)
    return role


@transaction.atomic
def remove_role(role: Role, *, by: Actor) -> None:
    """Raises NotAllowed, RoleInUse: a role that people have is not taken from under them."""
    policies.require(by, "admin.people")
    administrators.one_at_a_time()
    number = role.agents.count()
    if number:
        raise RoleInUse(number=number)
    record(RoleRemoved(role_id=role.pk, name=role.name), by=by)
    role.delete()


def _known(permissions: Iterable[str]) -> list[str]:
    chosen = set(permissions)
    return [name for name in PERMISSIONS if name in chosen]


def _free_name(name: str, *, but: Role | None = None) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise NameMissing
    if Role.objects.filter(name__iexact=clean).exclude(pk=but.pk if but else 0).exists():
        raise RoleNameTaken(name=clean)
    return clean
