from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Vector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shelf", models.CharField(max_length=40)),
                (
                    "key",
                    models.BigIntegerField(
                        db_comment="id of the thing, in whatever table the shelf stands for"
                    ),
                ),
                ("part", models.SmallIntegerField()),
                (
                    "model",
                    models.CharField(
                        db_comment="of the embedder: different models cannot be compared", max_length=100
                    ),
                ),
                ("numbers", models.BinaryField(db_comment="float16, little-endian, length 1")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shelf", "model", "key", "part"), name="meaning_part_once"
                    )
                ],
            },
        ),
    ]
