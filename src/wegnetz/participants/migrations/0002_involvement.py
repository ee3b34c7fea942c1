"""People are accompanied on a ground: consents, involvements and what belongs to them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def nobody_is_left_behind(apps, schema_editor):
    """Nobody who was registered before consents were recorded has one, and none can be made up for them."""
    if apps.get_model("participants", "Person").objects.exists():
        raise RuntimeError(
            "This data folder comes from an earlier stage of development, without consents. Nothing was changed. "
            "Start with a new folder: set WEGNETZ_DATA, or move the folder away."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_staff'),
        ('participants', '0001_people'),
        ('programme', '0001_packs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(nobody_is_left_behind, migrations.RunPython.noop),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('box', models.BinaryField()),
                ('requested_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(default=None, null=True)),
                ('refused_at', models.DateTimeField(default=None, null=True)),
                ('ends_at', models.DateTimeField(default=None, null=True)),
                ('told_on', models.DateField(default=None, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_in', models.SlugField(max_length=40)),
                ('asked_secrecy', models.CharField(max_length=10)),
                ('purpose', models.SlugField(max_length=60)),
                ('function', models.SlugField(default='', max_length=40)),
                ('shown_to', models.SlugField(default='', max_length=40)),
                ('secrecy', models.CharField(max_length=10)),
                ('answer', models.CharField(max_length=10)),
                ('wording', models.PositiveIntegerField()),
                ('language', models.CharField(max_length=8)),
                ('channel', models.CharField(max_length=20)),
                ('given_on', models.DateField()),
                ('until', models.DateField(default=None, null=True)),
                ('box', models.BinaryField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_on', models.DateField(default=None, null=True)),
                ('withdrawn_at', models.DateTimeField(default=None, null=True)),
                ('withdrawn_channel', models.CharField(default='', max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('box', models.BinaryField()),
                ('function', models.SlugField(max_length=40)),
                ('set_at', models.DateTimeField()),
                ('until', models.DateField()),
                ('lifted_on', models.DateField(default=None, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.SlugField(max_length=40)),
                ('secrecy', models.CharField(max_length=10)),
                ('duty', models.SlugField(default='', max_length=60)),
                ('began_on', models.DateField()),
                ('closed_on', models.DateField(default=None, null=True)),
                ('ended_on', models.DateField(default=None, null=True)),
                ('ended_at', models.DateTimeField(default=None, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('kind', models.CharField(max_length=40)),
                ('function', models.SlugField(max_length=40)),
                ('secrecy', models.CharField(max_length=10)),
                ('soon', models.PositiveIntegerField()),
                ('deleted', models.PositiveIntegerField()),
                ('overdue', models.PositiveIntegerField()),
                ('reported_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SecrecyRelease',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.SlugField(max_length=40)),
                ('given_on', models.DateField()),
                ('until', models.DateField(default=None, null=True)),
                ('language', models.CharField(max_length=8)),
                ('channel', models.CharField(max_length=20)),
                ('box', models.BinaryField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_on', models.DateField(default=None, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='participant_organis_f81264_idx',
        ),
        migrations.RemoveField(
            model_name='person',
            name='case_manager',
        ),
        migrations.AddField(
            model_name='factrecord',
            name='organisation',
            field=models.ForeignKey(default='00000000-0000-0000-0000-000000000000', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='storeddecision',
            name='organisation',
            field=models.ForeignKey(default='00000000-0000-0000-0000-000000000000', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='singlecasedecision',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='single_cases', to='participants.storeddecision'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.person'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='told_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='consent',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.packversion'),
        ),
        migrations.AddField(
            model_name='consent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='participants.person'),
        ),
        migrations.AddField(
            model_name='consent',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='consent',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='hold',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.person'),
        ),
        migrations.AddField(
            model_name='hold',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='involvement',
            name='consent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='participants.consent'),
        ),
        migrations.AddField(
            model_name='involvement',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='involvement',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='participants.person'),
        ),
        migrations.AddField(
            model_name='involvement',
            name='responsible',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionreport',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='secrecyrelease',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='secrecyrelease',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='participants.person'),
        ),
        migrations.AddField(
            model_name='secrecyrelease',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('requested_by')), _negated=True), _connector='OR'), name='the_second_person_is_another'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('ends_at__isnull', True)), models.Q(('confirmed_at__isnull', False), ('ends_at__isnull', False)), _connector='OR'), name='an_open_glass_has_an_end'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['person', 'recipient'], name='participant_person__2d4003_idx'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='a_withdrawal_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['given', 'refused'])), name='answers_to_a_consent'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(fields=['organisation', 'function', 'ended_at'], name='participant_organis_3157a5_idx'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent__isnull', False), ('duty', '')), models.Q(('consent__isnull', True), models.Q(('duty', ''), _negated=True)), _connector='OR'), name='no_involvement_without_consent_or_duty'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'organisation', 'function'), name='one_involvement_for_each_function'),
        ),
        migrations.AddConstraint(
            model_name='retentionreport',
            constraint=models.UniqueConstraint(fields=('organisation', 'on', 'kind', 'function', 'secrecy'), name='one_report_for_each_kind_and_day'),
        ),
    ]
