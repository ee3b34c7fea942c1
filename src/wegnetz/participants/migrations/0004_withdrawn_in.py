"""Where a person said that they take a consent back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

WHOLE = ("withdrawn_at", "withdrawn_by", "withdrawn_in", "withdrawn_on")


def where_it_was_said(apps, schema_editor):
    """Nothing says it of those that are there: with who asked, where who wrote them down did, and else with the other."""
    if schema_editor.connection.vendor == "postgresql":
        # For the owner of the table; it is forced again right after all migrations.
        schema_editor.execute("ALTER TABLE participants_consent NO FORCE ROW LEVEL SECURITY")
    withdrawn = apps.get_model("participants", "Consent").objects.filter(withdrawn_at__isnull=False)
    withdrawn.filter(withdrawn_by=F("recorded_by")).update(withdrawn_in=F("organisation"))
    withdrawn.filter(withdrawn_in__isnull=True).update(withdrawn_in=F("recipient"))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invitations"), ("participants", "0003_led_since")]
    operations = [
        migrations.AddField(
            model_name="consent",
            name="withdrawn_in",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.RunPython(where_it_was_said, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="consent", name="a_withdrawal_is_whole"),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                name="a_withdrawal_is_whole",
                condition=Q(**{f"{column}__isnull": True for column in WHOLE})
                | Q(**{f"{column}__isnull": False for column in WHOLE}),
            ),
        ),
    ]
