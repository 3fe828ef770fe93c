"""Signed parts: only what was signed for this purpose passes."""

import pytest

from tugon.lib import secrets


def test_a_mac_fits_only_its_parts_and_its_purpose() -> None:
    mac = secrets.sign("letter", 7, "ana")
    assert secrets.signed("letter", 7, "ana", mac=mac)
    assert not secrets.signed("letter", 8, "ana", mac=mac)
    assert not secrets.signed("form", 7, "ana", mac=mac)


@pytest.mark.parametrize("mac", ["", "a", "é" * 16, "\udce9" * 16, "٣" * 24])
def test_what_a_stranger_types_is_refused_and_breaks_nothing(mac: str) -> None:
    assert not secrets.signed("letter", 7, mac=mac)


def test_what_is_sealed_comes_back_and_is_not_readable_before() -> None:
    sealed = secrets.seal("mango")
    assert "mango" not in sealed
    assert secrets.unseal(sealed) == "mango"
    assert secrets.seal("") == secrets.unseal("") == ""
    with pytest.raises(ValueError, match="another TUGON_SECRET_KEY"):
        secrets.unseal("gAAAAA" + "x" * 60)
