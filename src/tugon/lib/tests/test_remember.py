from tugon.lib import remember
from tugon.lib.remember import remembered, remembering


def asked():
    calls = []

    @remembered
    def double(number: int) -> int:
        calls.append(number)
        return number * 2

    return double, calls


def test_outside_everything_is_asked_afresh():
    double, calls = asked()
    assert (double(2), double(2), calls) == (4, 4, [2, 2])


def test_inside_an_answer_is_kept_for_its_arguments():
    double, calls = asked()
    with remembering():
        assert (double(2), double(2), double(3)) == (4, 4, 6)
    assert calls == [2, 3]
    with remembering():
        double(2)
    assert calls == [2, 3, 2]


def test_an_answer_grows_old(monkeypatch):
    double, calls = asked()
    monkeypatch.setattr(remember, "KEPT_SECONDS", -1.0)
    with remembering():
        double(2), double(2)
    assert calls == [2, 2]
