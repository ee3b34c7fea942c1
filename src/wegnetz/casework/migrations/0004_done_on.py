"""The day on which the work that a letter asked for was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_who_deleted")]
    operations = [
        migrations.AddField(
            model_name="referral", name="done_on", field=models.DateField(default=None, null=True)
        ),
    ]
