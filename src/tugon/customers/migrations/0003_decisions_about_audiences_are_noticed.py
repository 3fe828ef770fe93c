from django.db import migrations

from tugon.database.revision import watch


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("customers", "0002_people_are_found_by_name"),
    ]

    operations = [
        watch("customers_audience"),
        watch("customers_organisation"),
        watch("customers_customfield"),
    ]
