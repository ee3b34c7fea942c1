"""The map of a person's own network, with the link that opens it, and what they show of it."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_invitations'),
        ('network', '0006_counted'),
        ('participants', '0004_withdrawn_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonMap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(max_length=64, unique=True)),
                ('key_box', models.BinaryField()),
                ('box', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('own_secret', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('involvement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.involvement')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'organisation'], name='network_per_person__bf54b7_idx')],
                'constraints': [models.UniqueConstraint(fields=('involvement',), name='one_map_for_each_involvement')],
            },
        ),
        migrations.CreateModel(
            name='SharedMap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('box', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(default=None, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('deleted_at', models.DateTimeField(default=None, null=True)),
                ('until', models.DateField(default=None, null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('involvement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.involvement')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.person')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'organisation'], name='network_sha_person__835779_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('involvement',), name='one_shared_map_each')],
            },
        ),
    ]
