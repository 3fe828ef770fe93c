from ..errors import LastAdministrator
from ..models import Agent, Role


def one_at_a_time() -> None:
    """Let changes that could take away the last administrator happen one after the other. Within a transaction."""
    list(Role.objects.select_for_update().order_by("pk").values_list("pk"))


def require_one() -> None:
    """Raises LastAdministrator when the change would leave nobody who manages people: it is rolled back."""
    if not Agent.objects.administrators().exists():
        raise LastAdministrator
