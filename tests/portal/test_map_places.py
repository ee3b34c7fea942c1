"""Places from introductions go on the map by the person's own choice, and only where they have been."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from django.urls import reverse

from tests.audit.reading_back import last_place, recorded_since
from tests.network.expecting import TODAY, Expecting, house, yonas
from tests.network.mapping import Own
from tests.people import DB, Cast, Desk
from tests.portal.map_visits import nobody_has_asked, opened, own, post, seen, text
from wegnetz.engines.ego_network import Sector
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Step
from wegnetz.network.services import take_step
from wegnetz.participants.models import Involvement
from wegnetz.rules.introductions import Stage

__all__ = ["house", "nobody_has_asked", "own", "yonas"]
pytestmark = DB


def offered(client: Desk) -> list[str]:
    return re.findall(r"<bdi>(.*?)</bdi>", text(client.get(reverse("portal:map-places"))))


def go_there(cast: Cast, introduction: UUID) -> None:
    row = Introduction.objects.get(id=introduction)
    step = Step(Stage.VISITED, TODAY)
    take_step(cast.yonas.id, introduction, step, version=row.version, by=cast.ilka.viewer)


def test_a_place_is_offered_once_somebody_was_there_and_is_put_by_choice(
    own: Own, house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    client = opened(own)
    assert offered(client) == []
    go_there(cast, yonas[0])
    since = last_place(own.by.organisation)
    assert (offered(client), own.names) == (["Haus der Erfindung"], ["M"])
    events = [(each.action, each.category, each.purpose) for each in recorded_since(own.by.organisation, since)]
    assert events == [("view", "introductions", "places on the own map")]
    answer = post(client, "map-places", own, introduction=yonas[0])
    made = own.latest.alters[-1]
    assert (answer.status_code, made.name, made.from_programme, made.sector) == (302, "HE", True, Sector.FRIENDS)


def test_nothing_else_can_be_put_there(own: Own, yonas: tuple[UUID, UUID], cast: Cast) -> None:
    client = opened(own)
    for introduction in (yonas[0], uuid4(), "", "x"):  # not visited yet, nobody's, none
        assert post(client, "map-places", own, introduction=introduction).status_code == 404
    go_there(cast, yonas[0])
    before = seen(own, own.version - 1)
    late = client.post(reverse("portal:map-places"), {"introduction": str(yonas[0]), "version": before})
    assert (late.status_code, own.names) == (409, ["M"])


def test_when_nobody_accompanies_any_more_no_introduction_is_opened(
    own: Own, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    go_there(cast, yonas[0])
    Involvement.objects.filter(id=own.map.row.involvement_id).update(ended_at=own.map.row.made_at)
    since = last_place(own.by.organisation)
    client = opened(own)
    assert (offered(client), len(recorded_since(own.by.organisation, since))) == ([], 1)  # that the map was opened
