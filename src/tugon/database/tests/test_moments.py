from datetime import UTC, datetime

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["2026-11-21 21:41:13", "2026-11-21 21:41:13.95", "0007-01-02 03:04:05.000001"]
)
def test_moments_are_read_to_the_microsecond(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text + "+00"])
        assert cursor.fetchone()[0] == datetime.fromisoformat(text).replace(tzinfo=UTC)
