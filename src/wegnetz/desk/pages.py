"""What several screens put together from a person and the words of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Viewer
from wegnetz.casework.selectors import any_record_deleted
from wegnetz.core.languages import name_beside_own
from wegnetz.desk.forms import PROVENANCE_LABELS
from wegnetz.network.selectors import any_introduction_deleted
from wegnetz.participants.openings import RecordedFact
from wegnetz.participants.selectors import OpenPerson, Row, asked_facts
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.wording import Wording, spoken
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.facts import Fact


@dataclass(frozen=True, slots=True)
class Line:
    """One recorded answer as a person reads it."""

    record: RecordedFact
    value: str
    origin: str
    span: str
    in_force: bool

    @property
    def retracted(self) -> bool:
        return self.record.retracted_at is not None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A question with its answer today and everything recorded before."""

    id: str
    label: str
    current: Line | None
    history: tuple[Line, ...]


def next_page(request: HttpRequest) -> str:
    """Where a button wants to lead, if that is here; else the first page."""
    page = request.POST.get("next", "/")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else "/"


def anything_deleted(viewer: Viewer, person: UUID) -> bool:
    """Whether there is anything to bring back about a person; nothing of it is opened."""
    return any_record_deleted(viewer, person) or any_introduction_deleted(viewer, person)


def wording_now(language: str | None, pack: Pack | None = None) -> Wording:
    return Wording(pack or active_pack(), language or "de")


def item_word(kind: str) -> str:
    """What a goal, step or task is called."""
    return {"goal": _("Ziel"), "step": _("Schritt"), "task": _("Aufgabe")}[kind]


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person is asked, in the language in which it is shown."""

    title: str
    text: str
    language: str
    direction: str
    state: str

    @property
    def paragraphs(self) -> list[str]:
        """Each line of a wording is a paragraph."""
        return self.text.splitlines()


def to_read(pack: Pack, purpose: str, *, to: str, by: str, language: str, on: date) -> dict[str, object]:
    """The wording in force on a day, for who reads it together, and whether it is missing in the wished language."""
    number = pack.purposes[purpose].wording_on(on)
    texts = shown_texts(pack, purpose, number, to=to, by=by, language=language)
    return {"texts": texts, "wished": language_name(language), "missing": texts[0].language != language}


def shown_texts(pack: Pack, purpose: str, number: int, *, to: str, by: str, language: str) -> tuple[ConsentText, ...]:
    """A wording by its number, as a person was shown it under this pack, and in German beside it.

    The names of who sees (`to`) and who hands on (`by`) are filled in.
    """
    own, german = (_shown_text(pack, purpose, number, to=to, by=by, language=each) for each in (language, "de"))
    return (german,) if own.language == german.language else (own, german)


def _shown_text(pack: Pack, purpose: str, number: int, *, to: str, by: str, language: str) -> ConsentText:
    names = {"organisation": to, "from": by}
    title, text = (
        spoken(pack, language, "consents", "purposes", purpose, str(number), part).filled(names)
        for part in ("title", "text")
    )
    return ConsentText(title.text, text.text, text.language, text.direction, text.state)


def language_name(code: str) -> str:
    """For those who talk with people: also as they call it themselves."""
    return name_beside_own(code)


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A line of a people list: the row, and what to ask next in words."""

    row: Row
    question: str
    more: int


def listed(rows: tuple[Row, ...], words: Wording) -> list[ListedPerson]:
    order = list(words.pack.facts)
    found = []
    for row in rows:
        missing = sorted(row.missing, key=order.index)
        label = words.text("facts", missing[0], "label") if missing else ""
        found.append(ListedPerson(row, label, max(len(missing) - 1, 0)))
    return found


def fact_groups(person: OpenPerson, words: Wording, today: date) -> list[FactGroup]:
    """The answered questions in the pack's order."""
    current = asked_facts(words.pack, person.history, today)
    groups = []
    for fact_id in words.pack.facts:
        records = [record for record in person.facts if record.fact.id == fact_id]
        if not records:
            continue
        lines = tuple(_line(record, words, current.get(fact_id)) for record in reversed(records))
        groups.append(
            FactGroup(
                fact_id,
                words.text("facts", fact_id, "label"),
                next((line for line in lines if line.in_force), None),
                lines,
            )
        )
    return groups


def _line(record: RecordedFact, words: Wording, current: Fact | None) -> Line:
    fact = record.fact
    return Line(
        record,
        words.fact(fact),
        origin(fact, words),
        valid(fact, words),
        in_force=record.retracted_at is None and fact is current,
    )


def origin(fact: Fact, words: Wording) -> str:
    """Where an answer comes from, such as "Dokument gesehen, 7. Oktober 2021"."""
    label = str(PROVENANCE_LABELS[fact.provenance])
    return f"{label}, {words.day(fact.recorded_on)}" if fact.recorded_on else label


def valid(fact: Fact, words: Wording) -> str:
    """The days an answer speaks about, or nothing when it always held."""
    start, end = fact.valid.start, fact.valid.end
    if start and end:
        return _("vom %(start)s bis %(end)s") % {"start": words.day(start), "end": words.day(end)}
    if start:
        return _("seit %(start)s") % {"start": words.day(start)}
    return _("bis %(end)s") % {"end": words.day(end)} if end else ""
