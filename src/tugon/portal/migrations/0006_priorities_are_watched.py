"""The page of priorities is old when the table, or who raises, changes."""

from django.db import migrations

WATCHED = ("priority_matrix", "priority_raise")


def watch(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER help_changed AFTER INSERT OR DELETE OR UPDATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_help_changed()",
        f"DROP TRIGGER help_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0005_what_is_found_is_watched"),
        ("priority", "0001_a_table_says_what_matters"),
    ]
    operations = [watch(table) for table in WATCHED]
