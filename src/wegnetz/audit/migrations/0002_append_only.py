"""The database itself refuses to change or delete an event."""

from django.db import migrations

TABLES = ("audit_event", "audit_eventsubject")


def acts(vendor):
    return ("UPDATE", "DELETE") if vendor == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")


def protect(apps, schema_editor):
    for table in TABLES:
        for act in acts(schema_editor.connection.vendor):
            name = f"{table}_no_{act.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
                )


def function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit only grows'; END $$"
        )


def release(apps, schema_editor):
    for table in TABLES:
        for act in acts(schema_editor.connection.vendor):
            on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {table}_no_{act.lower()}{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_only_grows()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_events")]
    operations = [
        migrations.RunPython(function, migrations.RunPython.noop),
        migrations.RunPython(protect, release),
    ]
