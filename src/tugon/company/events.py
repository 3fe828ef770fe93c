from dataclasses import dataclass
from typing import Any

from tugon.events.facts import fact


@fact(about="setting")
@dataclass(frozen=True, slots=True)
class CompanySettingChanged:
    setting_id: int
    key: str
    before: Any
    after: Any


@fact(about="configuration")
@dataclass(frozen=True, slots=True)
class ConfigurationChanged:
    """A row that a company sets up was made, changed or removed. kind: its model, like "customers.audience".

    fields: names only, never values: some of them are secrets.
    """

    configuration_id: int
    kind: str
    change: str
    fields: tuple[str, ...] = ()
