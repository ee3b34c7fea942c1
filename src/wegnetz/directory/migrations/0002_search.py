"""Offers are searched in the database: texts made ready, their words, and what each database needs to look them up."""

import django.db.models.deletion
from django.db import migrations, models

from wegnetz.core.extensions import ensure_extension

# Words are cut before they are stored: whatever is no space belongs to one, whichever letters SQLite knows.
WHOLE = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\""
ON_SQLITE = {
    "directory_search_texts": f"words, detail=none, {WHOLE}",
    "directory_search_gaps": f"gaps, detail=none, {WHOLE}",
    "directory_search_trigrams": "padded, detail=none, tokenize='trigram case_sensitive 1'",
}
ON_POSTGRESQL = (
    "ALTER TABLE directory_searchtext ADD COLUMN vector tsvector NOT NULL "
    "GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(title || ' ' || body, ' '), ''))) STORED",
    "CREATE INDEX directory_searchtext_vector ON directory_searchtext USING gin (vector)",
    "ALTER TABLE directory_searchword ADD COLUMN gap_vector tsvector NOT NULL "
    "GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(gaps, ' '), ''))) STORED",
    "CREATE INDEX directory_searchword_gap_vector ON directory_searchword USING gin (gap_vector)",
    "CREATE INDEX directory_searchword_trigrams ON directory_searchword USING gin (word gin_trgm_ops)",
)


def prepare(apps, schema_editor):
    """Before anything is made: whoever must ask a superuser first, starts again from where they were."""
    if schema_editor.connection.vendor == "postgresql":
        ensure_extension(schema_editor.connection, "pg_trgm")


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ON_POSTGRESQL:
            schema_editor.execute(statement)
        return
    for table, columns in ON_SQLITE.items():
        schema_editor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns})")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in ON_SQLITE:
            schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_contact_points")]
    operations = [
        migrations.RunPython(prepare, migrations.RunPython.noop),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=64, unique=True)),
                ("texts", models.IntegerField()),
                ("gaps", models.TextField()),
                ("trigrams", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.TextField()),
                ("length", models.PositiveIntegerField(db_index=True)),
                ("version", models.PositiveIntegerField()),
                ("point_version", models.PositiveIntegerField()),
                ("made", models.PositiveSmallIntegerField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("written", models.TextField()),
                ("parts", models.JSONField()),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="directory.offer"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("offer", "language"), name="each_text_once")],
            },
        ),
        migrations.RunPython(index, drop),
    ]
