"""The same wish stands on the list once, however it is written: "Straße fegen" and "STRASSE FEGEN"."""

from django.db import migrations, models


def fold(apps, schema_editor):
    """Where it stands there twice by now, the older row is said as often as both, and keeps its month."""
    gaps = apps.get_model("network", "Gap").objects
    standing = {}
    for gap in gaps.exclude(wish="").order_by("month", "id"):
        gap.folded = gap.wish.casefold()
        first = standing.setdefault(gap.folded, gap) if gap.state == "open" else gap
        if first is not gap:
            first.during += gap.during
            gap.delete()
        first.save()


class Migration(migrations.Migration):
    dependencies = [("network", "0003_gaps")]
    operations = [
        migrations.RemoveConstraint("gap", "each_missing_wish_once"),
        migrations.RemoveConstraint("gap", "an_interest_or_a_wish"),
        migrations.AddField("gap", "folded", models.CharField(default="", max_length=600)),
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AddConstraint(
            "gap",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concept", ""), models.Q(("wish", ""), _negated=True), models.Q(("folded", ""), _negated=True)),
                    models.Q(models.Q(("concept", ""), _negated=True), ("wish", ""), ("folded", "")),
                    _connector="OR",
                ),
                name="an_interest_or_a_wish",
            ),
        ),
        migrations.AddConstraint(
            "gap",
            models.UniqueConstraint(
                fields=["folded"],
                condition=models.Q(("state", "open"), models.Q(("folded", ""), _negated=True)),
                name="each_missing_wish_once",
            ),
        ),
    ]
