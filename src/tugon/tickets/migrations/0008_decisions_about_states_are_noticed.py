from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("tickets", "0007_queues_are_counted_in_their_index"),
    ]

    operations = [watch("tickets_state")]
