"""What stands open is found and nothing else, by whatever somebody types, in both databases alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import tests.rules.conftest  # noqa: F401  registers and loads the hypothesis profile
from tests.directory.places import CHOIR, DANCE, GARDEN, HOUSE, a_point, an_offer, said
from tests.engines.texts_in_memory import InMemory
from tests.people import DAY, DB, Cast
from tests.statements import watched
from wegnetz.accounts.access import Viewer
from wegnetz.directory.entries import Point, Translation, Wording
from wegnetz.directory.models import Offer, SearchText, SearchWord, Source
from wegnetz.directory.selectors import Search, open_point
from wegnetz.directory.selectors.search import search_offers
from wegnetz.directory.selectors.texts import stored_texts
from wegnetz.directory.selectors.texts.stored import rows
from wegnetz.directory.services import (
    confirm,
    delete_offer,
    delete_point,
    ensure_source,
    rebuild_search,
    restore_offer,
    restore_point,
    save_offer,
    save_point,
    search_what_changed,
    take_over,
)
from wegnetz.engines.search import plan
from wegnetz.engines.search.finding import find_texts
from wegnetz.engines.search.offers import HasSimilar, HasWord
from wegnetz.engines.search.texts import Text, asked_words

pytestmark = DB
TITLES = st.lists(
    st.one_of(
        st.sampled_from(["Tanz", "Tanzen", "Straßenfußball", "Fußball im Hof", "كرة القدم", "ኩዕሶ እግሪ", "我们踢足球"]),
        st.text(min_size=1, max_size=30).filter(lambda text: "\0" not in text and text.isprintable()),
    ),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip
HOSTILE = [
    '"', "''", '"Chor', "Chor*", "NEAR(Chor Tanz)", "Chor NOT Tanz", "title:Chor", "Chor & | ! <-> ':*",
    "-Chor", "^Chor", "{Chor}", "%", "_", "\\", "\\'", "ch'or\\", "\0", "Ch\0or", "?!…", "🎉🎸",
    "\u202eChor\u202c", "\u200f", "\ud800", "x" * 10_000, "Chor " * 2_000, "a b c d e f g h i j k l m n o p",
    "'; DROP TABLE directory_offer; --", "𞤀𞤁𞤂", "\u0378",
]  # fmt: skip


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(colleague.viewer for colleague in cast.colleagues if colleague.viewer.role == "steering")


@pytest.fixture
def source(steering: Viewer) -> Source:
    return ensure_source(name="Liste", kind="csv", attribution="", licence="", by=steering)


@pytest.fixture
def read(source: Source, steering: Viewer) -> Callable[[Sequence[Point]], object]:
    return lambda points: take_over(source, points, by=steering, on=DAY)


@pytest.fixture
def house(read: Callable[[Sequence[Point]], object]) -> UUID:
    read([HOUSE, GARDEN])
    return Offer.objects.get(title="Offener Chor").point_id


def titles(query: str) -> list[str]:
    return [
        found.offer.offer.wording.source.texts["title"] for found in search_offers(Search(), query=query, language="de")
    ]


def by_words(query: str) -> list[str]:
    """Without those that are found by what is meant; in order of their titles."""
    found = search_offers(Search(), query=query, language="de")
    return sorted(
        each.offer.offer.wording.source.texts["title"]
        for each in found
        if any(isinstance(reason, HasWord | HasSimilar) for reason in each.reasons)
    )


@contextmanager
def undone() -> Iterator[None]:
    """A property is tried many times within one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> tuple[list[object], ...]:
    """What is stored to be searched, without the numbers of rows."""
    tables: list[Iterable[object]] = [
        SearchText.objects.order_by("offer", "language").values_list("offer", "language", "title", "body", "written"),
        SearchWord.objects.order_by("word").values_list("word", "texts", "gaps", "trigrams"),
    ]
    if connection.vendor == "sqlite":
        tables += [
            rows(f"SELECT {column} FROM {table} f JOIN {of} t ON t.id = f.rowid ORDER BY 1")
            for table, column, of in (
                ("directory_search_texts", "words", "directory_searchtext"),
                ("directory_search_gaps", "f.gaps", "directory_searchword"),
                ("directory_search_trigrams", "padded", "directory_searchword"),
            )
        ]
    return tuple(list(table) for table in tables)


def in_memory() -> InMemory:
    return InMemory([
        (str(row.offer_id), Text(row.title, row.body, row.written, tuple(map(tuple, row.parts))))
        for row in SearchText.objects.order_by("offer", "language")
    ])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example is undone
@given(TITLES)
def test_everything_is_found_by_its_title_and_as_it_would_be_by_looking_at_everything(
    read: Callable[[Sequence[Point]], object], titles_: list[str]
) -> None:
    with undone():
        read([a_point(offers=tuple(an_offer(f"{at}", title) for at, title in enumerate(titles_)))])
        store, memory = stored_texts(), in_memory()
        for title in titles_:
            hits = find_texts(title, store)
            assert (title in by_words(title)) == bool(asked_words(title))
            assert [(UUID(hit.entry.id), hit.trust) for hit in hits] == [
                (UUID(hit.entry.id), hit.trust) for hit in find_texts(title, memory)
            ]


@pytest.mark.parametrize(
    "query",
    ["tanzn", "Tanz", "ta", "fusball", "ball", "كره القدن", "足球", "töpern hof", "schwimm", "halle bad", "knio"],
)
def test_words_that_are_looked_up_are_those_that_are_like_it(
    read: Callable[[Sequence[Point]], object], query: str
) -> None:
    read([a_point(offers=tuple(an_offer(title, title) for title in (
        "Tanz", "Tanzen", "Tänze", "Stanze", "Straßenfußball", "Fußball im Hof", "كرة القدم", "我们踢足球", "Töpfern",
        "Schwimmhalle", "Hallenbad", "Schwimmverein", "Kino",
    )))])  # fmt: skip
    for word in asked_words(query):
        asked = plan.lookup(word.key)
        assert stored_texts().near(asked) == in_memory().near(asked) != {}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_answered(query: str) -> None:
    assert set(titles(query)) <= {"Offener Chor", "Tanzen"}


@pytest.mark.usefixtures("house")
@given(st.text(max_size=60))
@example("NEAR")
def test_whatever_else_is_typed_is_answered_too(query: str) -> None:
    assert set(titles(query)) <= {"Offener Chor", "Tanzen"}


def test_what_is_deleted_is_not_found_until_it_is_back(house: UUID, steering: Viewer) -> None:
    choir = Offer.objects.get(title="Offener Chor")
    before = everything()
    delete_offer(house, choir.id, by=steering, on=DAY)
    assert (titles("Offener Chor"), titles("singen")) == ([], [])
    restore_offer(house, choir.id, by=steering)
    delete_point(house, by=steering, on=DAY)
    assert (titles("Offener Chor"), titles("singen"), titles("Tanzen")) == ([], [], [])
    assert list(SearchWord.objects.all()) == []
    restore_point(house, by=steering)
    assert titles("Offener Chor") == ["Offener Chor"]
    assert everything() == before


def test_what_is_closed_is_not_found_until_it_is_open(house: UUID, steering: Viewer) -> None:
    stored = open_point(house)
    choir = next(each for each in stored.offers if each.offer.key == "chor")
    save_offer(house, choir.id, replace(choir.offer, closed=True), version=choir.version, by=steering)
    assert titles("Offener Chor") == []
    save_point(house, replace(stored.point, closed=True), version=stored.version, by=steering)
    assert titles("Tanzen") == []
    assert SearchText.objects.count() == 0
    save_point(house, stored.point, version=stored.version + 1, by=steering)
    assert (titles("Offener Chor"), titles("Tanzen")) == ([], ["Tanzen"])


def test_what_a_source_no_longer_has_is_not_found_and_what_it_says_now_is(
    house: UUID, read: Callable[[Sequence[Point]], object]
) -> None:
    read([replace(HOUSE, offers=(replace(CHOIR, wording=said(title="Gesang am Abend")),))])
    assert (by_words("Offener Chor"), by_words("Tanzen"), by_words("Gesang")) == ([], [], ["Gesang am Abend"])
    read([HOUSE])
    assert (by_words("Offener Chor"), by_words("Tanzen"), by_words("Gesang")) == (["Offener Chor"], ["Tanzen"], [])


def test_what_a_contact_point_says_finds_all_it_offers(house: UUID, steering: Viewer) -> None:
    stored = open_point(house)
    wording = Wording("de", {
        "de": Translation({"name": "Haus am Weiher"}), "tr": Translation({"name": "Gölet Evi"}),
    })  # fmt: skip
    save_point(house, replace(stored.point, wording=wording), version=stored.version, by=steering)
    assert [set(titles(query)) for query in ("Weiher", "gölet", "Erfindung Haus Gölet")] == [
        {"Offener Chor", "Tanzen"}
    ] * 3


def test_nothing_is_made_anew_where_nothing_changed(
    house: UUID, read: Callable[[Sequence[Point]], object], steering: Viewer
) -> None:
    made = list(SearchText.objects.order_by("id").values_list("id", flat=True))
    read([HOUSE, GARDEN])
    assert list(SearchText.objects.order_by("id").values_list("id", flat=True)) == made
    assert search_what_changed() == 0
    confirm(house, by=steering, on=DAY)
    assert search_what_changed() == 0


def test_all_can_be_made_anew_and_is_the_same_as_before(house: UUID) -> None:
    before = everything()
    assert rebuild_search() == 2
    assert everything() == before
    SearchText.objects.all().delete()
    SearchWord.objects.all().delete()
    assert by_words("Offener Chor") == []
    assert search_what_changed() == 2
    assert (everything(), by_words("Offener Chor")) == (before, ["Offener Chor"])


def test_texts_that_were_made_otherwise_are_made_anew(house: UUID) -> None:
    SearchText.objects.filter(offer__title="Tanzen").update(made=0)
    assert search_what_changed() == 1


def test_a_result_says_by_which_word_it_was_found(house: UUID) -> None:
    def reasons(query: str) -> list[object]:
        return [reason for found in search_offers(Search(), query=query, language="de") for reason in found.reasons]

    assert HasWord("Verein", "operator") in reasons("verein")
    assert HasSimilar("Offner", "Offener", "title") in reasons("Offner Qxwyz")


def test_a_page_of_results_takes_as_many_statements_with_one_as_with_three(
    read: Callable[[Sequence[Point]], object],
) -> None:
    numbers = []
    for offers in ((CHOIR,), (CHOIR, DANCE, an_offer("b", "Offener Chor am Abend"))):
        read([replace(HOUSE, offers=offers)])
        with watched() as statements:
            found = search_offers(Search(), query="Chor Haus", language="de")[:20]
        numbers.append((len(found), len(statements)))
    statements_there = 9 if connection.vendor == "postgresql" else 8  # which is told how near is near enough
    assert numbers == [(1, statements_there), (3, statements_there)]


def test_what_is_new_waits_on_no_list_that_every_search_would_read(house: UUID) -> None:
    """PostgreSQL keeps such lists for an index unless it is told not to; they made a search three times as slow."""
    if connection.vendor != "postgresql":
        return
    pages_on_the_list = rows(
        "SELECT c.relname, gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am m ON m.oid = c.relam "
        "WHERE m.amname = 'gin' AND c.relkind = 'i' ORDER BY c.relname"
    )
    assert pages_on_the_list == [
        ("directory_searchtext_vector", 0),
        ("directory_searchword_gap_vector", 0),
        ("directory_searchword_trigrams", 0),
    ]
