"""A source is read again and again: what it says now is stored, and what was changed here is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from tests.directory.places import CHOIR, DANCE, GARDEN, HOUSE, a_point, an_offer, said
from tests.people import DAY, DB, Cast
from tests.statements import watched
from wegnetz.accounts.access import Viewer
from wegnetz.directory.access import points_in_scope
from wegnetz.directory.entries import Point, Translation, Wording, whole
from wegnetz.directory.importing.refusals import ReadRefusedError
from wegnetz.directory.models import ContactPoint, Import, Offer, OfferTag, Source
from wegnetz.directory.selectors import Plan, PointNotFoundError, What, open_point, plan_import
from wegnetz.directory.selectors.imports import TwiceError, handed
from wegnetz.directory.selectors.points import StoredPoint, whole_directory
from wegnetz.directory.selectors.previews import Preview
from wegnetz.directory.services import (
    TooManyWaitingError,
    confirm,
    delete_offer,
    delete_point,
    discard_import,
    ensure_source,
    forget_imports,
    give_to,
    hand_in,
    hand_in_from,
    restore_offer,
    restore_point,
    save_offer,
    save_point,
    take_over,
    take_over_import,
)

pytestmark = DB


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(colleague.viewer for colleague in cast.colleagues if colleague.viewer.role == "steering")


@pytest.fixture
def source(steering: Viewer) -> Source:
    return ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=steering)


def read(source: Source, points: Sequence[Point], steering: Viewer) -> Plan:
    return take_over(source, points, by=steering, on=DAY)


def shown(import_id: UUID, viewer: Viewer) -> Preview:
    found = handed(viewer, import_id).preview
    assert found is not None
    return found


def whats(plan: Plan) -> dict[str, What]:
    return {each.title: each.what for each in plan.planned}


def stored(name: str) -> ContactPoint:
    return ContactPoint.objects.get(title=name)


def read_back(found: StoredPoint) -> Point:
    return whole(found.point, (stored.offer for stored in found.offers))


def whole_tables() -> list[object]:
    tables = (ContactPoint, Offer, OfferTag)
    return [sorted(map(repr, table._default_manager.values_list())) for table in tables]


def test_all_is_new_the_first_time_and_nothing_changes_the_second(source: Source, steering: Viewer) -> None:
    plan = read(source, [HOUSE, GARDEN], steering)
    assert set(whats(plan).values()) == {What.NEW}
    assert read_back(open_point(stored("Haus der Erfindung").id)) == HOUSE
    before = whole_tables()
    again = read(source, [GARDEN, replace(HOUSE, offers=(DANCE, CHOIR))], steering)
    assert (set(whats(again).values()), again.touched, whole_tables()) == ({What.SAME}, (), before)


def test_planning_writes_nothing(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE], steering)
    before = whole_tables()
    plan = plan_import(source, [replace(HOUSE, operator="Neu", offers=()), GARDEN])
    assert [plan.count(what) for what in (What.NEW, What.CHANGED, What.GONE)] == [1, 1, 2]
    assert whole_tables() == before


def test_only_what_changed_is_written(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE, GARDEN], steering)
    plan = read(source, [replace(HOUSE, offers=(replace(CHOIR, capacity=20), DANCE)), GARDEN], steering)
    assert [each.title for each in plan.touched] == ["Offener Chor"]
    assert [(change.path, change.before, change.after) for change in plan.touched[0].changes] == [
        (("capacity",), 12, 20)
    ]
    versions = dict(Offer.objects.values_list("title", "version")) | dict(
        ContactPoint.objects.values_list("title", "version")
    )
    assert versions == {"Offener Chor": 2, "Tanzen": 1, "Haus der Erfindung": 1, "Garten der Erfindung": 1}


def test_what_was_changed_here_stays_and_all_else_follows_the_source(source: Source, steering: Viewer) -> None:
    read(source, [GARDEN], steering)
    row = stored("Garten der Erfindung")
    save_point(row.id, replace(GARDEN, operator="Hier geändert"), version=1, by=steering)
    new = replace(GARDEN, operator="Aus der Quelle", address=replace(GARDEN.address, district="Bilk"))
    plan = read(source, [new], steering)
    point = open_point(row.id).point
    assert (point.operator, point.address.district) == ("Hier geändert", "Bilk")
    assert [change.path for change in plan.planned[0].kept] == [("operator",)]
    assert (plan.kept, plan.changing) == (1, 1)
    again = read(source, [replace(new, operator="Noch einmal anders")], steering)
    assert (again.kept, again.changing, len(again.touched)) == (1, 0, 1)


def test_what_the_source_lost_is_gone_and_comes_back_with_it(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE, GARDEN], steering)
    house = stored("Haus der Erfindung").id
    assert whats(read(source, [GARDEN], steering))["Offener Chor"] is What.GONE
    with pytest.raises(PointNotFoundError):
        open_point(house)
    assert whats(read(source, [HOUSE, GARDEN], steering))["Haus der Erfindung"] is What.BACK
    assert read_back(open_point(house)) == HOUSE


def test_a_file_that_could_not_be_read_whole_takes_nothing_away(source: Source, steering: Viewer) -> None:
    """What is missing may be one of the entries that were refused."""
    read(source, [HOUSE, GARDEN], steering)
    plan = take_over(source, [replace(HOUSE, offers=(CHOIR,))], by=steering, on=DAY, complete=False)
    assert plan.count(What.GONE) == 0
    assert len(points_in_scope()) == 2
    content = b"Kennung;Name;Angebot\nhaus;Haus der Erfindung;\n;;Tanzen\n"
    handed_in = hand_in(source, [("de", content)], by=steering, on=DAY)
    found = shown(handed_in, steering)
    assert (found.complete, found.counts[What.GONE]) == (False, 0)
    take_over_import(handed_in, agreed=found.digest, by=steering, on=DAY)
    assert "Garten der Erfindung" in {row.title for row in points_in_scope()}


def test_what_was_handed_in_goes_when_it_is_taken_over_discarded_or_old(source: Source, steering: Viewer) -> None:
    files = [("de", b"Name;Ort\nHalle;Ost\n")]
    taken, left, old = (hand_in(source, files, by=steering, on=DAY) for _ in range(3))
    take_over_import(taken, agreed=shown(taken, steering).digest, by=steering, on=DAY)
    discard_import(left, by=steering)
    forget_imports(on=DAY + timedelta(days=7))
    assert [each.id for each in Import.objects.all()] == [old]
    forget_imports(on=DAY + timedelta(days=8))
    assert Import.objects.count() == 0
    assert points_in_scope().get().title == "Halle"


def test_what_was_brought_back_by_hand_stays_although_its_source_lost_it(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE, GARDEN], steering)
    read(source, [], steering)
    garden = ContactPoint.objects.get(title="Garten der Erfindung")
    restore_point(garden.id, by=steering)
    assert read(source, [], steering).count(What.GONE) == 0
    assert [row.title for row in points_in_scope()] == ["Garten der Erfindung"]
    read(source, [GARDEN], steering)  # it has it again, and is followed from then on
    assert read(source, [], steering).count(What.GONE) == 1


def test_an_offer_that_was_brought_back_by_hand_stays_too(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE], steering)
    without = replace(HOUSE, offers=())
    read(source, [without], steering)
    choir = Offer.objects.get(title=CHOIR.wording.source.texts["title"])
    restore_offer(choir.point_id, choir.id, by=steering)
    assert read(source, [without], steering).count(What.GONE) == 0
    assert read(source, [], steering).count(What.GONE) == 1  # the place: what was kept in it comes back with it
    read(source, [without], steering)
    assert [stored.id for stored in open_point(choir.point_id).offers] == [choir.id]


def test_what_a_partner_keeps_is_not_taken_away_by_a_source(source: Source, steering: Viewer, cast: Cast) -> None:
    read(source, [GARDEN], steering)
    give_to(stored("Garten der Erfindung").id, cast.bea.viewer.organisation, by=steering)
    assert read(source, [], steering).count(What.GONE) == 0


def test_nobody_lets_more_than_five_files_wait(source: Source, steering: Viewer) -> None:
    for _number in range(5):
        hand_in(source, [("de", b"Name;Ort\nHalle;Ost\n")], by=steering, on=DAY)
    with pytest.raises(TooManyWaitingError):
        hand_in(source, [("de", b"Name;Ort\nHalle;Ost\n")], by=steering, on=DAY)


def test_a_file_that_cannot_be_read_leaves_no_source(steering: Viewer) -> None:
    with pytest.raises(ReadRefusedError):
        hand_in_from(name="Neu", attribution="", licence="", files=[("de", b"")], by=steering, on=DAY)
    assert not Source.objects.filter(name="Neu").exists()


def test_what_was_added_here_is_no_business_of_the_source(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE], steering)
    house = stored("Haus der Erfindung").id
    save_offer(house, None, an_offer("egal", "Hier erdacht"), by=steering)
    alone = save_point(None, a_point(name="Ohne Quelle"), by=steering)
    read(source, [replace(HOUSE, offers=(CHOIR,))], steering)
    assert [each.offer.wording.source.texts["title"] for each in open_point(house).offers] == [
        "Hier erdacht", "Offener Chor",
    ]  # fmt: skip
    assert open_point(alone).point.operator == ""


def test_what_was_deleted_here_stays_deleted(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE, GARDEN], steering)
    house = open_point(stored("Haus der Erfindung").id)
    delete_offer(house.id, house.offers[0].id, by=steering, on=DAY)
    delete_point(stored("Garten der Erfindung").id, by=steering, on=DAY)
    plan = read(source, [replace(HOUSE, operator="Neu"), replace(GARDEN, operator="Neu")], steering)
    assert (whats(plan)["Garten der Erfindung"], whats(plan)["Offener Chor"]) == (What.REFUSED, What.REFUSED)
    assert [row.title for row in points_in_scope()] == ["Haus der Erfindung"]
    assert len(open_point(house.id).offers) == 1


def test_the_tags_follow_the_offer(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE], steering)
    read(source, [replace(HOUSE, offers=(replace(CHOIR, concepts=("music",), languages=()), DANCE))], steering)
    tags = OfferTag.objects.filter(offer__title="Offener Chor").values_list("kind", "value")
    assert list(tags) == [("concept", "music")]


def test_a_key_that_is_there_twice_changes_nothing(source: Source, steering: Viewer) -> None:
    read(source, [HOUSE], steering)
    before = whole_tables()
    for points in ([GARDEN, GARDEN], [GARDEN, replace(HOUSE, offers=(CHOIR, CHOIR))]):
        with pytest.raises(TwiceError):
            read(source, points, steering)
    assert whole_tables() == before


def test_two_sources_do_not_touch_each_other(source: Source, steering: Viewer) -> None:
    other = ensure_source(name="Andere", kind="hsds", attribution="", licence="", by=steering)
    read(source, [HOUSE], steering)
    read(other, [replace(HOUSE, operator="Andere", offers=())], steering)
    assert ContactPoint.objects.filter(title="Haus der Erfindung").count() == 2
    read(other, [], steering)
    assert [row.source_id for row in points_in_scope()] == [source.id]


def test_a_name_beyond_what_lists_hold_is_kept_whole(source: Source, steering: Viewer) -> None:
    read(source, [a_point(name="ü" * 400, wording=said(name="ü" * 400))], steering)
    row = ContactPoint.objects.get()
    assert (len(row.title), len(open_point(row.id).point.wording.source.texts["name"])) == (300, 400)


def test_a_source_that_writes_in_another_language_now_is_followed(source: Source, steering: Viewer) -> None:
    read(source, [GARDEN], steering)
    english = Wording("en", {"en": Translation({"name": "Garden"})})
    read(source, [replace(GARDEN, wording=english)], steering)
    assert open_point(stored("Garden").id).point.wording == english


def test_who_names_a_known_source_again_does_not_take_its_licence_away(source: Source, steering: Viewer) -> None:
    """Nothing typed is no answer: what is public already stays credited."""
    again = ensure_source(name="Liste", kind="", attribution="", licence="", by=steering)
    again.refresh_from_db()
    assert (again.id, again.kind, again.attribution, again.licence) == (
        source.id, "csv", "Stadt der Erfindung", "CC0",
    )  # fmt: skip
    renewed = ensure_source(name="Liste", kind="", attribution="Stadt", licence="CC BY 4.0", by=steering)
    renewed.refresh_from_db()
    assert (renewed.attribution, renewed.licence) == ("Stadt", "CC BY 4.0")


def test_a_change_that_began_earlier_and_ended_later_is_seen_too(source: Source, steering: Viewer) -> None:
    """What is kept in memory is read again although the last moment of a change is the same."""
    read(source, [HOUSE, GARDEN], steering)
    latest = timezone.now() + timedelta(hours=1)
    ContactPoint.objects.filter(title="Garten der Erfindung").update(changed_at=latest)
    assert stored("Haus der Erfindung").id in {point.id for point in whole_directory()}
    save_point(stored("Haus der Erfindung").id, replace(HOUSE, operator="Neu"), version=1, by=steering)
    assert "Neu" in {point.point.operator for point in whole_directory()}


def test_what_is_written_back_whole_is_held_from_when_it_is_read(source: Source, steering: Viewer) -> None:
    """Otherwise what somebody saves in between would be overwritten. SQLite has one writer at a time anyway."""
    read(source, [HOUSE], steering)
    with watched() as statements:
        read(source, [replace(HOUSE, operator="Neu", offers=(replace(CHOIR, closed=True), DANCE))], steering)
        confirm(stored("Haus der Erfindung").id, by=steering, on=DAY)
    held = {
        table
        for table in ("directory_contactpoint", "directory_offer")
        if [each.sql for each in statements if f'FROM "{table}"' in each.sql and "FOR UPDATE" in each.sql][1:]
    }
    wanted = {"directory_contactpoint", "directory_offer"} if connection.vendor == "postgresql" else set()
    assert held == wanted


def test_a_licence_that_is_said_anew_while_an_import_runs_stays(source: Source, steering: Viewer) -> None:
    ensure_source(name="Liste", kind="csv", attribution="Stadt", licence="CC BY 4.0", by=steering)
    read(source, [HOUSE], steering)  # with the source as it was before
    source.refresh_from_db()
    assert (source.attribution, source.licence, source.read_on) == ("Stadt", "CC BY 4.0", DAY)
