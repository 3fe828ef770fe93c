"""What every story of the console begins with."""

from tests.at_work import address, live_address, pile, view

__all__ = ["address", "live_address", "pile", "view"]
