"""Finding people by what is known of their names; the names themselves are sealed."""

from __future__ import annotations

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.people import CANARY_A, DAY, DB, Cast, agreed
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.selectors import SEARCH_LIMIT, search_people
from wegnetz.participants.services import register_person

pytestmark = DB


def found(cast: Cast, query: str) -> list[str]:
    rows, total = search_people(cast.ilka.viewer, today=DAY, query=query)
    assert total == len(rows)
    return [row.name.called or row.pseudonym for row in rows]


def register(cast: Cast, *names: Name) -> None:
    for name in names:
        register_person(name=name, contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)


@pytest.mark.parametrize("query", ["Yonas", "yonas", "YON", "nas", "tesfay", "Tesfay Yonas", "yo te fink", "yono"])
def test_every_word_of_the_query_may_stand_anywhere_in_name_or_pseudonym(query: str, cast: Cast) -> None:
    assert found(cast, query) == [f"Yonas {CANARY_A}"]


@pytest.mark.parametrize(
    "query", ["Yonas Müller", "Omar", "Tarik", "%", "_", "*", "yon%", "' OR 1=1 --", "\0", "x" * 500]
)
def test_who_does_not_match_or_is_out_of_scope_or_erased_is_not_found(query: str, cast: Cast) -> None:
    assert found(cast, query) == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sirin", "Şirin"), ("ŞIRIN", "Şirin"), ("muller", "Müller"), ("gross", "Groß"), ("lukasz", "Łukasz"),
        ("علی", "عَلِي"), ("علي", "عَلِي"), ("فاطمه", "فاطمة"), ("احمد", "أحمد"), ("ሰላም", "ሠላም"),
    ],
)  # fmt: skip
def test_accents_and_variants_of_letters_do_not_matter(query: str, name: str, cast: Cast) -> None:
    register(cast, Name(called=name), Name(full="Anders Heißend", called="Anders"))
    assert found(cast, query) == [name]


@pytest.mark.parametrize("query", ["", "   ", "\u064b\u0301", "\u200b"[:0]])
def test_an_empty_query_finds_nobody_and_opens_nothing(query: str, cast: Cast) -> None:
    before = last_place(cast.ilka.viewer.organisation)
    assert found(cast, query) == []
    assert recorded_since(cast.ilka.viewer.organisation, before) == []


def test_a_search_is_recorded_before_names_are_opened_and_those_shown_by_name(cast: Cast) -> None:
    viewer = cast.ilka.viewer
    before = last_place(viewer.organisation)
    search_people(viewer, today=DAY, query="yonas")
    search_people(viewer, today=DAY, query="nobody at all")
    search = Recorded("search", "name", "people search", frozenset())
    shown = Recorded("list", "name, eligibility", "people search", frozenset([cast.yonas.id]))
    assert recorded_since(viewer.organisation, before) == [search, shown, search]


def test_at_most_a_page_is_shown_and_the_number_of_all_is_told(cast: Cast) -> None:
    register(cast, *(Name(called=f"Viele {number}") for number in range(SEARCH_LIMIT + 3)))
    rows, total = search_people(cast.ilka.viewer, today=DAY, query="viele")
    assert (len(rows), total) == (25, 28)


def test_other_roles_find_nobody(cast: Cast) -> None:
    for colleague in cast.colleagues:
        assert search_people(colleague.viewer, today=DAY, query="yonas") == ((), 0)
