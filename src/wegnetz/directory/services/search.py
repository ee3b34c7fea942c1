"""Keep what is searched in step with what is said, within the transaction that changes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from wegnetz.directory import entries
from wegnetz.directory.access import offers_in_scope
from wegnetz.directory.entries.changes import from_json
from wegnetz.directory.models import ContactPoint, Offer, SearchText, SearchWord
from wegnetz.directory.services import search_sqlite
from wegnetz.engines.search.texts import Field, make_text
from wegnetz.engines.search.vocabulary import gaps
from wegnetz.engines.search.words import trigrams

# How texts are made: of which fields, how folded and cut. Raised with each change, so that all are made anew.
MADE: Final = 1
WEIGHTS: Final = {
    entries.TITLE: 3.0, entries.NAME: 2.0, "operator": 1.0, entries.DESCRIPTION: 1.0, entries.JOINING: 0.5
}  # fmt: skip
AT_ONCE: Final = 500
COUNT_WORDS: Final = """
    INSERT INTO directory_searchword (word, texts, gaps, trigrams) VALUES {values}
    ON CONFLICT (word) DO UPDATE SET texts = directory_searchword.texts + excluded.texts"""
WORDS_AT_ONCE: Final = 200  # of four values each; older versions of SQLite take 999 in a statement


@transaction.atomic
def make_searchable(offers: QuerySet[Offer]) -> int:
    """Make anew the texts of those of the offers that were changed since. Returns how many offers that were.

    Their contact points are locked first, as before every change of an offer, so that texts are made of what stands.
    """
    points = ContactPoint.objects.filter(id__in=_changed(offers).values("point_id"))
    list(points.order_by("id").select_for_update(no_key=True).values_list("id", flat=True))
    changed = list(_changed(offers).values_list("id", flat=True))
    words: Counter[str] = Counter()
    for start in range(0, len(changed), AT_ONCE):
        words.update(_renew(changed[start : start + AT_ONCE]))
    _count({word: number for word, number in words.items() if number})
    return len(changed)


def search_what_changed() -> int:
    """The same for all offers: after an upgrade, and in case something was changed past these services."""
    return make_searchable(Offer.objects.all())


@transaction.atomic
def rebuild_search() -> int:
    """Make all texts anew, whatever is there. Returns of how many offers."""
    SearchText.objects.all().delete()
    SearchWord.objects.all().delete()
    if connection.vendor == "sqlite":
        search_sqlite.forget_all()
    return search_what_changed()


def _changed(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Those whose texts are not what is said now: also those that are closed or gone, and still have texts."""
    open_now = Q(id__in=offers_in_scope().filter(closed=False, point__closed=False).values("id"))
    texts = SearchText.objects.filter(offer=OuterRef("id"))
    current = texts.filter(version=OuterRef("version"), point_version=OuterRef("point__version"), made=MADE)
    return offers.filter((open_now & ~Exists(current)) | (~open_now & Exists(texts)))


def _renew(offers: Sequence[UUID]) -> Counter[str]:
    """How many more texts have each word now, or fewer."""
    words: Counter[str] = Counter()
    old = SearchText.objects.filter(offer__in=offers)
    for title, body in old.values_list("title", "body"):
        words.subtract(_words(title, body))
    if connection.vendor == "sqlite":
        search_sqlite.forget_texts(old)
    old.delete()
    rows = offers_in_scope().filter(id__in=offers, closed=False, point__closed=False).select_related("point")
    new = [text for row in rows for text in _texts(row)]
    for text in new:
        words.update(_words(text.title, text.body))
    SearchText.objects.bulk_create(new, batch_size=AT_ONCE)
    if connection.vendor == "sqlite":
        search_sqlite.index_texts(SearchText.objects.filter(offer__in=offers))
    return words


def _words(title: str, body: str) -> set[str]:
    return {*title.split(), *body.split()}


def _texts(row: Offer) -> Iterator[SearchText]:
    """What is said of an offer and its contact point, in every language."""
    offer, point = from_json(row.entry, entries.Offer), from_json(row.point.entry, entries.Point)
    for language in dict.fromkeys((*offer.wording.translations, *point.wording.translations)):
        text = make_text(_fields(offer, point, language))
        yield SearchText(
            offer=row, language=language, length=text.length, version=row.version, point_version=row.point.version,
            made=MADE, title=text.title, body=text.body, written=text.written.replace("\0", ""), parts=text.parts,
        )  # fmt: skip


def _fields(offer: entries.Offer, point: entries.Point, language: str) -> Iterator[Field]:
    for wording in (offer.wording, point.wording):
        said = wording.translations.get(language)
        for name, text in said.texts.items() if said else ():
            yield Field(name, text, WEIGHTS.get(name, 0.5))
    if language == offer.wording.language:
        yield Field("operator", point.operator, WEIGHTS["operator"])


def _count(changes: dict[str, int]) -> None:
    """Add to the number of texts that have a word. In order, so that no two wait for each other."""
    words = sorted(changes)
    known = search_sqlite.last_word() if connection.vendor == "sqlite" else 0
    for start in range(0, len(words), WORDS_AT_ONCE):
        some = words[start : start + WORDS_AT_ONCE]
        values = [(word, changes[word], " ".join(sorted(gaps(word))), len(trigrams(word))) for word in some]
        with connection.cursor() as cursor:
            statement = COUNT_WORDS.format(values=", ".join(["(%s, %s, %s, %s)"] * len(values)))
            cursor.execute(statement, [value for row in values for value in row])
    if connection.vendor == "sqlite":
        search_sqlite.index_words(after=known)
    fewer = [word for word in words if changes[word] < 0]
    for start in range(0, len(fewer), AT_ONCE):
        unused = SearchWord.objects.filter(word__in=fewer[start : start + AT_ONCE], texts__lte=0)
        if connection.vendor == "sqlite":
            search_sqlite.forget_words(unused)
        unused.delete()
