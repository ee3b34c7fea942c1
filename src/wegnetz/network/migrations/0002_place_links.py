"""Links to the own pages of contact points, who is announced there, and what the places say."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_invitations'),
        ('directory', '0001_contact_points'),
        ('network', '0001_interests_and_introductions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='introduction',
            name='said_box',
            field=models.BinaryField(default=None, null=True),
        ),
        migrations.AddField(
            model_name='introduction',
            name='said_waits',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('shelf', models.CharField(max_length=64)),
                ('box', models.BinaryField()),
                ('until', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['shelf'], name='network_ann_shelf_9796cd_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlaceLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(max_length=64, unique=True)),
                ('public', models.BinaryField()),
                ('private', models.BinaryField()),
                ('address', models.CharField(default='', max_length=254)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateField()),
                ('revoked_at', models.DateTimeField(default=None, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.contactpoint')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('point',), name='one_link_to_the_page_of_a_place'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), ('private', b''), _connector='OR'), name='a_revoked_link_opens_nothing')],
            },
        ),
    ]
