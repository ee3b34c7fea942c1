"""Every kind of data about a person that is kept for a time, in the order in which it is deleted."""

from __future__ import annotations

from django.db.models import Exists, Model, OuterRef, Q

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
from wegnetz.network.models import Interests, Introduction, Invitation, Pairing, PersonMap, SharedMap
from wegnetz.participants.access import QUESTION
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

WITHIN = "involvement__function"


def _record(name: str, table: type[Model], retention: str = "", *, sealed: str = "") -> Kind:
    """What an organisation writes down within an involvement, as secret as that."""
    return Kind(
        name, table, "written_at", retention, sealed, "deleted_at", function=WITHIN, secrecy="involvement__secrecy"
    )  # fmt: skip


def _carrying(table: type[Model]) -> Q:
    """Consents on which rows of a table rest: the one that each names, and every later Yes that carries it on."""
    rows = table._default_manager
    named = Exists(rows.filter(consent=OuterRef("pk")))
    to_its_question = Exists(rows.filter(**{f"consent__{part}": OuterRef(part) for part in QUESTION}))
    return Q(named) | Q(to_its_question, answer="given", withdrawn_at__isnull=True)


# Drafts first, then what hangs on nothing; a plan takes its items along.
KINDS: tuple[Kind, ...] = (
    _record("drafts", Draft, "draft"),
    _record("journal", JournalEntry, "counselling-note", sealed="trauma-note"),
    _record("assessments", Assessment, "assessment"),
    _record("plan items", PlanItem, "plan"),
    _record("plans", Plan, "plan"),
    _record("appointments", Appointment, "appointment"),
    _record("documents", Document),
    _record("closings", Closing, "plan"),
    _record("introductions", Introduction, "plan"),
    _record("interests", Interests, "plan"),
    _record("invitations", Invitation, "appointment"),
    _record("pairings", Pairing, "plan"),
    _record("shared network maps", SharedMap, "plan"),
    Kind("network maps", PersonMap, "made_at", "plan", function=WITHIN, secrecy="involvement__secrecy"),
    Kind("referrals", Referral, "offered_at", "referral", function=WITHIN, secrecy="secrecy"),
    Kind("facts", FactRecord, "recorded_at", "status", led=True),
    Kind("decisions", StoredDecision, "decided_at", "status", led=True),
    Kind("releases", SecrecyRelease, "recorded_at", "consent", function="function", proof=True),
    Kind("involvements", Involvement, "ended_at", "consent", function="function", secrecy="secrecy", proof=True),
    Kind(
        "consents",
        Consent,
        "recorded_at",
        "consent",
        function="asked_in",
        secrecy="secrecy",
        proof=True,
        unless=_carrying(Involvement) | _carrying(Referral),
    ),
    Kind("break-glass", BreakGlass, "requested_at", "access-log", proof=True),
    Kind("holds", Hold, "set_at", "counselling-note", function="function", proof=True),
)
