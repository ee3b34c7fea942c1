"""What is missing in the city, as those read it who must not learn of anybody; and what of a person can go there."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
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
    """An interest of a person, or a wish: whether it stands on the list, and whether that can be taken back."""

    what: str
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


def wishes_on_the_list(liked: Liked) -> dict[str, Gap]:
    """The wishes of a person that were handed on and stand there still, and where."""
    if not liked.worded:
        return {}
    folded = {wish: words.casefold() for wish, words in liked.worded.items()}
    there = {row.folded: row for row in Gap.objects.filter(folded__in=set(folded.values()), state=Gap.OPEN)}
    return {wish: there[words] for wish, words in folded.items() if words in there}


def handed_on_lately(liked: Liked, *, on: date) -> list[str]:
    """What was handed on in the month of that day: no more than this can be taken back."""
    return [what for what, month in liked.handed_on.items() if month == month_of(on)]


def may_hand_on(viewer: Viewer, person: UUID) -> bool:
    return interests_to_hand_on(viewer, person).exists()


def to_hand_on(liked: Liked, known: Known, *, on: date) -> list[ToHandOn]:
    """The interests of a person that nobody serves; after them what else of theirs can be taken back."""
    rows = Gap.objects.filter(state=Gap.OPEN).exclude(concept="")
    there = set(rows.values_list("concept", flat=True)) & liked.handed_on.keys() - liked.worded.keys()
    return _to_hand_on(unserved(liked, known), there, liked, on)


def wishes_to_hand_on(liked: Liked, *, on: date) -> list[ToHandOn]:
    """The wishes of a person, in their order; after them those that they have no more and that can be taken back."""
    return _to_hand_on(liked.wishes, wishes_on_the_list(liked).keys(), liked, on)


def _to_hand_on(now: Sequence[str], there: Set[str], liked: Liked, on: date) -> list[ToHandOn]:
    fresh = [what for what in handed_on_lately(liked, on=on) if what in there]
    return [ToHandOn(what, what in there, what in fresh) for what in dict.fromkeys([*now, *fresh])]


def tally_of(row: Gap) -> Tally:
    return Tally(row.before, row.month, row.during)


def served(words: str, known: Known, *languages: str, offered: frozenset[str]) -> str | None:
    """The interest that somebody may mean by these words and that is offered; None where there is none."""
    exactly = known.exactly(words, *languages)
    meant = [exactly] if exactly else known.may_be_meant(words, *languages)
    return next((concept for concept in meant if known.with_narrower(concept) & offered), None)
