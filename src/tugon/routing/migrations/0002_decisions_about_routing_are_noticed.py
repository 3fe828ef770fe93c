from django.db import migrations

from tugon.database.revision import watch

EVERY_AGENT_HAS_ONE = """
INSERT INTO routing_availability (agent_id, chosen, hours, capacity, state)
SELECT id, 'online', '', '{}', 'unseen' FROM accounts_agent ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("routing", "0001_agents_are_there_or_not"),
    ]

    operations = [
        watch("routing_habits"),
        watch("routing_teamrouting"),
        watch("routing_teamrouting_left_out"),
        watch("routing_skill"),
        watch("routing_agentskill"),
        watch("routing_agentlanguage"),
        migrations.RunSQL(EVERY_AGENT_HAS_ONE, migrations.RunSQL.noop),
    ]
