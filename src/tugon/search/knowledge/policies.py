from tugon.accounts.policies import require
from tugon.events.actors import Actor


def require_keeper(by: Actor) -> None:
    """May keep synonyms and decide about searches in vain. Raises NotAllowed."""
    require(by, "admin.helpcenter")
