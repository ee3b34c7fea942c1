"""What is missing in the city, as those read it who must not learn of anybody; and what of a person can go there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.directory.selectors.interests import Interests as Known
from wegnetz.engines.disclosure import Tally, month_of
from wegnetz.network.access import gaps_in_scope, interests_to_hand_on
from wegnetz.network.models import Gap
from wegnetz.network.openings import Liked
from wegnetz.network.selectors.suggestions import unserved


@dataclass(frozen=True, slots=True)
class Missed:
    """An interest that nobody served. `number` is how many miss it at least, None for fewer than can be told."""

    id: UUID
    concept: str
    number: int | None
    offered: bool


@dataclass(frozen=True, slots=True)
class ToHandOn:
    """An interest of a person that nobody serves: whether they were counted, and whether that can be taken back."""

    concept: str
    counted: bool
    fresh: bool


def missed_interests(viewer: Viewer, known: Known, *, on: date, closed: bool = False) -> list[Missed]:
    """The most missed first, as far as it is told; `offered` says that there is something by now."""
    rows = _told(viewer, on=on, closed=closed).exclude(concept="")
    offered = known.offered()
    found = [
        Missed(
            row.id, row.concept, tally_of(row).told(on),
            bool(known.with_narrower(row.concept) & offered),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-(each.number or 0), each.concept, each.id))


def missed_wishes(viewer: Viewer, *, on: date, closed: bool = False) -> QuerySet[Gap]:
    """Wishes in words of their own, by month and then by their words: not in the order in which they came."""
    return _told(viewer, on=on, closed=closed).exclude(wish="").order_by("-month", "wish", "id")


def _told(viewer: Viewer, *, on: date, closed: bool) -> QuerySet[Gap]:
    """What was handed on before this month: on the day, who was there that day would be known with it."""
    rows = gaps_in_scope(viewer).filter(state=Gap.OFFERED if closed else Gap.OPEN)
    return rows.filter(Q(month__lt=month_of(on)) | Q(before__gt=0))


def wish_on_the_list(*words: str) -> QuerySet[Gap]:
    """Where wishes stand in these words, if they do."""
    return Gap.objects.filter(reduce(or_, (Q(wish__iexact=each) for each in words)), state=Gap.OPEN)


def wishes_to_take_back(liked: Liked, *, on: date) -> dict[str, Gap]:
    """The wishes of a person that were handed on this month and stand there still, and where."""
    fresh = {wish: words for wish, words in liked.worded.items() if liked.handed_on.get(wish) == month_of(on)}
    rows = wish_on_the_list(*fresh.values()).filter(during__gt=0) if fresh else ()
    there = {row.wish.casefold(): row for row in rows}
    return {wish: there[words.casefold()] for wish, words in fresh.items() if words.casefold() in there}


def may_hand_on(viewer: Viewer, person: UUID) -> bool:
    return interests_to_hand_on(viewer, person).exists()


def to_hand_on(liked: Liked, known: Known, *, on: date) -> list[ToHandOn]:
    """The interests of a person that nobody serves."""
    rows = Gap.objects.filter(state=Gap.OPEN).exclude(concept="")
    there = set(rows.values_list("concept", flat=True))
    handed_on = {concept: month for concept, month in liked.handed_on.items() if concept in there}
    return [
        ToHandOn(concept, concept in handed_on, handed_on.get(concept) == month_of(on))
        for concept in unserved(liked, known)
    ]


def tally_of(row: Gap) -> Tally:
    return Tally(row.before, row.month, row.during)


def served(words: str, known: Known, *languages: str, offered: frozenset[str]) -> str | None:
    """The interest that somebody may mean by these words and that is offered; None where there is none."""
    exactly = known.exactly(words, *languages)
    meant = [exactly] if exactly else known.may_be_meant(words, *languages)
    return next((concept for concept in meant if known.with_narrower(concept) & offered), None)
