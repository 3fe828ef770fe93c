from django.db import migrations, models


class Migration(migrations.Migration):
    """The nightly look for files of which nothing is held any more reads only what was redacted."""

    dependencies = [("tickets", "0004_batches_know_whose_turn_it_is")]

    operations = [
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("redacted_at__isnull", False)),
                fields=["file"],
                name="attachment_redacted",
            ),
        )
    ]
