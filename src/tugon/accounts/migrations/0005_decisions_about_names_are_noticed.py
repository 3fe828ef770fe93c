from django.db import migrations


class Migration(migrations.Migration):
    """The names of colleagues are offered on every ticket."""

    dependencies = [("accounts", "0004_decisions_about_teams_are_noticed")]

    operations = [
        migrations.RunSQL(
            "CREATE OR REPLACE TRIGGER decided AFTER INSERT OR DELETE OR UPDATE OF name, preferences, is_active"
            " ON accounts_agent FOR EACH STATEMENT EXECUTE FUNCTION company_decided()",
            "CREATE OR REPLACE TRIGGER decided AFTER INSERT OR DELETE OR UPDATE OF preferences, is_active"
            " ON accounts_agent FOR EACH STATEMENT EXECUTE FUNCTION company_decided()",
        ),
    ]
