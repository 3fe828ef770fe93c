"""What a new installation begins with: the table, and the words that tell of a threat."""

from django.db import transaction

THREAT_WORDS: dict[str, dict[str, list[str]]] = {
    "en": {
        "1": [
            "data loss",
            "lost all my data",
            "security hole",
            "vulnerability",
            "leaked",
            "keeps crashing",
            "charged many times",
            "wrong account",
            "someone else's account",
        ],
        "2": [
            "data breach",
            "hacked",
            "the whole site is down",
            "everything is down",
            "server is down",
            "servers are down",
            "outage",
            "personal data of others",
        ],
    },
    "fil": {
        "1": [
            "nawala ang lahat ng data",
            "may butas sa seguridad",
            "account ng iba",
            "paulit-ulit na nagka-crash",
        ],
        "2": [
            "na-hack",
            "nahack",
            "down ang buong site",
            "down ang server",
            "walang makapasok na kahit sino",
        ],
    },
}


@transaction.atomic
def create_starting_rows() -> None:
    """The table, if there is none. A repeat does nothing."""
    from .models import Matrix

    if not Matrix.objects.exists():
        Matrix.objects.create()
