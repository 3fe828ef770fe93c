"""What a search found is kept while it holds: it is old when the index of knowledge or the synonyms change."""

from django.db import migrations

WATCHED = ("search_knowledgeentry", "search_synonym")


def watch(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER help_changed AFTER INSERT OR DELETE OR UPDATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_help_changed()",
        f"DROP TRIGGER help_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_routes_are_watched"),
        ("search", "0002_knowledge_is_found"),
    ]
    operations = [watch(table) for table in WATCHED]
