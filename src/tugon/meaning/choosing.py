"""Which provider: the company's endpoint where one is set, else the ONNX folder of this machine, else the carried
weights. TUGON_MEANING=off switches all of it off."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tugon.company import settings as company
from tugon.lib import secrets

from .embedders import Embedder, MeaningUnavailable

LOCAL_PATIENCE, REMOTE_PATIENCE = 0.15, 0.8
"""Seconds that somebody who types waits for a query's vector."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What decides. Equal choices need no new provider."""

    is_off: bool = False
    address: str = ""
    model: str = ""
    sealed_key: str = ""
    folder: str = ""

    @property
    def patience(self) -> float:
        return REMOTE_PATIENCE if self.address else LOCAL_PATIENCE


def decided() -> Choice:
    """From the environment and the company's settings. At most one query."""
    return Choice(
        is_off=os.environ.get("TUGON_MEANING", "").lower() in ("off", "no", "0", "false"),
        address=company.get("meaning_address"),
        model=company.get("meaning_model"),
        sealed_key=company.get("meaning_key"),
        folder=os.environ.get("TUGON_MEANING_FOLDER", ""),
    )


def chosen(choice: Choice) -> Embedder:
    """The provider, loaded. Raises MeaningUnavailable with the reason."""
    if choice.is_off:
        raise MeaningUnavailable("TUGON_MEANING is off.")
    if choice.address:
        from .endpoint import Endpoint

        try:
            key = secrets.unseal(choice.sealed_key)
        except ValueError as error:
            raise MeaningUnavailable("The endpoint's key was sealed with another secret key.") from error
        return Endpoint(choice.address, model=choice.model, key=key)
    if choice.folder:
        from .onnx import OnnxFolder

        return OnnxFolder(Path(choice.folder))
    from .carried.provider import CarriedWeights, installed_file

    file = installed_file()
    if file is None:
        raise MeaningUnavailable("No weights are installed on this machine.")
    return CarriedWeights(file)
