"""Which jobs run by themselves, and how often. The worker keeps to it; no cron is needed."""

from __future__ import annotations

from datetime import timedelta

from wegnetz.accounts.tasks import clear_sessions, forget_invitations, prune_jobs
from wegnetz.audit.tasks import check_audit, sign_heads
from wegnetz.casework.tasks import send_reminders
from wegnetz.core.jobs import EveryDayAt, Schedule
from wegnetz.core.tasks import count_rows
from wegnetz.desk.tasks import ask_to_confirm_places
from wegnetz.directory.tasks import check_search, forget_imports, forget_past_weeks, resume_imports
from wegnetz.network.tasks import (
    forget_announcements,
    forget_evenings,
    forget_gaps,
    forget_pairings,
    forget_shared_maps,
)
from wegnetz.participants.tasks import check_replay, delete_what_is_due, forget_old_events
from wegnetz.portal.tasks import tell_of_workshops

MORNING = 6  # mails are there before the working day begins

SCHEDULE: Schedule = (
    (clear_sessions, timedelta(days=1)),
    (prune_jobs, timedelta(days=1)),
    (count_rows, timedelta(days=1)),
    (forget_invitations, timedelta(days=1)),
    (forget_imports, timedelta(days=1)),
    (check_search, timedelta(days=1)),
    (resume_imports, timedelta(minutes=2)),
    (forget_past_weeks, timedelta(days=1)),
    (forget_announcements, timedelta(days=1)),
    (forget_gaps, timedelta(days=1)),
    (forget_evenings, timedelta(days=1)),
    (forget_pairings, timedelta(days=1)),
    (forget_shared_maps, timedelta(days=1)),
    (check_replay, timedelta(days=1)),
    (sign_heads, timedelta(minutes=5)),
    (check_audit, timedelta(days=1)),
    (delete_what_is_due, timedelta(days=1)),
    (forget_old_events, timedelta(days=1)),
    (send_reminders, EveryDayAt(MORNING)),
    (ask_to_confirm_places, EveryDayAt(MORNING)),
    (tell_of_workshops, timedelta(minutes=10)),
)
