"""Read people, viewer first. Every function here records the reading before it opens anything.

A person outside the viewer's scope and a person who does not exist look the same: PersonNotFoundError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.engines.folding import fold
from wegnetz.participants.access import LEADS_THE_WAY, open_involvements, people_in_scope
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import FactRecord, Person, RuleNotice, StoredDecision
from wegnetz.participants.openings import (
    NoticedChange,
    RecordedDecision,
    RecordedFact,
    open_changes,
    open_contact,
    open_decision,
    open_fact,
    open_histories,
    open_name,
    open_name_box,
    open_notice,
    with_people,
)  # fmt: skip
from wegnetz.participants.selectors.doors import PersonNotFoundError, categories_of, door_to
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.report import bare
from wegnetz.programme.selectors import active_pack, pack_of
from wegnetz.rules.criteria import Kind
from wegnetz.rules.decisions import Decision, Result
from wegnetz.rules.facts import Fact, Year, facts_on, fits
from wegnetz.vault.selectors import KeyGoneError, key_of, keys_of, still_kept

PAGE_SIZE = 25
SEARCH_LIMIT = PAGE_SIZE
SORTS = {
    "pseudonym": "pseudonym",
    "-pseudonym": "-pseudonym",
    "registered": "registered_on",
    "-registered": "-registered_on",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the people list. `decisions` are those of `today`, empty for who may not see them."""

    id: UUID
    pseudonym: str
    name: Name
    registered_on: date
    decisions: tuple[Decision, ...]

    @property
    def open_blocks(self) -> int:
        return sum(decision.result is Result.OPEN for decision in self.decisions)

    @property
    def single_case(self) -> bool:
        """Whether some block waits for a person to decide."""
        return any(decision.result is Result.SINGLE_CASE for decision in self.decisions)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(question for decision in self.decisions for question in decision.missing))


@dataclass(frozen=True, slots=True)
class OpenPerson:
    """A person whose reading was recorded: everything this viewer may see, and nothing of the other categories.

    `key` opens what else the page recorded; no text ever holds it.
    """

    id: UUID
    key: bytes = field(repr=False)
    categories: frozenset[str]
    recorded: frozenset[str]
    involvement: UUID | None
    responsible: UUID | None
    closed_on: date | None
    leads: bool
    pseudonym: str
    name: Name
    contact: Contact
    registered_on: date
    version: int
    facts: tuple[RecordedFact, ...]
    decisions: tuple[RecordedDecision, ...]
    changes: tuple[NoticedChange, ...]
    glass: UUID | None = None
    glass_ends_at: datetime | None = None

    @property
    def display_name(self) -> str:
        return self.name.or_pseudonym(self.pseudonym)

    @property
    def history(self) -> tuple[Fact, ...]:
        """Answers that stand, in the order in which they were recorded."""
        return tuple(entry.fact for entry in self.facts if entry.retracted_at is None)

    def decide(self, pack: Pack, day: date) -> tuple[Decision, ...]:
        return pack.rulebook.on(day).decide(asked_facts(pack, self.history, day))

    def born(self, pack: Pack, day: date) -> date | Year | None:
        """The answer from which the programme reckons the age; None where there is none, or not for this viewer."""
        return _born(pack, self.history, day)


class NotRecordedError(AssertionError):
    """A page would show what it did not record: a fault in the page, never in what the viewer did."""


def key_for(person: OpenPerson, category: str) -> bytes:
    """What opens the records of a category. Raises NotRecordedError where the page recorded no reading of them."""
    if category not in person.recorded:
        raise NotRecordedError(category)
    return person.key


def asked_facts(pack: Pack, history: Iterable[Fact], day: date) -> dict[str, Fact]:
    """The answers in force on a day to questions as the pack asks them."""
    definitions = pack.definitions
    return facts_on((f for f in history if f.id in definitions and fits(definitions[f.id], f)), day)


def _born(pack: Pack, history: Iterable[Fact], day: date) -> date | Year | None:
    facts = asked_facts(pack, history, day)
    asked = (each.fact for each in pack.rulebook.criteria if each.kind is Kind.AGE_BETWEEN and each.fact in facts)
    return next((value for name in asked if isinstance(value := facts[name].value, date | Year)), None)


def births(
    viewer: Viewer, people: Iterable[UUID], *, pack: Pack, day: date, purpose: str
) -> dict[UUID, date | Year | None]:
    """When several people in scope were born, as `OpenPerson.born`, after recording that their answers were read.

    Whose answers the viewer does not see is left out. Raises AuditUnavailableError.
    """
    opened = categories_of(viewer, list(people), pack=pack)
    keys = recorded_keys(
        viewer, [each for each, shown in opened.items() if "facts" in shown], category="facts", purpose=purpose
    )
    seen = {name for name, asked in pack.facts.items() if str(viewer.role) in asked.visible_to}
    histories = open_histories(keys, keys)
    return {each: _born(pack, (fact for fact in histories[each] if fact.id in seen), day) for each in keys}


def count_people(viewer: Viewer) -> int:
    return people_in_scope(viewer).count()


def count_in_organisation(viewer: Viewer) -> int:
    """How many people the viewer's organisation accompanies, for its lead; nobody else gets a number.

    Whose key is destroyed counts no more, also while their accompaniment has not been ended.
    """
    people = set(open_involvements(viewer).values_list("person", flat=True))
    return len(still_kept(people)) if people else 0


def search_people(
    viewer: Viewer, *, today: date, query: str, category: str = "name, eligibility", pack: Pack | None = None
) -> tuple[tuple[Row, ...], int]:  # fmt: skip
    """People in scope whose name or pseudonym holds every word of the query: the first of them, and how many there are.

    Names are sealed, so no index can find them: each in scope is opened and compared here, which is recorded
    as a search; nothing opened is kept. Those shown are recorded one by one.
    """
    words = fold(query).split()
    columns = ("id", "organisation_id", "pseudonym", "name_box")
    people = list(people_in_scope(viewer).values_list(*columns))
    if not words or not people:
        return (), 0
    record_reading(viewer.actor, "search", subjects=(), category="name", purpose="people search")
    opened = categories_of(viewer, None, pack=pack or active_pack())
    people = [entry for entry in people if "name" in opened.get(entry[0], ())]
    keys = keys_of(person for person, *_ in people)
    # Sorted once few are left: with their boxes the database would take as long to sort them as to find them.
    found = sorted(
        (pseudonym, person)
        for person, organisation, pseudonym, box in people
        if person in keys
        and _matches(words, pseudonym, open_name_box(keys[person], box, person, organisation) or Name())
    )
    first = [person for _pseudonym, person in found[:SEARCH_LIMIT]]
    shown = people_in_scope(viewer).filter(id__in=first).order_by("pseudonym")
    rows = open_rows(
        viewer, list(shown), pack=pack, today=today, purpose="people search", category=category, keys=keys
    )  # fmt: skip
    return rows, len(found)


def _matches(words: list[str], pseudonym: str, name: Name) -> bool:
    text = fold(f"{pseudonym} {name.full} {name.called}")
    return all(word in text for word in words)


def recorded_keys(viewer: Viewer, people: Iterable[UUID], *, category: str, purpose: str) -> dict[UUID, bytes]:
    """What opens the records of several people in scope, after recording that they were read; not of the erased."""
    kept = still_kept(people)
    if not kept:
        return {}
    record_reading(viewer.actor, "list", subjects=sorted(kept), category=category, purpose=purpose)
    return keys_of(kept)


def display_names(viewer: Viewer, people: Iterable[UUID], *, keys: Mapping[UUID, bytes], pack: Pack) -> dict[UUID, str]:
    """What people in scope are called, or their pseudonym where the name is closed. The caller recorded the reading."""
    wanted = [person for person in people if person in keys]
    opened = categories_of(viewer, wanted, pack=pack)
    columns = ("id", "organisation_id", "pseudonym", "name_box")
    names = {}
    for person, organisation, pseudonym, box in people_in_scope(viewer).filter(id__in=wanted).values_list(*columns):
        name = open_name_box(keys[person], box, person, organisation) if "name" in opened.get(person, ()) else None
        names[person] = (name or Name()).or_pseudonym(pseudonym)
    return names


def open_rows(
    viewer: Viewer, people: list[Person], *, today: date, purpose: str, action: str = "list",
    category: str = "name, eligibility",
    pack: Pack | None = None, keys: Mapping[UUID, bytes] | None = None,
) -> tuple[Row, ...]:  # fmt: skip
    """Open the names and that day's results of people in scope, after recording that they were shown.

    By the pack in force, unless a page has it already and hands it on.
    """
    kept = still_kept(person.id for person in people) if keys is None else keys
    people = [person for person in people if person.id in kept]
    if not people:
        return ()
    ids = [person.id for person in people]
    record_reading(viewer.actor, action, subjects=ids, category=category, purpose=purpose)
    keys = keys_of(ids) if keys is None else keys
    pack = pack or active_pack()
    opened = categories_of(viewer, ids, pack=pack)
    deciding = {person for person in ids if "eligibility" in opened.get(person, ())}
    histories = open_histories(deciding, keys)
    rules = pack.rulebook.on(today)
    return tuple(
        Row(
            person.id, person.pseudonym,
            (open_name(keys[person.id], person) if "name" in opened[person.id] else None) or Name(),
            person.registered_on,
            rules.decide(asked_facts(pack, histories[person.id], today)) if person.id in deciding else (),
        )
        for person in people
        if person.id in keys and person.id in opened
    )  # fmt: skip


def open_person(
    viewer: Viewer, person_id: UUID, *, purpose: str, decisions: bool = False, changes: bool = False,
    also: tuple[str, ...] = (), pack: Pack | None = None,
) -> OpenPerson:  # fmt: skip
    """What the viewer may see of one person, after recording it; decisions and rule changes when asked for.

    `also` names what else the page shows of the person, such as "journal": it stands in the same event.
    Raises PersonNotFoundError (also for someone whose key was destroyed), AuditUnavailableError.
    """
    pack = pack or active_pack()
    door = door_to(viewer, person_id, pack=pack)
    person = door.person
    shown = [name for name in ("name", "contact", "facts") if door.opens(name)]
    decisions = decisions and door.opens("eligibility")
    category = ", ".join([*shown, *["decisions"] * decisions, *also])
    record_reading(viewer.actor, "view", subjects=[person.id], category=category, purpose=purpose)
    try:
        key = key_of(person.id)
    except KeyGoneError as error:
        raise PersonNotFoundError from error
    return OpenPerson(
        id=person.id,
        key=key,
        categories=door.categories,
        recorded=frozenset(also),
        involvement=door.involvement.id if door.involvement else None,
        responsible=door.involvement.responsible_id if door.involvement else None,
        closed_on=door.involvement.closed_on if door.involvement else None,
        leads=door.leads,
        glass=door.glass.id if door.glass else None,
        glass_ends_at=door.glass.ends_at if door.glass else None,
        pseudonym=person.pseudonym,
        name=(open_name(key, person) if door.opens("name") else None) or Name(),
        contact=open_contact(key, person) if door.opens("contact") else Contact(),
        registered_on=person.registered_on,
        version=person.version,
        facts=_open_facts(key, person.id, pack, viewer) if door.opens("facts") else (),
        decisions=_open_decisions(key, person.id) if decisions else (),
        changes=_changes_for(viewer, key, person.id) if changes and door.leads else (),
    )


def _open_facts(key: bytes, person: UUID, pack: Pack, viewer: Viewer) -> tuple[RecordedFact, ...]:
    found = []
    records = FactRecord.objects.filter(person=person).select_related("recorded_by").order_by("recorded_at", "id")
    for record in records:
        fact = open_fact(key, record)
        asked = pack.facts.get(fact.id)
        if asked is not None and str(viewer.role) in asked.visible_to:
            found.append(
                RecordedFact(record.id, fact, record.recorded_at, record.recorded_by.name, record.retracted_at)
            )
    return tuple(found)


def _open_decisions(key: bytes, person: UUID) -> tuple[RecordedDecision, ...]:
    rows = StoredDecision.objects.filter(person=person).order_by("-decided_at", "id")
    return tuple(open_decision(key, row) for row in with_people(rows))


def _notices(viewer: Viewer) -> QuerySet[RuleNotice]:
    return RuleNotice.objects.filter(organisation=viewer.organisation).select_related("after").order_by("noticed_at")


def _changes_for(viewer: Viewer, key: bytes, person: UUID) -> tuple[NoticedChange, ...]:
    found = []
    for notice in _notices(viewer):
        if changes := open_changes(key, notice, person):
            proposed = notice.after.in_force_since is None
            found.append(NoticedChange(changes, notice.noticed_at, notice.after.version, proposed))
    return tuple(found)


def people_to_review(viewer: Viewer, *, today: date, pack: Pack | None = None) -> tuple[Row, ...]:
    """People for whom a newer or proposed pack decides differently and nobody has looked yet; a page of them."""
    if viewer.role not in LEADS_THE_WAY:
        return ()
    named = {person for notice in _notices(viewer) for person in open_notice(notice)[0]}
    if not named:
        return ()
    people = list(people_in_scope(viewer).filter(id__in=named).order_by("pseudonym")[:PAGE_SIZE])
    return open_rows(viewer, people, pack=pack, today=today, purpose="rule changes")


def turns_of(version: UUID) -> Counter[tuple[str, str, str]]:
    """How many people a pack version turns from one result to another, by block; no person is named."""
    turns: Counter[tuple[str, str, str]] = Counter()
    for notice in RuleNotice.objects.filter(after=version):
        for block, before, after, number in open_notice(notice)[1]:
            turns[block, before, after] += number
    return turns


def replays(decision: RecordedDecision) -> bool:
    """Whether the rules of then still give, from the facts of then, exactly the results of then."""
    rules = pack_of(decision.pack).rulebook.on(decision.day)
    return bare(rules.decide({fact.id: fact for fact in decision.facts})) == list(decision.results)
