"""Weeks in which an offer does not take place: left out of its hours, taken back, and forgotten when they are past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.directory.places import CHOIR, HOUSE, THURSDAYS
from tests.people import DAY, DB, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.audit.services import Actor
from wegnetz.directory.entries import Hours
from wegnetz.directory.models import Offer, Source
from wegnetz.directory.selectors import PointNotFoundError, open_point
from wegnetz.directory.selectors.weeks import Week, coming_weeks, monday_of, week_of
from wegnetz.directory.selectors.words import when
from wegnetz.directory.services import (
    ensure_source,
    forget_past_weeks,
    save_point,
    search_what_changed,
    set_week,
    take_over,
)
from wegnetz.directory.services.weeks import without

MONDAY = monday_of(DAY)
THURSDAY = MONDAY + timedelta(days=3)
WEEK = timedelta(days=7)


def test_a_week_has_the_days_of_all_hours_and_one_is_left_out_where_nothing_takes_place() -> None:
    mornings = Hours(date(2021, 9, 1), time(9), time(10), "FREQ=DAILY", (THURSDAY, MONDAY))
    both = replace(CHOIR, hours=(replace(THURSDAYS, but_not_on=(THURSDAY,)), mornings))
    found = week_of(both, MONDAY)
    assert (len(found.days), found.left_out, found.closed) == (7, (MONDAY, THURSDAY), False)
    assert week_of(replace(CHOIR, hours=(mornings, THURSDAYS)), MONDAY).left_out == (MONDAY,)


def test_weeks_without_anything_are_none() -> None:
    once = replace(CHOIR, hours=(Hours(THURSDAY + WEEK, time(18)),))
    assert coming_weeks(once, on=DAY) == (Week(MONDAY + WEEK, (THURSDAY + WEEK,), ()),)
    odd = replace(CHOIR, hours=(Hours(DAY, rule="FREQ=NEVER"),))
    assert (coming_weeks(odd, on=DAY), coming_weeks(replace(CHOIR, hours=()), on=DAY)) == ((), ())


def test_the_days_left_out_stand_behind_the_times() -> None:
    left_out = tuple(date(2999, 1, day) for day in range(1, 9))
    (said,) = when([replace(THURSDAYS, but_not_on=(date(2021, 9, 9), *left_out))])
    assert said.endswith("nicht am: 1. Januar 2999, 2. Januar 2999, 3. Januar 2999, 4. Januar 2999, 5. Januar 2999")


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    take_over(ensure_source(name="L", kind="csv", attribution="", licence="", by=by), [HOUSE], by=by, on=DAY)
    return by


def close(week: date, cast: Cast, *, closed: bool = True) -> None:
    choir = Offer.objects.get(title="Offener Chor")
    place = Actor(None, "contact-point", cast.ilka.viewer.organisation)
    set_week(choir.point_id, choir.id, week, closed=closed, by=place, on=DAY)


def left_out() -> tuple[date, ...]:
    choir = Offer.objects.get(title="Offener Chor")
    return next(each for each in open_point(choir.point_id).offers if each.id == choir.id).offer.hours[0].but_not_on


@given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=6))
def test_a_week_is_as_it_was_said_last(choices: list[tuple[int, bool]]) -> None:
    """Whatever was closed and opened in which order, every other week stays as it was."""
    offer, expected = CHOIR, dict.fromkeys(range(8), False)
    for number, closed in choices:
        hours = tuple(without(each, MONDAY + number * WEEK, closed=closed) for each in offer.hours)
        offer, expected[number] = replace(offer, hours=hours), closed
    assert {number: week.closed for number, week in enumerate(coming_weeks(offer, on=MONDAY))} == expected


@DB
def test_a_week_that_was_said_to_be_closed_twice_is_changed_once(steering: Viewer, cast: Cast) -> None:
    for _ in range(2):
        close(MONDAY + WEEK, cast)
    assert (left_out(), Offer.objects.get(title="Offener Chor").version) == ((THURSDAY + WEEK,), 2)
    close(MONDAY + WEEK, cast, closed=False)
    assert left_out() == ()


@DB
def test_a_calendar_that_has_the_offer_already_is_told_of_each_change(
    steering: Viewer, cast: Cast, client: Client
) -> None:
    choir = Offer.objects.get(title="Offener Chor")

    def event() -> Any:
        file = client.get(reverse("portal:calendar", args=["de", choir.point_id, choir.id]))
        return next(iter(Calendar.from_ical(file.content).events))

    first = event()
    assert (event()["SEQUENCE"], event()["LAST-MODIFIED"].dt) == (first["SEQUENCE"], first["LAST-MODIFIED"].dt)
    close(MONDAY + WEEK, cast)
    second = event()
    close(MONDAY + WEEK, cast, closed=False)
    third = event()
    stored = open_point(choir.point_id)
    save_point(stored.id, replace(stored.point, closed=True), version=stored.version, by=steering)
    found = [first, second, third, event()]
    for before, after in pairwise(found):
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert stored.revision(stored.offers[0]).at == stored.offers[0].changed_at > stored.changed_at
    assert [str(each["STATUS"]) for each in found] == [*["CONFIRMED"] * 3, "CANCELLED"]


@DB
@pytest.mark.parametrize("week", [MONDAY - WEEK, MONDAY + 8 * WEEK, MONDAY + timedelta(days=1)])
def test_only_weeks_that_come_are_closed(week: date, steering: Viewer, cast: Cast) -> None:
    with pytest.raises(PointNotFoundError):
        close(week, cast)


@DB
def test_once_the_week_is_past_the_source_says_the_hours_again(steering: Viewer, cast: Cast) -> None:
    close(MONDAY + WEEK, cast)
    later = replace(HOUSE, offers=(replace(CHOIR, hours=(replace(THURSDAYS, opens=time(17)),)),))
    source = Source.objects.get(name="L")
    take_over(source, [HOUSE], by=steering, on=DAY)
    assert left_out() == (THURSDAY + WEEK,)  # until then the place knows better
    assert (forget_past_weeks(on=THURSDAY + WEEK), left_out()) == (0, (THURSDAY + WEEK,))
    assert (forget_past_weeks(on=THURSDAY + WEEK + timedelta(days=1)), left_out()) == (1, ())
    assert forget_past_weeks(on=THURSDAY + 2 * WEEK) == 0
    take_over(source, [later], by=steering, on=DAY)
    choir = open_point(Offer.objects.get(title="Offener Chor").point_id).offers[0].offer
    assert choir.hours[0].opens == time(17)


@DB
def test_a_week_that_is_left_out_leaves_the_search_as_it_should_be(steering: Viewer, cast: Cast) -> None:
    close(MONDAY, cast)
    forget_past_weeks(on=MONDAY + 2 * WEEK)
    assert search_what_changed() == 0
