"""Read referrals: what was sent and what came of it, what arrived, and nothing of what is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Prefetch, Q, QuerySet, When

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.casework.access import referrals_received, referrals_sent
from wegnetz.casework.models import Referral, ReferralStep
from wegnetz.casework.openings import Letter, open_letter
from wegnetz.core.days import working_day
from wegnetz.participants.access import SEALED, logged_as, stands
from wegnetz.participants.models import Consent
from wegnetz.participants.openings import open_consent
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError
from wegnetz.rules.referrals import Status, waiting_days
from wegnetz.vault.selectors import key_of, keys_of

LETTERS_ON_A_PAGE = 25
FEEDBACK = "feedback"
SENT = "sent"
BEGUN, NOT_BEGUN = "begun", "not-begun"


@dataclass(frozen=True, slots=True)
class Line:
    """A referral in a list, with how long it has waited for an answer."""

    letter: Letter
    waiting: int


def _with_all(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    steps = ReferralStep.objects.select_related("organisation").order_by("taken_at")
    related = rows.select_related("organisation", "recipient", "offered_by", "consent")
    return related.prefetch_related(Prefetch("steps", queryset=steps))


@dataclass(frozen=True, slots=True)
class Letters:
    """A page of a list: what waits for an answer comes first, the longest waiting before the others; then the newest.

    `waiting` is how many wait in all.
    """

    lines: tuple[Line, ...]
    waiting: int
    page: Page[Referral]


def sent_letters(viewer: Viewer, *, today: date, page: str | int = 1) -> Letters:
    """What the viewer's organisation sent, after recording whose letters are shown."""
    # Of a sealed one, its sender is not told whether it waits: it must not stand among those that do.
    return _listed(viewer, referrals_sent(viewer), ~Q(secrecy=SEALED), today, page, "referrals sent")


def received_letters(viewer: Viewer, *, today: date, page: str | int = 1) -> Letters:
    """What arrived at the viewer's organisation, after recording whose letters are shown."""
    return _listed(viewer, referrals_received(viewer), Q(), today, page, "referrals received")


def _listed(
    viewer: Viewer, rows: QuerySet[Referral], told: Q, today: date, page: str | int, purpose: str
) -> Letters:  # fmt: skip
    waits = Q(told, status=Status.OFFERED, consent__withdrawn_at__isnull=True)
    order = (Case(When(waits, then=F("offered_on"))).asc(nulls_last=True), "-offered_at", "id")
    shown = Paginator(_with_all(rows).order_by(*order), LETTERS_ON_A_PAGE).get_page(page)
    lines = _lines(viewer, list(shown.object_list), today, purpose)
    return Letters(lines, rows.filter(waits).count() if lines else 0, shown)


def _lines(viewer: Viewer, found: list[Referral], today: date, purpose: str) -> tuple[Line, ...]:
    people = list(dict.fromkeys(row.person_id for row in found))
    if not people:
        return ()
    _record(viewer, "list", found, purpose)
    keys = keys_of(people)
    letters = [open_letter(keys[row.person_id], row, with_content=False) for row in found if row.person_id in keys]
    known = _as_known(viewer, letters)
    return tuple(Line(letter, waiting_days(letter.offered_on, letter.answered_on, today)) for letter in known)


def _record(viewer: Viewer, action: str, rows: Iterable[Referral], purpose: str) -> None:
    """What is about something sealed is recorded apart, so that colleagues are not shown it."""
    people: dict[str, list[UUID]] = {}
    for row in rows:
        people.setdefault(logged_as("referral", row.secrecy, row.sent_secrecy), []).append(row.person_id)
    for category, subjects in sorted(people.items()):
        record_reading(viewer.actor, action, subjects=subjects, category=f"name, {category}", purpose=purpose)


def received_letter(viewer: Viewer, referral: UUID) -> Letter:
    """An arrived letter with what travelled along, after recording it. Raises PersonNotFoundError."""
    row = _with_all(referrals_received(viewer)).filter(id=referral).first()
    if row is None:
        raise PersonNotFoundError
    _record(viewer, "view", [row], "referral received")
    return open_letter(key_of(row.person_id), row, with_content=True)


def sent_letter(viewer: Viewer, referral: UUID) -> Letter:
    """A sent letter with what travelled along, as far as its sender may know. Raises PersonNotFoundError."""
    row = _with_all(referrals_sent(viewer)).filter(id=referral).first()
    if row is None:
        raise PersonNotFoundError
    _record(viewer, "view", [row], "referral sent")
    return _as_known(viewer, [open_letter(key_of(row.person_id), row, with_content=True)])[0]


def letters_about(viewer: Viewer, person: OpenPerson) -> tuple[Letter, ...]:
    """The letters the viewer's organisation sent about a person whose page recorded "referral"."""
    rows = _with_all(referrals_sent(viewer).filter(person=person.id)).order_by("-offered_at")
    return tuple(_as_known(viewer, [open_letter(person.key, row, with_content=False) for row in rows]))


def _as_known(viewer: Viewer, letters: Iterable[Letter]) -> list[Letter]:
    """What the viewer may know of each letter: of a sealed one, its sender only that it went out.

    With the person's consent to feedback, the sender also learns whether it began. Nothing else ever comes back.
    """
    found = list(letters)
    told = _told(viewer, {letter.person for letter in found if _hidden(viewer, letter)})
    return [_veiled(letter, told) if _hidden(viewer, letter) else letter for letter in found]


def _told(viewer: Viewer, people: set[UUID]) -> set[tuple[UUID, str]]:
    """Of whom the viewer may learn whether it began, and at which organisation: the text of the consent names it."""
    if not people:
        return set()
    feedback = list(
        Consent.objects.filter(
            stands(working_day()), purpose=FEEDBACK, recipient=viewer.organisation, recorded_by=viewer.user,
            person__in=people,
        )
    )  # fmt: skip
    keys = keys_of({row.person_id for row in feedback})
    return {(row.person_id, open_consent(keys[row.person_id], row).about) for row in feedback if row.person_id in keys}


def _hidden(viewer: Viewer, letter: Letter) -> bool:
    return letter.secrecy == SEALED and letter.organisation == viewer.organisation


def _veiled(letter: Letter, told: set[tuple[UUID, str]]) -> Letter:
    status = SENT
    if (letter.person, letter.recipient_name) in told and letter.status != Status.OFFERED:
        status = BEGUN if letter.status in {Status.ACCEPTED, Status.DONE} else NOT_BEGUN
    own = tuple(step for step in letter.steps if step.status == Status.OFFERED)
    return replace(letter, status=status, steps=own, answered_on=None, done_on=None, withdrawn=False)
