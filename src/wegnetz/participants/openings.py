"""Open the sealed fields of rows, and seal new ones. Scope and audit are settled before anyone calls this."""

from __future__ import annotations

import base64
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from wegnetz.core.boxes import Place, Stored, open_json, seal_json
from wegnetz.core.crypto import CannotOpenError
from wegnetz.participants.boxes import (
    Contact,
    Name,
    consent_place,
    contact_place,
    decision_place,
    fact_from_plain,
    fact_place,
    name_place,
    place,
    record_place,
    rule_change_place,
    single_case_place,
)  # fmt: skip
from wegnetz.participants.models import (
    BreakGlass,
    Consent,
    FactRecord,
    Hold,
    Person,
    RuleNotice,
    SecrecyRelease,
    SingleCaseDecision,
    StoredDecision,
)  # fmt: skip
from wegnetz.rules.decisions import Change, Result
from wegnetz.rules.facts import Fact
from wegnetz.vault.selectors import installation_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """An answer with the record it came from."""

    id: UUID
    fact: Fact
    recorded_at: datetime
    recorded_by: str
    retracted_at: datetime | None


@dataclass(frozen=True, slots=True)
class SingleCase:
    """A human decision: `outcome` is admitted or declined."""

    block: str
    outcome: str
    justification: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A stored decision, opened: the facts then used and the results then given."""

    id: UUID
    person: UUID
    pack: UUID
    day: date
    facts: tuple[Fact, ...]
    results: tuple[dict[str, object], ...]
    decided_at: datetime
    decided_by: str
    single_cases: tuple[SingleCase, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is sealed of a consent: who gave it, who was there, and whom the text named besides the recipient."""

    given_by: str
    witness: str
    about: str


@dataclass(frozen=True, slots=True)
class Released:
    """What is sealed of a release from secrecy."""

    professional: str
    profession: str
    towards: str
    matter: str


@dataclass(frozen=True, slots=True)
class NoticedChange:
    """What another pack version would decide differently; `proposed` when it is not in force yet."""

    changes: tuple[Change, ...]
    noticed_at: datetime
    version: str
    proposed: bool


def seal_name(key: bytes, person: Person, name: Name) -> bytes:
    return seal_json(key, asdict(name), name_place(person.id, person.organisation_id))


def seal_contact(key: bytes, person: Person, contact: Contact) -> bytes:
    return seal_json(key, asdict(contact), contact_place(person.id, person.organisation_id))


def open_name(key: bytes, person: Person) -> Name | None:
    """The name, or None when the field is damaged: one broken row must not hide all the others."""
    return open_name_box(key, person.name_box, person.id, person.organisation_id)


def open_name_box(key: bytes, box: Stored, person: UUID, organisation: UUID) -> Name | None:
    """As `open_name`, for long lists: making some thousand `Person` objects takes longer than opening the names."""
    try:
        return Name(**open_json(key, box, name_place(person, organisation)))
    except CannotOpenError:
        log.exception("the name of person %s cannot be opened", person)
        return None


def open_contact(key: bytes, person: Person) -> Contact:
    return Contact(**open_json(key, person.contact_box, contact_place(person.id, person.organisation_id)))


def place_of_fact(record: FactRecord) -> Place:
    return fact_place(record.id, record.person_id, record.recorded_by_id, record.recorded_at)


def open_fact(key: bytes, record: FactRecord) -> Fact:
    return fact_from_plain(open_json(key, record.box, place_of_fact(record)))


def open_histories(people: Iterable[UUID], keys: Mapping[UUID, bytes]) -> dict[UUID, list[Fact]]:
    """The answers that stand, of several people, in the order in which they were recorded."""
    histories: dict[UUID, list[Fact]] = defaultdict(list)
    records = FactRecord.objects.filter(person__in=list(people), retracted_at__isnull=True)
    columns = ("id", "person_id", "recorded_by_id", "recorded_at", "box")
    for record, person, by, at, box in records.order_by("recorded_at", "id").values_list(*columns):
        if person in keys:
            content = open_json(keys[person], box, fact_place(record, person, by, at))
            histories[person].append(fact_from_plain(content))
    return histories


def place_of_decision(row: StoredDecision) -> Place:
    return decision_place(row.id, row.person_id, row.pack_id, row.day, row.decided_by_id, row.decided_at)


def with_people(rows: QuerySet[StoredDecision]) -> QuerySet[StoredDecision]:
    """Decisions with who made them, and the single cases decided on them, in two queries."""
    cases = SingleCaseDecision.objects.select_related("decided_by").order_by("decided_at")
    return rows.select_related("decided_by").prefetch_related(Prefetch("single_cases", queryset=cases))


def open_results(key: bytes, row: StoredDecision) -> dict[str, Result]:
    """The results of a stored decision by block."""
    content = open_json(key, row.box, place_of_decision(row))
    return {entry["id"]: Result(entry["result"]) for entry in content["results"]}


def open_decision(key: bytes, row: StoredDecision) -> RecordedDecision:
    """A stored decision with its single cases; `rows` come from `with_people`."""
    content = open_json(key, row.box, place_of_decision(row))
    return RecordedDecision(
        row.id, row.person_id, row.pack_id, row.day,
        tuple(map(fact_from_plain, content["facts"])),
        tuple(content["results"]), row.decided_at, row.decided_by.name,
        tuple(_open_single_case(key, case) for case in row.single_cases.all()),
    )  # fmt: skip


def place_of_single_case(row: SingleCaseDecision) -> Place:
    return single_case_place(row.id, row.decision_id, row.decided_by_id, row.decided_at)


def _open_single_case(key: bytes, row: SingleCaseDecision) -> SingleCase:
    content = open_json(key, row.box, place_of_single_case(row))
    return SingleCase(
        content["block"], content["outcome"], content["justification"], row.decided_at, row.decided_by.name
    )


def place_of_consent(row: Consent) -> Place:
    return consent_place(row.id, row.person_id, row.recipient_id, row.purpose, row.recorded_at)


def open_consent(key: bytes, row: Consent) -> Said:
    content = open_json(key, row.box, place_of_consent(row))
    return Said(content["given_by"], content["witness"], content.get("about", ""))


def place_of_release(row: SecrecyRelease) -> Place:
    return record_place("release", row.id, row.person_id, row.organisation_id, row.recorded_at, row.function)


def open_release(key: bytes, row: SecrecyRelease) -> Released:
    content = open_json(key, row.box, place_of_release(row))
    return Released(content["professional"], content["profession"], content["towards"], content["matter"])


def place_of_glass(row: BreakGlass) -> Place:
    return record_place("break-glass", row.id, row.person_id, row.organisation_id, row.requested_at)


def open_glass_reason(key: bytes, row: BreakGlass) -> str:
    return str(open_json(key, row.box, place_of_glass(row))["reason"])


def place_of_hold(row: Hold) -> Place:
    return record_place("hold", row.id, row.person_id, row.organisation_id, row.set_at, row.function)


def open_hold_reason(key: bytes, row: Hold) -> str:
    return str(open_json(key, row.box, place_of_hold(row))["reason"])


# A notice says for whom another pack decides differently. Who that is tells something about their answers, so
# the list is sealed as a whole, and what changes for each person once more under that person's key.


def seal_notice(notice: RuleNotice, people: dict[str, str], turns: list[list[Any]]) -> bytes:
    content = {"people": people, "turns": turns}
    return seal_json(installation_key("rule notices"), content, place("rule-notice", notice.id))


def open_notice(notice: RuleNotice) -> tuple[dict[str, str], list[list[Any]]]:
    """Sealed changes by person id, and how often each turn occurs: [block, before, after, number]."""
    content = open_json(installation_key("rule notices"), notice.box, place("rule-notice", notice.id))
    return content["people"], content["turns"]


def seal_changes(key: bytes, notice: RuleNotice, person: UUID, changes: Iterable[Change]) -> str:
    content = [{"day": c.day.isoformat(), "block": c.block, "before": c.before, "after": c.after} for c in changes]
    return base64.b64encode(seal_json(key, content, rule_change_place(notice.id, person, notice.after_id))).decode()


def open_changes(key: bytes, notice: RuleNotice, person: UUID) -> tuple[Change, ...]:
    """What the notice's pack would change for one person; nothing when it does not name them."""
    box = open_notice(notice)[0].get(str(person))
    if box is None:
        return ()
    content = open_json(key, base64.b64decode(box), rule_change_place(notice.id, person, notice.after_id))
    return tuple(
        Change(date.fromisoformat(c["day"]), c["block"], _result(c["before"]), _result(c["after"])) for c in content
    )


def _result(text: str | None) -> Result | None:
    return Result(text) if text else None
