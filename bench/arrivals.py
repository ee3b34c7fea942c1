"""How people come: registered by who leads the way, and referred to others on a consent of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bench.papers import Way, moment
from bench.population import Synthetic
from bench.rows import Rows
from wegnetz.accounts.access import Viewer
from wegnetz.casework.boxes import referral_place, referral_step_place
from wegnetz.casework.models import Referral, ReferralStep
from wegnetz.core.boxes import seal_json
from wegnetz.participants.access import FUNCTIONS, logged_as, secrecy_of
from wegnetz.participants.boxes import Contact, Name, fact_to_plain
from wegnetz.participants.models import Consent, FactRecord, Involvement, Person
from wegnetz.participants.openings import place_of_consent, place_of_fact, seal_contact, seal_name
from wegnetz.programme.pack.model import Pack, number_on
from wegnetz.rules.consents import Answer, Channel, asked_again_on
from wegnetz.rules.facts import facts_on
from wegnetz.rules.referrals import Status

# A consent runs for a year: those who came earlier were asked again on this day.
ASKED_AGAIN = date(2021, 1, 11)


@dataclass(frozen=True, slots=True)
class Desk:
    """Registers and refers under a pack in force, as the services do it."""

    rows: Rows
    pack: Pack
    version: UUID

    def register(self, row: Person, person: Synthetic, key: bytes, *, by: Viewer, place: int) -> Way:
        """Somebody new with a consent, an involvement and their answers."""
        on = person.registered_on
        row.organisation_id, row.registered_by_id, row.registered_on = by.organisation, by.user, on
        row.led_since = moment(on)
        row.name_box = seal_name(key, row, name_of(person))
        row.contact_box = seal_contact(key, row, contact_of(person))
        self.rows.add(row)
        self.rows.note("register", "name, contact", subject=row.id, by=by, at=moment(on))
        consent = self.ask(row.id, key, "accompany", by.organisation, by=by, on=max(on, ASKED_AGAIN))
        involvement = self._involve(consent, by=by, on=on)
        for number, fact in enumerate(person.history, start=1):
            at = moment(on) + timedelta(minutes=number)
            record = FactRecord(
                person_id=row.id, organisation_id=by.organisation, recorded_at=at, recorded_by_id=by.user
            )
            record.box = seal_json(key, fact_to_plain(fact), place_of_fact(record))
            self.rows.add(record)
            self.rows.note("record", "facts", subject=row.id, by=by, at=at)
        return Way(involvement, key, by, place, on)

    def ask(self, person: UUID, key: bytes, purpose: str, recipient: UUID, *, by: Viewer, on: date) -> Consent:
        """A consent that was given."""
        asked = self.pack.purposes[purpose]
        months = number_on(self.pack.care.consent_months, on)
        consent = Consent(
            person_id=person, organisation_id=by.organisation, asked_in=FUNCTIONS[by.role],
            asked_secrecy=secrecy_of(FUNCTIONS[by.role], self.pack), recipient_id=recipient, purpose=purpose,
            function=asked.function, shown_to=asked.function, secrecy=self.pack.functions[asked.function].secrecy,
            answer=Answer.GIVEN,
            pack_id=self.version, wording=asked.wording_on(on), language="de", channel=Channel.IN_PERSON, given_on=on,
            until=asked_again_on(on, months), recorded_at=moment(on), recorded_by_id=by.user,
        )  # fmt: skip
        consent.box = seal_json(key, {"given_by": "", "witness": "", "about": ""}, place_of_consent(consent))
        category = logged_as("consent", consent.secrecy, consent.asked_secrecy)
        self.rows.note("record", category, subject=person, by=by, at=consent.recorded_at)
        return self.rows.add(consent)

    def _involve(self, consent: Consent, *, by: Viewer, on: date) -> Involvement:
        return self.rows.add(
            Involvement(
                person_id=consent.person_id, organisation_id=by.organisation, function=FUNCTIONS[by.role],
                secrecy=consent.secrecy, consent=consent, responsible_id=by.user, began_on=on,
            )
        )  # fmt: skip

    def refer(self, way: Way, consent: Consent, row: Person, person: Synthetic) -> Referral:
        """A letter to the recipient of a consent, with what the consent lets travel."""
        letter = Referral(
            person_id=row.id, organisation_id=way.by.organisation, involvement=way.involvement,
            recipient_id=consent.recipient_id, function=consent.function, secrecy=consent.secrecy, consent=consent,
            sent_secrecy=way.involvement.secrecy, offered_on=consent.given_on,
            offered_at=moment(consent.given_on, 10), offered_by_id=way.by.user,
        )  # fmt: skip
        parts = self._travels(person, consent)
        content = {
            "message": "Bitte nehmen Sie bald Kontakt auf.", "pseudonym": row.pseudonym, "travels": list(parts),
            "content": parts,
        }  # fmt: skip
        place = referral_place(letter.id, row.id, letter.organisation_id, letter.recipient_id)
        letter.box = seal_json(way.key, content, place)
        self.rows.add(letter)
        self._step(letter, Status.OFFERED, key=way.key, by=way.by)
        return letter

    def _travels(self, person: Synthetic, consent: Consent) -> Mapping[str, Any]:
        facts = facts_on(person.history, consent.given_on).values()
        parts = {
            "name": asdict(name_of(person)), "contact": asdict(contact_of(person)),
            "facts": [fact_to_plain(fact) for fact in facts], "plan": [],
        }  # fmt: skip
        return {category: parts[category] for category in self.pack.purposes[consent.purpose].categories}

    def accept(self, letter: Referral, *, key: bytes, by: Viewer, place: int) -> Way:
        """The recipient says yes, and the door that the consent names opens."""
        letter.status, letter.answered_on = Status.ACCEPTED, letter.offered_on
        self._step(letter, Status.ACCEPTED, key=key, by=by)
        involvement = self._involve(letter.consent, by=by, on=letter.offered_on)
        at = moment(letter.offered_on, 11)
        self.rows.note("begin", "involvement", subject=letter.person_id, by=by, at=at)
        return Way(involvement, key, by, place, letter.offered_on)

    def _step(self, letter: Referral, status: Status, *, key: bytes, by: Viewer) -> None:
        at = moment(letter.offered_on, 10 if status is Status.OFFERED else 11)
        step = ReferralStep(
            referral=letter, organisation_id=by.organisation, status=status, taken_at=at, taken_by_id=by.user
        )
        sealed_at = referral_step_place(step.id, letter.id, by.organisation, status)
        step.box = seal_json(key, {"reason": "", "note": ""}, sealed_at)
        self.rows.add(step)
        category = logged_as("referral", letter.secrecy, letter.sent_secrecy)
        self.rows.note(status, category, subject=letter.person_id, by=by, at=at)


def name_of(person: Synthetic) -> Name:
    return Name(full=person.full, called=person.called)


def contact_of(person: Synthetic) -> Contact:
    return Contact(phone=person.phone, language=person.language, note=person.note)
