from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("accounts", "0003_table_of_the_shared_cache"),
    ]

    operations = [
        watch("accounts_team"),
        watch("accounts_membership"),
        watch("accounts_agent", "preferences", "is_active"),
    ]
