"""A name for the state of everything that public help pages show; it changes with each of the rows below."""

from django.db import migrations

MAKE = """
CREATE TABLE portal_help_revision (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), name uuid NOT NULL);
INSERT INTO portal_help_revision (name) VALUES (gen_random_uuid());
CREATE FUNCTION portal_help_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portal_help_revision (name) VALUES (gen_random_uuid())
  ON CONFLICT (only_row) DO UPDATE SET name = excluded.name;
  RETURN NULL;
END $$;
"""
UNMAKE = "DROP TABLE portal_help_revision; DROP FUNCTION portal_help_changed();"

# Columns are named where others of the table change without a reader seeing it: an editor saves drafts every second.
WATCHED = {
    "company_setting": (),
    "company_logo": (),
    "customers_audience": (),
    "facts_fact": (),
    "facts_factvalue": (),
    "helpcenter_category": (),
    "helpcenter_category_audiences": (),
    "helpcenter_section": (),
    "helpcenter_article": (
        "section_id",
        "kind",
        "visibility",
        "position",
        "archived_at",
        "reviewed_at",
        "terms",
    ),
    "helpcenter_article_audiences": (),
    "helpcenter_article_plans": (),
    "helpcenter_translation": ("published_id", "slug", "title", "summary", "published_at", "made_from_id"),
    "helpcenter_redirect": (),
    "helpcenter_notice": (),
    "helpcenter_notice_audiences": (),
}


def watch(table, columns):
    updates = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return migrations.RunSQL(
        f"CREATE TRIGGER help_changed AFTER INSERT OR DELETE OR {updates} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_help_changed()",
        f"DROP TRIGGER help_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_sign_ins_are_asked_for_by_letter"),
        ("company", "0001_first_settings"),
        ("customers", "0001_initial"),
        ("facts", "0001_keep_facts_and_their_values"),
        ("helpcenter", "0001_categories_hold_sections_and_sections_articles"),
    ]

    operations = [
        migrations.RunSQL(MAKE, UNMAKE),
        *(watch(table, columns) for table, columns in WATCHED.items()),
    ]
