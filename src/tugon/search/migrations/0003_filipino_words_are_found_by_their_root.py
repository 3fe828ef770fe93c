"""What was indexed before is indexed again, with roots; synonyms kept before are compared by root too."""

from django.db import migrations


def compare_by_root(apps, schema_editor):
    from tugon.search.knowledge.synonyms import compared

    for row in apps.get_model("search", "Synonym").objects.all():
        row.normal = compared(row.words)
        row.save(update_fields=["normal"])


class Migration(migrations.Migration):
    dependencies = [("search", "0002_knowledge_is_found")]

    operations = [
        migrations.RunSQL(
            "UPDATE search_knowledgeentry SET indexed_at = '2000-01-01'", migrations.RunSQL.noop
        ),
        migrations.RunPython(compare_by_root, migrations.RunPython.noop),
    ]
