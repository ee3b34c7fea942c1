"""The tables of an evening: mixed, mixed anew, two changing seats; and no word about why."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.utils import timezone

from tests.evenings import Evenings, invited
from tests.people import DB, Cast, Desk, agreed
from tests.portal.evening_visits import at_the_door, made, nobody_has_asked, send, tick
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.services.invitations import Reply, note_answer
from wegnetz.network.services.pairings import pair
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import register_person

pytestmark = DB
__all__ = ["made", "nobody_has_asked"]
TABLES, MIX, SWAP = "/abend/tische/", "/abend/tische/mischen/", "/abend/tische/tauschen/"
NAMES = ("Ada", "Ben", "Cem", "Dua", "Eva", "Fin", "Gül", "Han")


@pytest.fixture
def people(made: Evenings, cast: Cast) -> list[UUID]:
    """Eight who said they come."""
    by, found = cast.ilka, []
    for name in NAMES:
        person = register_person(
            name=Name(called=name), contact=Contact(), ground=agreed(by), by=by.viewer, on=timezone.localdate()
        )
        invitation = invited(person, made.date, by=by.viewer)
        note_answer(person, invitation, Reply(comes=True), version=1, by=by.viewer)
        found.append(person)
    return found


def invitation_of(person: UUID, made: Evenings) -> UUID:
    return Invitation.objects.get(person=person, date=made.date).id


def tables(client: Desk) -> list[list[str]]:
    return [table["names"] for table in client.get(TABLES).context["tables"]]


def test_those_who_come_are_mixed_and_all_get_to_know_somebody(made: Evenings, people: list[UUID], cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    assert tables(client) == []
    assert client.post(MIX).headers["Location"] == TABLES
    page = client.get(TABLES)
    assert sorted(name for names in tables(client) for name in names) == sorted(NAMES)
    assert (page.context["pairs"], page.context["fewest"]) == (12, 3)


def test_once_somebody_was_ticked_off_those_are_mixed_who_are_there(
    made: Evenings, people: list[UUID], cast: Cast
) -> None:
    client = at_the_door(made.date, cast)
    send(client, *(tick(invitation_of(each, made)) for each in people[:4]))
    client.post(MIX)
    assert sorted(name for names in tables(client) for name in names) == sorted(NAMES[:4])
    send(client, tick(invitation_of(people[4], made)))
    assert client.get(TABLES).context["standing"] == ["Eva"]


def test_a_swap_that_brings_together_who_sits_apart_is_refused_without_a_reason(
    made: Evenings, people: list[UUID], cast: Cast
) -> None:
    client = at_the_door(made.date, cast)
    client.post(MIX)
    first, second = tables(client)
    by_name = dict(zip(NAMES, people, strict=True))
    pair(by_name[first[0]], by_name[second[0]], together=False, note="Streit seit Mai", by=cast.ilka.viewer)
    swapped = {name: str(invitation_of(by_name[who], made)) for name, who in (("one", first[1]), ("other", second[0]))}
    page = client.post(SWAP, swapped)
    assert (page.status_code, "Streit" in page.content.decode(), tables(client)) == (422, False, [first, second])
    fits = {name: str(invitation_of(by_name[who], made)) for name, who in (("one", first[0]), ("other", second[0]))}
    client.post(SWAP, fits)
    assert first[0] in tables(client)[1]


@pytest.mark.parametrize("sent", [{}, {"one": "x", "other": "y"}])
def test_a_swap_of_nobody_is_a_sentence(
    sent: dict[str, str], made: Evenings, people: list[UUID], cast: Cast
) -> None:  # fmt: skip
    client = at_the_door(made.date, cast)
    client.post(MIX)
    assert client.post(SWAP, sent).status_code == 422


def test_too_few_and_a_settled_list_are_said(made: Evenings, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    assert client.post(MIX).status_code == 422
    WorkshopDate.objects.filter(id=made.date).update(settled_at=timezone.now(), settled_by=cast.ilka.user)
    assert client.post(MIX).status_code == 409


def test_shown_large_there_is_nothing_to_press(made: Evenings, people: list[UUID], cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    client.post(MIX)
    text = client.get(TABLES, {"gross": "ja"}).content.decode()
    assert (text.count("wn-tables--big"), "mischen" in text) == (1, False)
