from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """The same name, whatever its letter case: a hint that two customers are one person."""

    dependencies = [("customers", "0001_initial")]

    operations = [
        migrations.AddIndex(model_name="customer", index=models.Index(Upper("name"), name="customer_name"))
    ]
