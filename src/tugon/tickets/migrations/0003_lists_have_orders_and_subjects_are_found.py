from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Upper

ACTIVE = models.Q(("status__in", ["new", "open", "waiting", "hold"]), ("is_spam", False))


class Migration(migrations.Migration):
    """Lists by urgency and by promise walk an index; a piece of a subject is found by its trigrams."""

    dependencies = [("tickets", "0002_numbers_start_at_1001")]

    operations = [
        TrigramExtension(),
        migrations.RemoveIndex(model_name="ticket", name="ticket_due"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["-priority", "-id"], name="ticket_urgent", condition=ACTIVE),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["due_at", "id"], name="ticket_due", condition=ACTIVE),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["-updated_at", "-id"], name="ticket_spam", condition=models.Q(("is_spam", True))
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=GinIndex(OpClass(Upper("subject"), name="gin_trgm_ops"), name="ticket_subject"),
        ),
    ]
