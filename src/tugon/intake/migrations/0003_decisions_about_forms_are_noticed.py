from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("intake", "0002_know_letters_and_clients"),
    ]

    operations = [watch("intake_form"), watch("intake_senderrule")]
