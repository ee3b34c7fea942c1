"""Since when the way is led by who leads now. Of whom is there already, nobody knows: every hand-over still counts."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_involvement")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="led_since",
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
    ]
