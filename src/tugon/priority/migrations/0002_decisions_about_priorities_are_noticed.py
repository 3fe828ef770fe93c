from django.db import migrations

from tugon.database.revision import watch

# Others may watch plans too: two triggers of one name cannot stand on one table.
PLANS = migrations.RunSQL(
    "CREATE TRIGGER decided_for_priority AFTER INSERT OR DELETE OR UPDATE ON customers_plan"
    " FOR EACH STATEMENT EXECUTE FUNCTION company_decided()",
    "DROP TRIGGER decided_for_priority ON customers_plan",
)


class Migration(migrations.Migration):
    dependencies = [
        ("company", "0002_decisions_have_a_revision"),
        ("priority", "0001_a_table_says_what_matters"),
    ]

    operations = [watch("priority_matrix"), watch("priority_raise"), PLANS]
