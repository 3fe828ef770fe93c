import pytest

from tugon.database.connection import databases, is_embedded
from tugon.lib.env import Environment, EnvironmentInvalid


def default(tmp_path, **variables):
    env = Environment(variables)
    made = databases(env, home=tmp_path, application="tugon-test")["default"]
    env.seal()
    return made


def test_without_a_url_the_embedded_server_is_meant(tmp_path):
    made = default(tmp_path)
    assert is_embedded(made)
    assert made["NAME"] == "tugon"


def test_a_url_is_taken_apart_and_its_escapes_are_undone(tmp_path):
    made = default(
        tmp_path, DATABASE_URL="postgresql://ana%40x:p%2Fw@db.example:5433/support?sslmode=require"
    )
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == (
        "ana@x",
        "p/w",
        "db.example",
        "5433",
    )
    assert made["OPTIONS"]["sslmode"] == "require"
    assert not is_embedded(made)


def test_a_socket_directory_may_stand_in_the_query(tmp_path):
    assert (
        default(tmp_path, DATABASE_URL="postgresql:///tugon?host=/run/postgresql")["HOST"]
        == "/run/postgresql"
    )


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "tugon", "postgresql://host/", "postgresql://host:abc/db"]
)
def test_a_url_that_cannot_be_used_is_refused_by_name(tmp_path, url):
    with pytest.raises(EnvironmentInvalid, match="DATABASE_URL"):
        default(tmp_path, DATABASE_URL=url)


def test_a_pool_is_used_where_one_is_asked_for(tmp_path):
    assert default(tmp_path, TUGON_DATABASE_POOL="6")["OPTIONS"]["pool"]["max_size"] == 6
    assert "pool" not in default(tmp_path)["OPTIONS"]
