"""One event names everything a page showed of a person, which takes more room.

SQLite keeps no such length, and making its table anew would lose the triggers.
"""

from django.db import migrations, models


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE audit_event ALTER COLUMN category TYPE varchar(200)")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_forgetting_and_witness")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("event", "category", models.CharField(max_length=200)),
            ],
            database_operations=[migrations.RunPython(widen, migrations.RunPython.noop)],
        )
    ]
