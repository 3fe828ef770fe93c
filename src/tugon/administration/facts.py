"""The name of a fact as words."""

import re


def in_words(name: str) -> str:
    """ "TicketAssigned" → "Ticket assigned". Names of facts are English, as they stand in the API and in exports."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return words[:1] + words[1:].lower()
