from django.db import migrations


class Migration(migrations.Migration):
    """An agent has many closed tickets and few open ones. Without this PostgreSQL takes the two for independent, and
    walks all open tickets to find the first fifty of one agent (measured at 300,000 tickets: 24 ms; with it, 3 ms).
    https://www.postgresql.org/docs/current/planner-stats.html#PLANNER-STATS-EXTENDED
    """

    dependencies = [("tickets", "0005_redacted_attachments_are_found")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS ticket_standing (mcv) ON status, assignee_id, team_id FROM tickets_ticket",
            "DROP STATISTICS ticket_standing",
        )
    ]
