"""A world at random: every row that the database allows, whether or not the services would ever write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.models import Membership, Organisation, User
from wegnetz.casework.models import Assessment, Draft, JournalEntry, Plan, PlanItem, Referral
from wegnetz.core.days import working_day
from wegnetz.participants.access import FUNCTIONS
from wegnetz.participants.models import BreakGlass, Consent, Hold, Involvement, Person, Record, SecrecyRelease
from wegnetz.programme.models import PackVersion

HOUSES = ("a", "b", "c")
KINDS = tuple(FUNCTIONS.values())
SECRECIES = ("open", "sealed")
LETTERS = ("offered", "accepted", "accepted", "accepted", "declined", "withdrawn", "done")
BOX = b"nothing that opens"
PSEUDONYM = "Niemand-"


@dataclass
class World:
    """Rows by kind. Nothing in it is about anybody."""

    houses: list[Organisation]
    users: dict[UUID, list[User]]
    memberships: list[Membership]
    people: list[Person] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    records: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))
    referrals: list[Referral] = field(default_factory=list)
    glasses: list[BreakGlass] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    releases: list[SecrecyRelease] = field(default_factory=list)

    def viewers(self) -> list[Viewer]:
        """Everybody in each role, in two of the three organisations."""
        return [
            Viewer(user.id, user.name, role, house.id, house.name, is_demo=False)
            for house in self.houses[:2]
            for user in self.users[house.id]
            for role in Role
        ]


class Maker:
    """Makes a world from a seed. Rows are saved in an order that no trigger refuses, and spoilt afterwards."""

    def __init__(self, seed: int, pack: PackVersion) -> None:
        self.chance, self.pack = Random(seed), pack
        self.day, self.now = working_day(), timezone.now()
        self.world = self._found()

    def _found(self) -> World:
        houses = [Organisation.objects.create(key=f"world-{key}", name=f"Haus {key}") for key in HOUSES]
        users = {
            house.id: [User.objects.create(email=f"{at}@{house.key}.example", name=f"{at} {house.key}") for at in "mn"]
            for house in houses
        }
        everybody = [user for each in users.values() for user in each]
        memberships = [
            Membership(user=user, organisation=house, role=role, began_on=self.day, paused_on=paused, ended_on=ended)
            for user in everybody for house in houses for role in Role
            for paused, ended in [self.chance.choice([(None, None), (None, None), (self.day, None), (None, self.day)])]
        ]  # fmt: skip
        Membership.objects.bulk_create(memberships)
        return World(houses, users, memberships)

    def make(self, people: int) -> World:
        for number in range(people):
            self._somebody(number)
        self._save()
        self._spoil()
        return self.world

    def _somebody(self, number: int) -> None:
        leading = self.chance.choice(self.world.houses)
        person = Person(
            organisation=leading, led_since=self.now, pseudonym=f"{PSEUDONYM}{number}", registered_on=self.day,
            registered_by=self._user(leading), name_box=BOX, contact_box=BOX,
        )  # fmt: skip
        self.world.people.append(person)
        for _ in range(self.chance.randrange(3)):
            self._consent(person, self.chance.choice(self.world.houses), self.chance.choice(["", *KINDS]))
        for house in self.world.houses:
            for function in KINDS:
                if self.chance.random() < (0.7 if house == leading else 0.45):
                    self._accompanies(person, house, function)
            self._glasses(person, house)

    def _user(self, house: Organisation) -> User:
        """Somebody who works there; now and then somebody who works elsewhere as well."""
        where = house if self.chance.random() < 0.8 else self.chance.choice(self.world.houses)
        return self.chance.choice(self.world.users[where.id])

    def _until(self) -> date | None:
        return self.chance.choice([None, *(self.day + timedelta(days) for days in (-1, -1, 0, 20))])

    def _consent(self, person: Person, recipient: Organisation, function: str, secrecy: str = "") -> Consent:
        asker = self.chance.choice(self.world.houses)
        consent = Consent(
            person=person, organisation=asker, asked_in=self.chance.choice(KINDS),
            asked_secrecy=self.chance.choice(SECRECIES), recipient=recipient,
            purpose=f"{function or 'speaking'}-{self.chance.randrange(2)}", function=function,
            shown_to=self.chance.choice((function, function, self.chance.choice(KINDS))),
            secrecy=secrecy or self.chance.choice(SECRECIES), answer=self.chance.choice(("given", "given", "refused")),
            pack=self.pack, wording=1, language="de", channel="in-person", given_on=self.day, until=self._until(),
            box=BOX, recorded_at=self.now, recorded_by=self._user(asker),
        )  # fmt: skip
        self.world.consents.append(consent)
        return consent

    def _accompanies(self, person: Person, house: Organisation, function: str) -> None:
        secrecy, consent = self.chance.choice(SECRECIES), None
        if self.chance.random() < 0.75:
            consent = self._consent(person, house, function, secrecy)
            consent.answer = "given"
            for _ in range(self.chance.randrange(4)):  # the same question, answered again
                other = self._consent(person, house, function, secrecy)
                other.purpose = consent.purpose
        involvement = Involvement(
            person=person, organisation=house, function=function, secrecy=secrecy, consent=consent,
            duty="" if consent else "duty", responsible=self._user(house), began_on=self.day,
            closed_on=self.chance.choice([None, None, self.day]),
        )  # fmt: skip
        self.world.involvements.append(involvement)
        self._writes(involvement)
        self._sends(involvement)
        common = {"person": person, "organisation": house, "function": function, "box": BOX}
        if self.chance.random() < 0.5:
            self.world.holds.append(Hold(**common, set_at=self.now, set_by=self._user(house), until=self.day))
        if self.chance.random() < 0.5:
            self.world.releases.append(
                SecrecyRelease(
                    **common,
                    given_on=self.day,
                    language="de",
                    channel="phone",
                    recorded_at=self.now,
                    recorded_by=self._user(house),
                )
            )

    def _writes(self, involvement: Involvement) -> None:
        def common(*, sealed: bool = True) -> dict[str, object]:
            deleted = self.now if self.chance.random() < 0.3 else None
            return {
                "person": involvement.person, "organisation": involvement.organisation, "involvement": involvement,
                "box": BOX, "written_at": self.now, "written_by": self._user(involvement.organisation),
                "deleted_at": deleted, **({"secrecy": involvement.secrecy} if sealed else {}),
            }  # fmt: skip

        plan = Plan(**common())
        self._write(plan)
        for _ in range(2):
            self._write(PlanItem(**common(), kind="goal", plan=plan))
        self._write(Assessment(**common(), taken_on=self.day))
        self._write(JournalEntry(**common(sealed=False), happened_at=self.now, kind="talk"))
        self._write(Draft(**common(sealed=False), form="journal"))

    def _write(self, record: Record) -> None:
        self.world.records[type(record)].append(record)

    def _sends(self, involvement: Involvement) -> None:
        """Letters on consents that name another organisation. No two wait for the same answer."""
        fitting = [
            consent for consent in self.world.consents
            if consent.person == involvement.person and consent.function
            and consent.recipient != involvement.organisation
        ]  # fmt: skip
        taken: set[tuple[UUID, str]] = set()
        for consent in self.chance.sample(fitting, min(len(fitting), 6)):
            status = self.chance.choice(LETTERS)
            question = (consent.recipient_id, consent.function)
            if status == "offered" and question in taken:
                continue
            taken.add(question)
            self.world.referrals.append(
                Referral(
                    person=involvement.person,
                    organisation=involvement.organisation,
                    involvement=involvement,
                    recipient=consent.recipient,
                    function=consent.function,
                    secrecy=consent.secrecy,
                    sent_secrecy=involvement.secrecy,
                    consent=consent,
                    status=status,
                    box=BOX,
                    offered_on=self.day,
                    offered_at=self.now,
                    offered_by=self._user(involvement.organisation),
                )
            )

    def _glasses(self, person: Person, house: Organisation) -> None:
        for _ in range(self.chance.randrange(3)):
            asks, other = self._user(house), self._user(house)
            if asks == other:  # the second person is another one
                continue
            glass = BreakGlass(
                person=person, organisation=house, box=BOX, requested_at=self.now, requested_by=asks,
                refused_at=self.chance.choice([None, None, self.now]),
                told_on=self.chance.choice([None, self.day]),
            )  # fmt: skip
            if self.chance.random() < 0.6:
                glass.confirmed_at, glass.confirmed_by = self.now, other
                glass.ends_at = self.now + timedelta(hours=self.chance.choice([-1, 1]))
            self.world.glasses.append(glass)

    def _save(self) -> None:
        world = self.world
        tables: list[Sequence[Model]] = [world.people, world.consents, world.involvements, *world.records.values()]
        for rows in [*tables, world.referrals, world.glasses, world.holds, world.releases]:
            type(rows[0])._default_manager.bulk_create(rows)

    def _spoil(self) -> None:
        """What happens later to an answer and to a door, also behind the back of what rests on it."""
        for consent in self.world.consents:
            if self.chance.random() < 0.2:
                consent.withdrawn_at, consent.withdrawn_on = self.now, self.day
                consent.withdrawn_in = self.chance.choice(self.world.houses)
                consent.withdrawn_by = self._user(consent.withdrawn_in)
        for involvement in self.world.involvements:
            if self.chance.random() < 0.2:
                involvement.ended_at, involvement.ended_on = self.now, self.day
            if involvement.consent and self.chance.random() < 0.3:
                involvement.consent = self._a_no_to(involvement.consent) or involvement.consent
        Consent.objects.bulk_update(
            self.world.consents, ["withdrawn_at", "withdrawn_on", "withdrawn_by", "withdrawn_in"]
        )
        Involvement.objects.bulk_update(self.world.involvements, ["ended_at", "ended_on", "consent"])

    def _a_no_to(self, consent: Consent) -> Consent | None:
        """What was answered is never changed; but a door may come to rest on a No to the same question."""
        parts = ("person_id", "recipient_id", "purpose", "function", "secrecy")
        return next(
            (
                other for other in self.world.consents
                if other.answer == "refused" and all(getattr(other, part) == getattr(consent, part) for part in parts)
            ),
            None,
        )  # fmt: skip
