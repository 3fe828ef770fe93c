def test_the_tests_have_a_database(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show fsync")
        assert cursor.fetchone() == ("off",)
