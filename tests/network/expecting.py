"""Somebody who is announced at the house of songs, and the link to its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.directory.places import HOUSE
from tests.people import DAY, Account, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.core.days import working_day
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.network.models import Announcement
from wegnetz.network.openings import Met, Step
from wegnetz.network.selectors import OpenLink, announced, introduction_of, open_link
from wegnetz.network.services import make_link, suggest, take_step
from wegnetz.participants.selectors import open_person
from wegnetz.rules.introductions import Stage

TODAY = working_day()
A_DAY = timedelta(days=1)


@dataclass
class Expecting:
    """The place, the secret of its link, and an introduction that was announced there."""

    keeper: Viewer
    point: UUID
    choir: UUID
    token: str

    @property
    def link(self) -> OpenLink:
        return open_link(self.token, on=working_day())

    def renew(self) -> str:
        self.token, _until = make_link(self.point, by=self.keeper, on=working_day())
        return self.token


def house_of_songs(cast: Cast) -> Expecting:
    steering = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    take_over(
        ensure_source(name="L", kind="csv", attribution="", licence="", by=steering), [HOUSE], by=steering, on=DAY
    )
    keeper = replace(steering, role=Role.NETWORK_COORDINATOR)
    point = ContactPoint.objects.get(title="Haus der Erfindung").id
    house = Expecting(keeper, point, Offer.objects.get(title="Offener Chor").id, "")
    house.renew()
    return house


def announced_there(
    house: Expecting, person: UUID, called: str, *, by: Account, offer: UUID | None = None, **told: object
) -> tuple[UUID, UUID]:
    """The introduction and the announcement, made ten days ago."""
    before = set(Announcement.objects.values_list("id", flat=True))
    then = working_day() - 10 * A_DAY
    made = suggest(person, offer or house.choir, by=by.viewer, on=then)
    take_step(person, made, Step(Stage.DISCUSSED, then), version=1, by=by.viewer)
    step = Step(Stage.ANNOUNCED, then, called=called, **told)  # type: ignore[arg-type]
    assert take_step(person, made, step, version=2, by=by.viewer, agreed=True, told_of=house.link.id) is True
    (lying_there,) = set(Announcement.objects.values_list("id", flat=True)) - before
    return made, lying_there


@pytest.fixture
def house(cast: Cast) -> Expecting:
    return house_of_songs(cast)


@pytest.fixture
def yonas(house: Expecting, cast: Cast) -> tuple[UUID, UUID]:
    return announced_there(
        house, cast.yonas.id, "Jojo", by=cast.ilka, comes_on=TODAY + A_DAY, accompanied=False, for_place="Bitte leise"
    )


def names(house: Expecting) -> list[str]:
    return [each.coming.called for each in announced(house.link, on=TODAY)]


def met(cast: Cast, introduction: UUID) -> Met:
    by = cast.ilka.viewer
    found = open_person(by, cast.yonas.id, purpose="places", also=("introductions",))
    return introduction_of(by, found, introduction)
