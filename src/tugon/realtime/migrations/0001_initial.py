from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=100)),
                ("agent_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(choices=[("viewing", "Viewing"), ("writing", "Writing")], max_length=8),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="presence_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "agent_id"), name="presence_once_per_agent")
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE realtime_presence SET UNLOGGED", "ALTER TABLE realtime_presence SET LOGGED"
        ),
    ]
