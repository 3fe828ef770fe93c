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
