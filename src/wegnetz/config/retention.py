"""Every kind of data about a person that is kept for a time, in the order in which it is deleted."""

from __future__ import annotations

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

KINDS: tuple[Kind, ...] = (
    Kind("facts", FactRecord, "recorded_at", "status"),
    Kind("decisions", StoredDecision, "decided_at", "status"),
    Kind("releases", SecrecyRelease, "recorded_at", "consent", proof=True),
    Kind("consents", Consent, "recorded_at", "consent", proof=True),
    Kind("involvements", Involvement, "ended_at", "consent", proof=True),
    Kind("break-glass", BreakGlass, "requested_at", "access-log", proof=True),
    Kind("holds", Hold, "set_at", "counselling-note", proof=True),
)
