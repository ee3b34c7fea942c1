"""Every kind of data about a person that is kept for a time, in the order in which it is deleted."""

from __future__ import annotations

from django.db.models import Q

from wegnetz.casework.models import (
    Appointment,
    Assessment,
    Closing,
    Document,
    Draft,
    JournalEntry,
    Plan,
    PlanItem,
    Referral,
)
from wegnetz.participants.models import (
    BreakGlass,
    Consent,
    FactRecord,
    Hold,
    Involvement,
    SecrecyRelease,
    StoredDecision,
)
from wegnetz.participants.selectors.retention import Kind

# Drafts first, then what hangs on nothing; a plan takes its items along.
KINDS: tuple[Kind, ...] = (
    Kind("drafts", Draft, "written_at", "draft", by_function=True),
    Kind("journal", JournalEntry, "written_at", "counselling-note", by_function=True),
    Kind("assessments", Assessment, "written_at", "assessment", by_function=True),
    Kind("plan items", PlanItem, "written_at", "plan", by_function=True),
    Kind("plans", Plan, "written_at", "plan", by_function=True),
    Kind("appointments", Appointment, "written_at", "appointment", by_function=True),
    Kind("documents", Document, "written_at", by_function=True),
    Kind("closings", Closing, "written_at", "plan", by_function=True),
    Kind("referrals", Referral, "offered_at", "referral", by_function=True),
    Kind("facts", FactRecord, "recorded_at", "status"),
    Kind("decisions", StoredDecision, "decided_at", "status"),
    Kind("releases", SecrecyRelease, "recorded_at", "consent", proof=True),
    Kind("involvements", Involvement, "ended_at", "consent", proof=True),
    Kind("consents", Consent, "recorded_at", "consent", proof=True, unless=Q(involvements__isnull=False)),
    Kind("break-glass", BreakGlass, "requested_at", "access-log", proof=True),
    Kind("holds", Hold, "set_at", "counselling-note", proof=True),
)
