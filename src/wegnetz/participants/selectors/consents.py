"""What a person answered when asked, and whom they released from secrecy, as far as the viewer may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from wegnetz.accounts.access import Role, Viewer
from wegnetz.core.days import working_day
from wegnetz.participants.access import (
    FUNCTIONS,
    QUESTION,
    SEALED,
    consents_in_scope,
    function_of,
    involvements_in_scope,
    releases_in_scope,
)
from wegnetz.participants.models import Consent, SecrecyRelease
from wegnetz.participants.openings import Released, Said, open_consent, open_release
from wegnetz.participants.selectors.involved import UnrecordedError
from wegnetz.participants.selectors.people import OpenPerson
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.consents import Answer


class State(StrEnum):
    """How an answer stands today. `REPLACED`: the person answered the same question again."""

    STANDING = "standing"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One answer: what was asked (`pack` and `wording` name the text), by whom, for whom, and how it stands.

    `organisation` wrote it down and `recipient` may see; `withdrawn_on` is empty unless the viewer may know of it.
    `carries`: the viewer's own accompaniment rests on the question, and ends with the answer.
    """

    id: UUID
    purpose: str
    function: str
    organisation: str
    recipient: UUID
    recipient_name: str
    state: State
    secrecy: str
    pack: UUID
    wording: int
    language: str
    channel: str
    given_on: date
    until: date | None
    said: Said
    recorded_by: str
    withdrawn_on: date | None
    withdrawn_channel: str
    own: bool
    carries: bool


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release from professional secrecy."""

    id: UUID
    released: Released
    language: str
    channel: str
    given_on: date
    until: date | None
    recorded_by: str
    withdrawn_on: date | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None and (self.until is None or self.until >= working_day())


def consents_of(viewer: Viewer, person: OpenPerson) -> tuple[ConsentLine, ...]:
    """Every answer the viewer may know of, the newest first. The page recorded "consent"."""
    if "consent" not in person.recorded:
        raise UnrecordedError("consent")
    resting = involvements_in_scope(viewer).filter(**{f"consent__{part}": OuterRef(part) for part in QUESTION})
    rows = consents_in_scope(viewer).filter(person=person.id).annotate(carries=Exists(resting))
    rows = rows.select_related("organisation", "recipient", "recorded_by")
    newest: dict[tuple[str, UUID, str], State] = {}
    lines = []
    for row in rows.order_by("-recorded_at", "id"):
        said = open_consent(person.key, row)
        question = (row.purpose, row.recipient_id, said.about)
        state = _state(viewer, row, newer=newest.get(question))
        lines.append(_line(viewer, row, said, state, carries=row.carries))
        # A later Yes may run out before an earlier one, on which a door then still rests.
        if newest.get(question, State.OVER) is State.OVER:
            newest[question] = state
    return tuple(lines)


def _state(viewer: Viewer, row: Consent, *, newer: State | None) -> State:
    over = row.until is not None and row.until < working_day()
    stands = row.answer == Answer.GIVEN and not over
    if row.withdrawn_at is not None and not _is_hidden(viewer, row):
        return State.WITHDRAWN
    if newer is not None and not (newer is State.OVER and stands):
        return State.REPLACED
    if row.answer == Answer.REFUSED:
        return State.REFUSED
    return State.OVER if over else State.STANDING


def _is_hidden(viewer: Viewer, row: Consent) -> bool:
    """Whether the viewer must not learn that it was taken back: what was sealed and ended at the other end."""
    asked = row.secrecy == SEALED and row.recipient_id != viewer.organisation
    return asked and row.withdrawn_in_id != viewer.organisation


def _line(viewer: Viewer, row: Consent, said: Said, state: State, *, carries: bool) -> ConsentLine:
    withdrawn = state is State.WITHDRAWN
    return ConsentLine(
        row.id, row.purpose, row.function, row.organisation.name, row.recipient_id, row.recipient.name, state,
        row.secrecy, row.pack_id, row.wording, row.language, row.channel, row.given_on, row.until, said,
        row.recorded_by.name, row.withdrawn_on if withdrawn else None, row.withdrawn_channel if withdrawn else "",
        own=row.recipient_id == viewer.organisation and row.shown_to == function_of(viewer), carries=carries,
    )  # fmt: skip


def releases_of(viewer: Viewer, person: OpenPerson) -> tuple[ReleaseLine, ...]:
    """The releases that were written down in the viewer's function, the newest first.

    The page recorded "release from secrecy".
    """
    if "release from secrecy" not in person.recorded:
        raise UnrecordedError("release from secrecy")
    rows = releases_in_scope(viewer).filter(person=person.id).select_related("recorded_by").order_by("-recorded_at")
    return tuple(_release(row, open_release(person.key, row)) for row in rows)


def _release(row: SecrecyRelease, released: Released) -> ReleaseLine:
    return ReleaseLine(
        row.id, released, row.language, row.channel, row.given_on, row.until, row.recorded_by.name, row.withdrawn_on
    )  # fmt: skip


def sealed_functions(pack: Pack) -> frozenset[str]:
    """The functions of which nobody outside them may know."""
    return frozenset(card.id for card in pack.functions.values() if card.secrecy == SEALED)


def sealed_roles(pack: Pack, viewer: Viewer) -> frozenset[Role]:
    """The roles whose work the viewer is not told of, also in the own organisation."""
    return frozenset(role for role, function in FUNCTIONS.items() if function in sealed_functions(pack)) - {viewer.role}
