"""The scopes once more, read plainly: one row after the other, in Python, with no query. What DESIGN and the
docstrings of the scopes say, and nothing taken from their code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from tests.isolation.world import World
from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.models import Draft, Plan, Referral
from wegnetz.participants.models import BreakGlass, Consent, Hold, Involvement, Person, Record, SecrecyRelease

DOES = {
    Role.CASE_MANAGER: "case-management", Role.COACH: "coaching", Role.TRAUMA_COACH: "trauma-coaching",
    Role.NETWORK_COORDINATOR: "networking",
}  # fmt: skip
LEADS = "case-management"
R = TypeVar("R", Hold, SecrecyRelease)


class Facts:
    """What holds whoever looks: which answers stand, and which doors are open."""

    def __init__(self, world: World, day: date, now: datetime) -> None:
        self.world, self.day, self.now = world, day, now
        self.answers: dict[tuple[object, ...], list[Consent]] = defaultdict(list)
        for consent in world.consents:
            self.answers[self.question(consent)].append(consent)
        self.consents = {consent.id: consent for consent in world.consents}
        self.open = [each for each in world.involvements if self.door_open(each)]
        self.open_of: dict[UUID, list[Involvement]] = defaultdict(list)
        for each in self.open:
            self.open_of[each.person_id].append(each)
        self.leads = {person.id: person.organisation_id for person in world.people}
        self.involvements = {each.id: each for each in world.involvements}
        self.at_work = {
            (each.user_id, each.organisation_id, DOES.get(Role(each.role))) for each in world.memberships
            if each.paused_on is None and each.ended_on is None
        }  # fmt: skip

    @staticmethod
    def question(consent: Consent) -> tuple[object, ...]:
        return consent.person_id, consent.purpose, consent.recipient_id, consent.function

    def is_yes(self, consent: Consent) -> bool:
        return consent.answer == "given" and consent.withdrawn_at is None

    def stands(self, consent: Consent) -> bool:
        return self.is_yes(consent) and (consent.until is None or consent.until >= self.day)

    def carries(self, consent: Consent, among: set[UUID] | None = None) -> bool:
        """A Yes that runs, or that ran out while a later Yes to the same question runs."""
        if not self.is_yes(consent):
            return False
        again = (
            other for other in self.answers[self.question(consent)]
            if self.stands(other) and (among is None or other.id in among)
        )  # fmt: skip
        return self.stands(consent) or any(again)

    def door_open(self, involvement: Involvement) -> bool:
        if involvement.ended_at is not None:
            return False
        return involvement.consent_id is None or self.carries(self.consents[involvement.consent_id])


@dataclass
class Plain:
    """What one viewer may see."""

    facts: Facts
    viewer: Viewer

    @property
    def does(self) -> str | None:
        return DOES.get(self.viewer.role)

    def ours(self, organisation: UUID) -> bool:
        return organisation == self.viewer.organisation

    # --- people ---

    def involvements(self) -> list[Involvement]:
        return [row for row in self.facts.open if self.ours(row.organisation_id) and row.function == self.does]

    def unattended(self) -> list[Involvement]:
        return [
            row for row in self.involvements()
            if (row.responsible_id, row.organisation_id, row.function) not in self.facts.at_work
        ]  # fmt: skip

    def open_involvements(self) -> list[Involvement]:
        if self.viewer.role != Role.LEAD:
            return []
        return [row for row in self.facts.open if self.ours(row.organisation_id) and row.secrecy == "open"]

    def broken_glasses(self) -> list[BreakGlass]:
        if self.viewer.role != Role.LEAD:
            return []
        return [
            glass for glass in self.facts.world.glasses
            if self.ours(glass.organisation_id) and glass.requested_by_id == self.viewer.user
            and glass.ends_at is not None and glass.ends_at > self.facts.now
        ]  # fmt: skip

    @cached_property
    def seen(self) -> set[UUID]:
        if self.viewer.role == Role.LEAD:
            return {glass.person_id for glass in self.broken_glasses()} & {
                row.person_id for row in self.open_involvements()
            }
        return {row.person_id for row in self.involvements()}

    def people(self) -> list[Person]:
        return [person for person in self.facts.world.people if person.id in self.seen]

    # --- answers ---

    def consents(self) -> list[Consent]:
        return [row for row in self.facts.world.consents if row.person_id in self.seen and self._knows(row)]

    def _knows(self, row: Consent) -> bool:
        we_asked, we_receive = self.ours(row.organisation_id), self.ours(row.recipient_id)
        if row.secrecy == row.asked_secrecy == "open" and (
            self.viewer.role == Role.CASE_MANAGER or we_asked or we_receive
        ):
            return True
        if we_receive and row.shown_to == self.does:
            return True
        wrote = row.recorded_by_id == self.viewer.user
        return we_asked and row.asked_in == self.does and (row.secrecy == "open" or wrote)

    def standing(self) -> list[Consent]:
        known = {row.id for row in self.consents()}
        return [row for row in self.facts.world.consents if self.facts.carries(row, known) or self._counts(row)]

    def _counts(self, row: Consent) -> bool:
        """One that was asked for a sealed function elsewhere counts until it is taken back where it was asked."""
        asked = row.secrecy == "sealed" and row.answer == "given" and row.recorded_by_id == self.viewer.user
        return asked and not self.ours(row.recipient_id) and row.withdrawn_in_id != self.viewer.organisation

    # --- who is involved ---

    def involved(self) -> list[Involvement]:
        return [row for row in self.facts.open if row.person_id in self.seen and self._may_know(row)]

    def _may_know(self, row: Involvement) -> bool:
        if self.ours(row.organisation_id) and row.function == self.does:
            return True
        if row.secrecy == "sealed" or (self.viewer.role != Role.CASE_MANAGER and row.function != LEADS):
            return False
        if row.consent_id is None or (row.function == LEADS and row.organisation_id == self.facts.leads[row.person_id]):
            return True
        openly = [
            answer for answer in self.facts.world.consents
            if answer.person_id == row.person_id and answer.recipient_id == row.organisation_id
            and answer.function == row.function and answer.asked_secrecy == "open" and self.facts.stands(answer)
        ]  # fmt: skip
        began_openly = self.facts.consents[row.consent_id].asked_secrecy == "open"
        return any(began_openly or answer.organisation_id == row.organisation_id for answer in openly)

    def in_function(self, rows: Iterable[R]) -> list[R]:
        return [
            row for row in rows
            if self.ours(row.organisation_id) and row.person_id in self.seen and self._is_ours(row)
        ]  # fmt: skip

    def _is_ours(self, row: Hold | SecrecyRelease) -> bool:
        if self.viewer.role == Role.LEAD:
            return any(
                each.person_id == row.person_id and each.function == row.function for each in self.open_involvements()
            )
        return row.function == self.does

    # --- glasses ---

    def to_confirm(self) -> list[BreakGlass]:
        if self.viewer.role not in {*DOES, Role.LEAD}:
            return []
        return [
            glass for glass in self.facts.world.glasses
            if self.ours(glass.organisation_id) and glass.requested_by_id != self.viewer.user
            and glass.confirmed_at is None and glass.refused_at is None
        ]  # fmt: skip

    def to_tell(self) -> list[BreakGlass]:
        return [
            glass for glass in self.facts.world.glasses
            if self.does and self.ours(glass.organisation_id) and glass.person_id in self.seen
            and glass.confirmed_at is not None and glass.told_on is None
        ]  # fmt: skip

    def all_glasses(self) -> list[BreakGlass]:
        if self.viewer.role != Role.LEAD:
            return []
        return [glass for glass in self.facts.world.glasses if self.ours(glass.organisation_id)]

    # --- records and letters ---

    def records(self, table: type[Record]) -> list[Record]:
        return [row for row in self.facts.world.records[table] if self._reads(row)]

    def _reads(self, row: Record) -> bool:
        involvement = self.facts.involvements[row.involvement_id]
        if row.person_id not in self.seen or not self.ours(row.organisation_id):
            return False
        if isinstance(row, Draft) and row.written_by_id != self.viewer.user:
            return False
        return involvement.secrecy == "open" if self.viewer.role == Role.LEAD else involvement.function == self.does

    def standing_records(self, table: type[Record]) -> list[Record]:
        return [row for row in self.records(table) if row.deleted_at is None]

    def shared(self, table: type[Record]) -> list[Record]:
        """Of who leads the way, in its leading function: to others, and to its own other functions."""
        return [row for row in self.facts.world.records[table] if row.deleted_at is None and self._is_shared(row)]

    def _is_shared(self, row: Record) -> bool:
        involvement = self.facts.involvements[row.involvement_id]
        if not self.does or row.person_id not in self.seen or involvement.secrecy == "sealed":
            return False
        leads = row.organisation_id == self.facts.leads[row.person_id] and involvement.function == LEADS
        return leads and not (self.ours(row.organisation_id) and self.does == LEADS)

    def shared_items(self, items: Iterable[Record]) -> list[Record]:
        plans = {plan.id for plan in self.shared(Plan)}
        return [item for item in items if item.deleted_at is None and item.plan_id in plans]  # type: ignore[attr-defined]

    def sent(self) -> list[Referral]:
        return [
            letter for letter in self.facts.world.referrals
            if self.does and letter.person_id in self.seen and self.ours(letter.organisation_id)
            and self.facts.involvements[letter.involvement_id].function == self.does
            and (letter.secrecy == "open" or letter.offered_by_id == self.viewer.user)
        ]  # fmt: skip

    def taken_up(self) -> list[Referral]:
        """Letters that were accepted, where the viewer may know that the work goes on."""
        at_work = {
            (row.person_id, row.organisation_id, row.function) for row in self.involved() if row.closed_on is None
        }  # fmt: skip
        return [
            letter for letter in self.sent()
            if letter.status == "accepted" and (letter.person_id, letter.recipient_id, letter.function) in at_work
        ]  # fmt: skip

    def received(self) -> list[Referral]:
        return [
            letter for letter in self.facts.world.referrals
            if self.does and self.ours(letter.recipient_id) and letter.function == self.does
            and self.facts.carries(self.facts.consents[letter.consent_id])
            and (letter.status == "offered"
                 or (letter.status in {"accepted", "done"} and letter.person_id in self.seen))
        ]  # fmt: skip
