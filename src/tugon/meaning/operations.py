"""Deciding whose vectors are used."""

from django.db import transaction

from tugon.company import operations as company
from tugon.company import settings
from tugon.events.actors import Actor
from tugon.lib import secrets

from .errors import ModelMissing


@transaction.atomic
def use_endpoint(*, address: str, model: str, key: str | None, by: Actor) -> None:
    """Let an OpenAI-compatible service compute vectors; an empty address goes back to this machine's weights.

    key: None keeps the one there is, as long as the address stays: what is sealed goes to the server it was given for
    and to no other. The warm process notices within seconds and makes all vectors anew.
    Raises NotAllowed, SettingInvalid, ModelMissing.
    """
    before = settings.get("meaning_address")
    clean = company.decide("meaning_address", value=address, by=by)
    if clean and not model.strip():
        raise ModelMissing
    company.decide("meaning_model", value=model if clean else "", by=by)
    if key is not None or clean != before:
        company.decide("meaning_key", value=secrets.seal(key or "") if clean else "", by=by)
