from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("sla", "0002_promises_are_kept_by_clocks"),
        ("company", "0002_decisions_have_a_revision"),
    ]

    operations = [watch("sla_policy"), watch("sla_calendar")]
