from django.db import migrations, models


class Migration(migrations.Migration):
    """A batch that was interrupted goes on where it stopped."""

    dependencies = [("tickets", "0003_lists_have_orders_and_subjects_are_found")]

    operations = [
        migrations.AlterModelOptions(name="batchchange", options={"ordering": ["id"]}),
        migrations.AddField(
            model_name="batchchange",
            name="done_at",
            field=models.DateTimeField(db_comment="null: its turn has not come yet", null=True),
        ),
        migrations.AddConstraint(
            model_name="batchchange",
            constraint=models.UniqueConstraint(fields=("batch", "ticket"), name="ticket_once_per_batch"),
        ),
    ]
