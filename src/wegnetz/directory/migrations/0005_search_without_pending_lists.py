"""What is new is put into the indexes of the search at once, not on a list that every search then reads through."""

from django.db import migrations

INDEXES = (
    "directory_searchtext_vector",
    "directory_searchword_gap_vector",
    "directory_searchword_trigrams",
)


def index_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
            schema_editor.execute(f"SELECT gin_clean_pending_list('{index}')")


def index_later(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"ALTER INDEX {index} RESET (fastupdate)")


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_confirmation_mails")]
    operations = [migrations.RunPython(index_at_once, index_later)]
