"""Events can be forgotten, from the oldest on and in no other way. Heads are witnessed. Subjects know the organisation.

Whoever forgets first appends the act that says through which place. While that act is the newest event of its chain,
the events through that place may be emptied, and the subjects of emptied events may go. All else is still refused.
"""

from django.db import migrations, models
from django.db.models import Q

# --- SQLite: a table that is changed is made anew, without its triggers; so all of them are made here -------------

REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
SQLITE = {
    "audit_event_no_delete": f"BEFORE DELETE ON audit_event {REFUSE}",
    "audit_event_no_update": f"""
        BEFORE UPDATE ON audit_event WHEN NOT (
            NEW.id IS OLD.id AND NEW.organisation IS OLD.organisation AND NEW.sequence IS OLD.sequence
            AND NEW.leaf IS OLD.leaf AND NEW.link IS OLD.link
            AND NEW.salt IS NULL AND NEW.at IS NULL AND NEW.actor IS NULL
            AND NEW.actor_role IS '' AND NEW.action IS '' AND NEW.category IS '' AND NEW.purpose IS ''
            AND EXISTS (
                SELECT 1 FROM (
                    SELECT sequence, action, purpose FROM audit_event
                    WHERE organisation = OLD.organisation ORDER BY sequence DESC LIMIT 1
                ) AS newest
                WHERE newest.action = 'forget' AND newest.sequence > OLD.sequence
                AND CAST(newest.purpose AS INTEGER) >= OLD.sequence
            )
        ) {REFUSE}""",
    "audit_eventsubject_no_update": f"BEFORE UPDATE ON audit_eventsubject {REFUSE}",
    "audit_eventsubject_no_delete": f"""
        BEFORE DELETE ON audit_eventsubject
        WHEN NOT EXISTS (SELECT 1 FROM audit_event WHERE id = OLD.event_id AND salt IS NULL) {REFUSE}""",
    "audit_eventsubject_together": """
        BEFORE INSERT ON audit_eventsubject
        WHEN NOT EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.event_id AND organisation = NEW.organisation)
        BEGIN SELECT RAISE(ABORT, 'a subject belongs to the organisation of its event'); END""",
    "audit_witnessedentry_no_update": f"BEFORE UPDATE ON audit_witnessedentry {REFUSE}",
    "audit_witnessedentry_no_delete": f"BEFORE DELETE ON audit_witnessedentry {REFUSE}",
}

# --- PostgreSQL: what 0002 made stays, but for the two triggers that must let forgetting through ------------------

ONLY_FORGETS = """
    CREATE FUNCTION audit_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        newest record;
    BEGIN
        SELECT sequence, action, purpose INTO newest FROM audit_event
        WHERE organisation = OLD.organisation ORDER BY sequence DESC LIMIT 1;
        IF (NEW.id, NEW.organisation, NEW.sequence, NEW.leaf, NEW.link)
            IS NOT DISTINCT FROM (OLD.id, OLD.organisation, OLD.sequence, OLD.leaf, OLD.link)
            AND NEW.salt IS NULL AND NEW.at IS NULL AND NEW.actor IS NULL
            AND (NEW.actor_role, NEW.action, NEW.category, NEW.purpose) IS NOT DISTINCT FROM ('', '', '', '')
            AND newest.action = 'forget' AND newest.sequence > OLD.sequence
        THEN
            IF substring(newest.purpose from '^[0-9]{1,18}')::bigint >= OLD.sequence THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'the audit only grows';
    END $$"""
ONLY_OF_FORGOTTEN = """
    CREATE FUNCTION audit_only_of_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM audit_event WHERE id = OLD.event_id AND salt IS NULL) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the audit only grows';
    END $$"""
STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
POSTGRESQL = [
    ONLY_FORGETS,
    ONLY_OF_FORGOTTEN,
    "DROP TRIGGER audit_event_no_update ON audit_event",
    "DROP TRIGGER audit_eventsubject_no_delete ON audit_eventsubject",
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_only_forgets()",
    "CREATE TRIGGER audit_eventsubject_no_delete BEFORE DELETE ON audit_eventsubject "
    "FOR EACH ROW EXECUTE FUNCTION audit_only_of_forgotten()",
    *(
        f"CREATE TRIGGER audit_witnessedentry_no_{act.lower()} BEFORE {act} ON audit_witnessedentry {STATEMENT}"
        for act in ("UPDATE", "DELETE", "TRUNCATE")
    ),
    "CREATE UNIQUE INDEX audit_event_id_organisation_unique ON audit_event (id, organisation)",
    "ALTER TABLE audit_eventsubject ADD CONSTRAINT audit_eventsubject_event_id_together "
    "FOREIGN KEY (event_id, organisation) REFERENCES audit_event (id, organisation)",
]

FILL = "UPDATE audit_eventsubject SET organisation = (SELECT e.organisation FROM audit_event e WHERE e.id = event_id)"


def fill(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_eventsubject_no_update")
        schema_editor.execute(FILL)
    else:
        schema_editor.execute("ALTER TABLE audit_eventsubject DISABLE TRIGGER audit_eventsubject_no_update")
        schema_editor.execute(FILL)
        schema_editor.execute("ALTER TABLE audit_eventsubject ENABLE TRIGGER audit_eventsubject_no_update")


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, rest in SQLITE.items():
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(f"CREATE TRIGGER {name} {rest}")
    else:
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("eventsubject", "organisation", models.UUIDField(null=True)),
        migrations.RunPython(fill),
        migrations.AlterField("eventsubject", "organisation", models.UUIDField()),
        migrations.AlterField("event", "at", models.DateTimeField(null=True)),
        migrations.AlterField("event", "salt", models.BinaryField(null=True)),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=Q(salt__isnull=False, at__isnull=False)
                | Q(salt=None, at=None, actor=None, actor_role="", action="", category="", purpose=""),
                name="an_event_is_there_or_forgotten_whole",
            ),
        ),
        migrations.CreateModel(
            "WitnessedEntry",
            [
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.RunPython(protect),
    ]
