from django.db import migrations


class Migration(migrations.Migration):
    """A first ticket called #1 tells every customer that nobody has written before."""

    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN id RESTART WITH 1001",
            "ALTER TABLE tickets_ticket ALTER COLUMN id RESTART WITH 1",
        )
    ]
