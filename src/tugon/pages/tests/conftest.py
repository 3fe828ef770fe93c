from typing import Any

import pytest

from tugon.pages import assets, brand


@pytest.fixture(autouse=True)
def pages_alone(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The pages without surfaces, company or built files: what is tested here needs none of them."""
    settings.ROOT_URLCONF = "tugon.pages.tests.urls"
    settings.SHOW_KIT = True
    monkeypatch.setattr(brand, "_provider", brand.Brand)
    monkeypatch.setattr(assets, "_read", lambda changed: _AnyName())
    monkeypatch.setattr(assets, "DIST", tmp_path)
    monkeypatch.setattr(assets, "_seen", (-assets.LOOKED_AT_EVERY, {}))
    (tmp_path / "manifest.json").write_text("{}")


class _AnyName(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return name
