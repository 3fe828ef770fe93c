from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("company", "0002_decisions_have_a_revision")]

    operations = [
        migrations.RunSQL("DELETE FROM company_setting WHERE key = 'set_up_at'", migrations.RunSQL.noop)
    ]
