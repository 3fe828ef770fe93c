"""The support home shows the ways to us: it is old when one of them, or its hours, changes."""

from django.db import migrations

WATCHED = ("advisor_route", "advisor_route_audiences", "sla_calendar")


def watch(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER help_changed AFTER INSERT OR DELETE OR UPDATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_help_changed()",
        f"DROP TRIGGER help_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0003_troubleshooters_are_watched"),
        ("advisor", "0001_routes_and_rules"),
        ("sla", "0001_initial"),
    ]
    operations = [watch(table) for table in WATCHED]
