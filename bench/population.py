"""Synthetic people for benchmarks and tests: the same seed gives the same people, and no database is needed.

The mix is wider than real caseloads: every answer of every question occurs, many are missing, a fifth of the
births are known by year only, and some answers took the place of earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from wegnetz.rules.facts import Fact, FactDefinition, FactKind, FactValue, Provenance, Year
from wegnetz.rules.periods import Period

# Names from several of the programme's languages; the last ones are written in their own script.
GIVEN = (
    "Yonas", "Şirin", "Amadou", "Lina", "Jawad", "Rojda", "Emmanuel", "Zahra", "Arta", "Merhawi", "Fatima", "Ibrahim",
    "Nazanin", "Samuel", "Dilan", "Omar", "Tesfay", "Mariam", "Ali", "Besnik", "Aster", "Gulalai", "Sipan", "Khadija",
    "Mahsa", "Daniel", "Idris", "Rahel", "Berivan", "Mustafa", "Elham", "Noor", "Farhad", "Sahra", "Oleks", "Zoë",
    "ሰላም", "ዮናስ", "فاطمة", "أحمد", "زهرا", "Олена",
)  # fmt: skip
SYLLABLES = ("ba", "de", "gha", "ha", "ji", "ka", "lo", "mə", "na", "ou", "ra", "sé", "ta", "wö", "ye", "zi")
LANGUAGES = ("ti", "kmr", "fr", "ar", "prs", "en", "fa", "sq", "so", "uk", "ckb", "ps", "tr", "ru", "am", "")
NOTES = ("", "", "", "nachmittags per Nachricht", "nicht anrufen, schreiben", "über die Einrichtung")

FIRST_DAY, LAST_DAY = date(2020, 3, 2), date(2021, 10, 6)
OLDEST_BIRTH, YOUNGEST_BIRTH = date(1990, 1, 1), date(2005, 12, 31)

KNOWS_ALMOST_NOTHING = 0.05
MISSING = 0.08
ONLY_THE_YEAR = 0.20
CHANGED = 0.15
NO_NAME = 0.04
TRUE = 0.25
# How often an answer is the one most people give (for the questions of the reference programme).
USUAL: Mapping[str, tuple[tuple[FactValue, ...], float]] = {
    "residence_status": (("duldung", "gestattung"), 0.6),
    "sgb_access": (("none",), 0.6),
    "integration_course_access": (("none",), 0.6),
    "support_need": ((True,), 0.9),
    "security_exclusion": ((False,), 0.95),
    "lives_in_state_facility": ((False,), 0.85),
}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Someone who does not exist. `history` holds the answers in the order in which they were recorded."""

    called: str
    full: str
    language: str
    phone: str
    note: str
    registered_on: date
    history: tuple[Fact, ...]


def people(questions: Sequence[FactDefinition], *, seed: int) -> Iterator[Synthetic]:
    """People without end; a longer run begins with the people of a shorter one."""
    chance = Random(seed)
    while True:
        registered = _day(chance, FIRST_DAY, LAST_DAY)
        history = tuple(_history(chance, questions, registered))
        given = chance.choice(GIVEN)
        family = "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()
        named = chance.random() >= NO_NAME
        yield Synthetic(
            called=f"{given} {family[0]}." if named else "",
            full=f"{given} {family}" if named and chance.random() < 0.7 else "",
            language=chance.choice(LANGUAGES),
            phone=f"0211 000{chance.randrange(10**6):06}" if chance.random() < 0.8 else "",
            note=chance.choice(NOTES),
            registered_on=registered,
            history=history,
        )


def _history(chance: Random, questions: Sequence[FactDefinition], registered: date) -> Iterator[Fact]:
    missing = 0.85 if chance.random() < KNOWS_ALMOST_NOTHING else MISSING
    provenances = tuple(Provenance)
    for question in questions:
        if chance.random() < missing:
            continue
        recorded = registered + timedelta(chance.randrange(30))
        provenance = chance.choice(provenances)
        if question.kind is not FactKind.DATE and chance.random() < CHANGED:
            since = recorded + timedelta(chance.randrange(-200, 30))
            yield Fact(question.id, _answer(chance, question), Period(), registered, provenance)
            yield Fact(question.id, _answer(chance, question), Period(since), recorded, provenance)
        else:
            yield Fact(question.id, _answer(chance, question), Period(), recorded, provenance)


def _answer(chance: Random, question: FactDefinition) -> FactValue:
    if question.kind is FactKind.DATE:
        born = _day(chance, OLDEST_BIRTH, YOUNGEST_BIRTH)
        return Year(born.year) if question.year_is_enough and chance.random() < ONLY_THE_YEAR else born
    usual, share = USUAL.get(question.id, ((), 0.0))
    if chance.random() < share:
        return chance.choice(usual)
    return chance.choice(question.choices) if question.kind is FactKind.CHOICE else chance.random() < TRUE


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(chance.randrange((last - first).days + 1))
