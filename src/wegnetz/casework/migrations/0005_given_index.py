"""An index of what is given to an organisation, without the many rows that are not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_done_on")]
    operations = [
        migrations.RemoveIndex(model_name="planitem", name="casework_pl_assigne_2f7344_idx"),
        migrations.AddIndex(
            model_name="planitem",
            index=models.Index(
                condition=models.Q(assigned_to__isnull=False),
                fields=["assigned_to", "state"],
                name="given_to_an_organisation",
            ),
        ),
    ]
