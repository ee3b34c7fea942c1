"""Somebody's own map, and what the tests of it share."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests.people import Cast
from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.engines.ego_network import Alter, Horizon, Sector, Version
from wegnetz.network.selectors.person_maps import OpenMap, drawn_on, map_of_link
from wegnetz.network.services.drawing import Told, put_on_map
from wegnetz.network.services.person_maps import make_map_link

TODAY = working_day()
MOTHER = Told("M", Sector.FAMILY, Horizon.INNER)
FRIEND = Told("Me", Sector.FRIENDS, Horizon.MIDDLE, from_programme=True)


@dataclass
class Own:
    """The map of somebody, the secret of its link, and who made it."""

    by: Viewer
    person: UUID
    token: str

    @property
    def map(self) -> OpenMap:
        return map_of_link(self.token)

    @property
    def version(self) -> int:
        return self.map.row.version

    @property
    def latest(self) -> Version:
        return drawn_on(self.map).versions[-1]

    @property
    def names(self) -> list[str]:
        return [alter.name for alter in self.latest.alters]

    def put(self, told: Told, alter: str = "") -> Alter:
        put_on_map(self.map, told, alter=alter, version=self.version, on=TODAY)
        return next(each for each in self.latest.alters if each.id == alter) if alter else self.latest.alters[-1]


def map_of(person: UUID, by: Viewer) -> Own:
    return Own(by, person, make_map_link(person, by=by))


@pytest.fixture
def own(cast: Cast) -> Own:
    """The empty map of Yonas."""
    return map_of(cast.yonas.id, cast.ilka.viewer)
