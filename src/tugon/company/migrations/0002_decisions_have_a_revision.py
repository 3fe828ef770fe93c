from django.db import migrations

from tugon.database.revision import MAKE, UNMAKE, watch


class Migration(migrations.Migration):
    dependencies = [("company", "0001_first_settings")]

    operations = [migrations.RunSQL(MAKE, UNMAKE), watch("company_setting")]
