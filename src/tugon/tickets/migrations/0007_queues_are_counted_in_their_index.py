from django.db import migrations, models


class Migration(migrations.Migration):
    """The counts beside the queues read one small index instead of tickets; what was solved lately is found by its date."""

    dependencies = [("tickets", "0006_planner_knows_who_has_what_in_which_status")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["team", "assignee", "status"],
                include=["due_at", "id"],
                name="ticket_counted",
                condition=models.Q(
                    ("status__in", ["new", "open", "waiting", "hold"]),
                    ("is_spam", False),
                    ("merged_into", None),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["-solved_at"], name="ticket_solved", condition=models.Q(("solved_at__isnull", False))
            ),
        ),
    ]
