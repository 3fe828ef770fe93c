from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [("company", "0002_decisions_have_a_revision"), ("channels", "0003_errors_know_their_way")]

    operations = [watch("channels_channel"), watch("channels_mailbox")]
