import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

CONFIGURATIONS = """
CREATE TEXT SEARCH DICTIONARY tugon_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION tugon (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION tugon
    ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart WITH unaccent, tugon_stem;
CREATE TEXT SEARCH CONFIGURATION tugon_names (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION tugon_names
    ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart WITH unaccent, simple;
"""

UNDO = """
DROP TEXT SEARCH CONFIGURATION tugon_names;
DROP TEXT SEARCH CONFIGURATION tugon;
DROP TEXT SEARCH DICTIONARY tugon_stem;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("customers", "0001_initial"), ("tickets", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CONFIGURATIONS, UNDO),
        migrations.CreateModel(
            name="TicketEntry",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                (
                    "span",
                    models.IntegerField(db_comment="ticket number divided by WINDOW; part of the index"),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name="PersonEntry",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(
            """
            CREATE INDEX search_ticket_words ON search_ticketentry USING gin (span, words);
            CREATE INDEX search_person_words ON search_personentry USING gin (words);
            """,
            "DROP INDEX search_ticket_words; DROP INDEX search_person_words;",
        ),
    ]
