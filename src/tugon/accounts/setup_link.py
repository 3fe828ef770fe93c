"""The link to the setup wizard, shown on the terminal of an installation that has nobody in it yet.

Whoever can read the terminal may set up. The link is signed and needs no row: it ends by itself when the first agent
exists, or a week after it was shown.
"""

import secrets
from datetime import timedelta

from django.core import signing

from tugon.accounts.models import Agent

LIFETIME = timedelta(days=7)
PURPOSE = "tugon.setup"


def needed() -> bool:
    """True while nobody can sign in. One query."""
    return not Agent.objects.exists()


def issue() -> str:
    """A token for `/setup/<token>`."""
    return signing.dumps(secrets.token_urlsafe(9), salt=PURPOSE, compress=False)


def is_valid(token: str) -> bool:
    """True if the wizard may be shown, and may create the first agent, for this token. At most one query.

    The operation that creates the first agent asks again under a lock: of two people at once only one goes on.
    """
    try:
        signing.loads(token, salt=PURPOSE, max_age=LIFETIME)
    except signing.BadSignature:
        return False
    return needed()
