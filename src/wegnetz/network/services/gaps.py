"""The list of what is missing: put something on it that was said by somebody, without saying by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory.selectors.interests import interests
from wegnetz.engines.disclosure import Tally, month_of
from wegnetz.network.access import gaps_in_scope, interests_to_hand_on
from wegnetz.network.models import Gap, Interests
from wegnetz.network.openings import Liked, liked_content, open_interests
from wegnetz.network.selectors.gaps import handed_on_lately, tally_of, wishes_on_the_list
from wegnetz.network.selectors.suggestions import unserved
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.records import change_record, record_to_change
from wegnetz.rules.retention import UNDO

LONGEST = 200
T = TypeVar("T")


class GapNotFoundError(DomainError):
    """Nothing of that kind is on the list for this viewer."""


@transaction.atomic
def hand_on_interest(person: UUID, concept: str, *, by: Viewer, on: date) -> None:
    """Count one more who would like to do what nobody offers. Whoever was counted is not counted again.

    Raises PersonNotFoundError where the person does not like that, or somebody offers it.
    """
    row, key, liked = _liked(person, by)
    if concept not in unserved(liked, interests()):
        raise PersonNotFoundError
    gap, made = _on_the_list(month_of(on), concept=concept)
    if concept in liked.handed_on and not made:
        return
    _set(gap, tally_of(gap).added(on))
    gap.save()
    _mark(row, key, liked, {**liked.handed_on, concept: month_of(on)}, by, "what is missing")


@transaction.atomic
def take_back_interest(person: UUID, concept: str, *, by: Viewer, on: date) -> None:
    """Count one less. Raises PersonNotFoundError where the person was not counted this month."""
    row, key, liked = _liked(person, by)
    if concept not in handed_on_lately(liked, on=on):
        raise PersonNotFoundError
    gap = Gap.objects.select_for_update().filter(concept=concept, state=Gap.OPEN).first()
    if gap is None or not tally_of(gap).may_be_taken_back(on):
        raise PersonNotFoundError
    _set(gap, tally_of(gap).taken_back(on))
    _keep_or_delete(gap)
    _mark(row, key, liked, _without(liked.handed_on, concept), by, "what is not missing")


@transaction.atomic
def hand_on_wish(person: UUID, wish: str, words: str, *, by: Viewer, on: date) -> None:
    """Put a wish of the person on the list, in `words` that say nothing of them; the same words stand there once.

    A wish that stands there already is not counted again. Raises PersonNotFoundError where the person has no such wish,
    ValueError for no words or too many.
    """
    words = " ".join(words.split())
    if not 0 < len(words) <= LONGEST:
        raise ValueError(f"found {len(words)} characters, expected 1 to {LONGEST}")
    row, key, liked = _liked(person, by)
    if wish not in liked.wishes:
        raise PersonNotFoundError
    if wish in wishes_on_the_list(liked):
        return
    gap, _made = _on_the_list(month_of(on), wish=words)
    gap.during += 1
    gap.save()
    worded = replace(liked, worded={**liked.worded, wish: gap.wish})
    _mark(row, key, worded, {**liked.handed_on, wish: month_of(on)}, by, "what is missing")


@transaction.atomic
def take_back_wish(person: UUID, wish: str, *, by: Viewer, on: date) -> None:
    """Take a wish off the list again, unless others said the same. Raises PersonNotFoundError after its month."""
    row, key, liked = _liked(person, by)
    there = wishes_on_the_list(liked).get(wish) if wish in handed_on_lately(liked, on=on) else None
    gap = Gap.objects.select_for_update().filter(id=there.id, during__gt=0).first() if there else None
    if gap is None:
        raise PersonNotFoundError
    gap.during -= 1
    _keep_or_delete(gap)
    worded = replace(liked, worded=_without(liked.worded, wish))
    _mark(row, key, worded, _without(liked.handed_on, wish), by, "what is not missing")


@transaction.atomic
def close_gap(gap: UUID, *, offered: bool, by: Viewer, on: date) -> None:
    """Take something off the list: because somebody offers it now, or because it does not belong there.

    Raises GapNotFoundError.
    """
    row = _gap(gap, by, Gap.OPEN)
    row.state, row.closed_in = Gap.OFFERED if offered else Gap.REMOVED, month_of(on)
    row.save()
    _note(row, by, "done" if offered else "delete")


@transaction.atomic
def reopen_gap(gap: UUID, *, by: Viewer) -> None:
    """Put it back on the list; what is missed again meanwhile becomes one with it. Raises GapNotFoundError."""
    row = _gap(gap, by, Gap.OFFERED, Gap.REMOVED)
    # Its place is taken before it comes back to it: whoever hands on the same meanwhile waits.
    same, _made = _on_the_list(row.month, concept=row.concept, wish=row.wish)
    _join(row, same)
    same.delete()
    row.state, row.closed_in = Gap.OPEN, None
    row.save()
    _note(row, by, "restore")


@transaction.atomic
def forget_gaps(*, on: date) -> None:
    """Delete what was taken off the list, and nobody can bring back any more."""
    Gap.objects.filter(state=Gap.REMOVED, closed_in__lt=month_of(on - UNDO)).delete()


def _gap(gap: UUID, by: Viewer, *states: str) -> Gap:
    row = gaps_in_scope(by).select_for_update().filter(id=gap, state__in=states).first()
    if row is None:
        raise GapNotFoundError
    return row


def _on_the_list(month: date, *, concept: str = "", wish: str = "") -> tuple[Gap, bool]:
    """The row of an interest or a wish, for us alone, and whether it was made now and counts nobody yet."""
    return Gap.objects.select_for_update().get_or_create(
        concept=concept, folded=wish.casefold(), state=Gap.OPEN, defaults={"wish": wish, "month": month, "during": 0}
    )


def _note(row: Gap, by: Viewer, act: str) -> None:
    # Who steers has nothing to do with people: the event is all that the database is asked for them.
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by.actor, act, subjects=[row.id], category="gap list")


def _set(gap: Gap, tally: Tally) -> None:
    gap.before, gap.month, gap.during = tally.before, tally.month, tally.during


def _join(gap: Gap, same: Gap) -> None:
    if gap.wish:
        gap.month, gap.during = min(gap.month, same.month), gap.during + same.during
    else:
        _set(gap, tally_of(gap).joined(tally_of(same)))


def _without(noted: Mapping[str, T], what: str) -> dict[str, T]:
    return {each: value for each, value in noted.items() if each != what}


def _keep_or_delete(gap: Gap) -> None:
    """What nobody misses any more is on no list."""
    if tally_of(gap).whole:
        gap.save()
    else:
        gap.delete()


def _liked(person: UUID, by: Viewer) -> tuple[Interests, bytes, Liked]:
    found = interests_to_hand_on(by, person).first()
    if found is None:
        raise PersonNotFoundError
    row, key = record_to_change(Interests, person, found.id, version=None, by=by)
    return row, key, open_interests(key, row)


def _mark(row: Interests, key: bytes, liked: Liked, handed_on: Mapping[str, date], by: Viewer, purpose: str) -> None:
    """Note in the person's own sealed record what of theirs is on the list, and in their log that it was put there."""
    content = liked_content(replace(liked, handed_on=handed_on))
    change_record(row, key, content, by=by, act="hand on", purpose=purpose)
