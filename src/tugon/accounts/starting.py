"""What a new installation starts with: four roles. A company edits, adds and removes them."""

from .models import Role
from .permissions import EVERYTHING, STARTING_ROLES


def create_roles() -> None:
    """Make the starting roles if there are none. A company that removed one does not get it back."""
    if not Role.objects.exists():
        Role.objects.bulk_create(
            [Role(name=name, permissions=list(permissions)) for name, permissions in STARTING_ROLES.items()],
            ignore_conflicts=True,  # of two first starts at once, the second waits here and finds them made
        )


def create_administrator_role() -> Role:
    """For an installation whose roles all lost the permission to manage people."""
    role, _created = Role.objects.get_or_create(name="Administrator")
    role.permissions = list(EVERYTHING)
    role.save(update_fields=["permissions"])
    return role
