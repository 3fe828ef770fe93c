"""The list and the first pages of troubleshooters are kept ready too; they are old when one of these rows changes."""

from django.db import migrations

WATCHED = {
    "troubleshooters_troubleshooter": (
        "slug", "titles", "summaries", "section_id", "visibility", "published_id", "archived_at",
    ),
    "troubleshooters_troubleshooter_audiences": (),
    "troubleshooters_troubleshooter_plans": (),
}  # fmt: skip


def watch(table, columns):
    updates = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return migrations.RunSQL(
        f"CREATE TRIGGER help_changed AFTER INSERT OR DELETE OR {updates} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_help_changed()",
        f"DROP TRIGGER help_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_help_pages_know_when_they_are_old"),
        ("troubleshooters", "0001_people_walk_what_is_drawn"),
    ]
    operations = [watch(table, columns) for table, columns in WATCHED.items()]
