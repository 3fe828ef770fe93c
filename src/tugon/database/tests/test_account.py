import os

import pytest

from tugon.database.account import SYSTEM_PLACE, all_may_pass, reachable_place


def test_a_directory_below_a_closed_one_cannot_be_reached(tmp_path):
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not all_may_pass(inner)
    assert inner.parent.stat().st_mode & 0o777 == 0o700, "and it is not opened to all"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_as_root_data_below_a_closed_directory_moves_to_a_place_of_its_own(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o700)
    first = reachable_place(tmp_path / "closed" / "one" / "postgres")
    assert first.parent == SYSTEM_PLACE
    assert first == reachable_place(tmp_path / "closed" / "one" / "postgres")
    assert first != reachable_place(tmp_path / "closed" / "two" / "postgres")
