from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("tickets", "0008_decisions_about_states_are_noticed"),
    ]

    operations = [watch("tickets_view")]
