from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tugon.notifications.deciding import Ways, mail_after, ways
from tugon.notifications.kinds import KINDS

NIGHT = {"quiet": {"from": "22:00", "to": "07:00"}}
moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC))


def test_the_kind_decides_until_the_agent_does():
    assert ways("assigned", {}) == Ways(app=True, email=True)
    assert ways("assigned", {"notify": {"assigned": {"email": False}}}) == Ways(app=True, email=False)
    assert ways("assigned", {"notify": "broken"}) == Ways(app=True, email=True)


def test_a_mail_in_the_night_waits_for_the_morning():
    late = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)  # 23:30 in Manila
    assert mail_after(late, NIGHT, "Asia/Manila") == datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


def test_a_mail_after_midnight_waits_for_the_same_morning():
    late = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)  # 02:00 in Manila
    assert mail_after(late, NIGHT, "Asia/Manila") == datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


def test_by_day_and_without_quiet_hours_nothing_waits():
    noon = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    assert mail_after(noon, NIGHT, "Asia/Manila") == noon
    assert mail_after(noon, {}, "Asia/Manila") == noon
    assert mail_after(noon, {"quiet": {"from": "x"}}, "Nowhere/At-all") == noon


@given(
    moments,
    st.times(),
    st.times(),
    st.sampled_from(["UTC", "Asia/Manila", "America/New_York", "Europe/Berlin"]),
)
def test_a_mail_waits_less_than_a_day_and_never_goes_back(moment, start, end, zone):
    later = mail_after(moment, {"quiet": {"from": start.isoformat(), "to": end.isoformat()}}, zone)
    assert moment <= later <= moment + timedelta(hours=25)


def test_every_kind_has_words():
    assert all(str(kind.label) and str(kind.words) for kind in KINDS.values())
