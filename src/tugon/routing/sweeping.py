"""Once a minute: who is there now, and every queue once more."""

from .deciding import automatic_teams
from .operations import drain, refresh


def sweep() -> int:
    """Returns how many tickets were given."""
    refresh()
    return sum(drain(team) for team in sorted(automatic_teams()))
