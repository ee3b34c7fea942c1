"""The map is the person's own: two keys open it, what is on it names nobody, and it is shown by choice alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.audit.reading_back import last_place, recorded_since
from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer
from tests.desk.asking import rows_of_every_table
from tests.network.mapping import FRIEND, MOTHER, TODAY, Own, own
from tests.people import DB, Cast
from wegnetz.accounts.access import Role
from wegnetz.casework.services import accept_referral
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.secret_links import new_secret
from wegnetz.engines.ego_network import Alter, Horizon, NetworkMap, Sector, Support, Tie, Version
from wegnetz.network.boxes import open_map_key
from wegnetz.network.models import PersonMap, SharedMap
from wegnetz.network.selectors import LinkGoneError
from wegnetz.network.selectors.person_maps import (
    MapNotSharedError,
    Sharing,
    drawn_on,
    is_shared,
    map_of_link,
    organisation_of,
    shared_map,
    sharing_of,
    standing_map,
)
from wegnetz.network.services import EditConflictError, forget_shared_maps
from wegnetz.network.services.drawing import (
    MOST_ALTERS,
    MOST_VERSIONS,
    FullError,
    Moved,
    NamedError,
    NotThereError,
    begin_version,
    bring_back,
    move_on_map,
    read_in,
    stand_in_ring,
    take_off_map,
)
from wegnetz.network.services.person_maps import (
    MapStandsError,
    NobodyToShowError,
    make_map_link,
    renew_map_link,
    share_map,
    stop_sharing,
)
from wegnetz.participants.models import Involvement
from wegnetz.participants.selectors import PersonNotFoundError, open_person
from wegnetz.participants.services.retention import delete_here
from wegnetz.vault.selectors import key_of
from wegnetz.vault.services import destroy_key

__all__ = ["own", "partners"]
pytestmark = DB
DAY = timedelta(days=1)


def recorded(own: Own, since: int) -> list[tuple[str, str]]:
    return [(event.action, event.category) for event in recorded_since(own.by.organisation, since)]


# --- two keys ----------------------------------------------------------------------------------------


def test_what_is_drawn_is_there_with_the_link(own: Own) -> None:
    made = own.put(replace(FRIEND, tie=Tie.MULTIPLEX, conflict=True, support={Support.SOCIAL: 2, Support.LINKING: 0}))
    assert own.latest == Version(
        own.latest.id, "", TODAY.isoformat(),
        (Alter(made.id, "Me", "", 135, 51, Tie.MULTIPLEX, conflict=True, support={Support.SOCIAL: 2},
               from_programme=True),),
    )  # fmt: skip


def test_the_database_with_all_keys_of_the_vault_opens_no_map(own: Own, cast: Cast) -> None:
    """Without the secret of the link: with another one, and with the one that stood before."""
    own.put(MOTHER)
    row, key = own.map.row, key_of(cast.yonas.id)
    other = new_secret(row.organisation_id)
    for token in (other, row.token, "", str(row.id)):
        with pytest.raises(CannotOpenError):
            open_map_key(token, key, row.key_box, row.id)
    assert open_map_key(own.token, key, row.key_box, row.id) == own.map.key


def test_the_link_opens_nothing_once_the_key_of_the_person_is_destroyed(own: Own, cast: Cast) -> None:
    row = own.map.row
    destroy_key(cast.yonas.id, on=row.made_at)
    with pytest.raises(LinkGoneError):
        map_of_link(own.token)
    for key in (bytes(32), key_of(cast.lina.id)):
        with pytest.raises(CannotOpenError):
            open_map_key(own.token, key, row.key_box, row.id)


def test_nothing_that_is_drawn_and_no_secret_stands_plain_in_the_database(own: Own) -> None:
    own.put(replace(MOTHER, called="🦉🦉🦉"))
    share_map(own.map, until=None, on=TODAY)
    everything = b"\n".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for rows in rows_of_every_table().values() for row in rows for cell in row
    )  # fmt: skip
    assert [part for part in ("🦉".encode(), b"\\ud83e", own.token.encode()) if part in everything] == []


@pytest.mark.parametrize("token", ["", "a", "a" * 64, "ä" * 64, "-" * 63, "=" * 64])
def test_what_is_no_secret_of_ours_opens_nothing(token: str, own: Own) -> None:
    with pytest.raises(LinkGoneError):
        map_of_link(token)


def test_a_secret_says_for_which_organisation_the_database_is_asked(own: Own) -> None:
    assert (organisation_of(own.token), len(own.token)) == (own.by.organisation, 64)


def test_a_map_moved_to_another_row_or_back_to_an_older_state_opens_no_more(own: Own, cast: Cast) -> None:
    own.put(MOTHER)
    PersonMap.objects.update(version=own.version - 1)
    with pytest.raises(CannotOpenError):
        drawn_on(own.map)
    other = make_map_link(cast.lina.id, by=own.by)
    first, second = PersonMap.objects.get(person=cast.yonas.id), PersonMap.objects.get(person=cast.lina.id)
    PersonMap.objects.filter(id=second.id).update(key_box=bytes(first.key_box))
    with pytest.raises(LinkGoneError):
        map_of_link(other)


# --- the link ----------------------------------------------------------------------------------------


def test_a_new_link_by_the_person_ends_the_one_before_and_keeps_the_map(own: Own) -> None:
    own.put(MOTHER)
    before, open_before = own.token, own.map
    own.token = renew_map_link(open_before)
    with pytest.raises(LinkGoneError):
        map_of_link(before)
    with pytest.raises(EditConflictError):
        renew_map_link(open_before)
    assert (own.names, own.map.row.own_secret) == (["M"], True)


def test_who_still_has_the_page_of_an_ended_link_open_changes_nothing(own: Own) -> None:
    own.put(MOTHER)
    kept = own.map
    own.token = renew_map_link(kept)
    with pytest.raises(EditConflictError):
        take_off_map(kept, own.latest.alters[0].id, version=own.version)
    assert own.names == ["M"]


def test_staff_replace_a_map_only_where_they_say_so_and_never_read_it(own: Own) -> None:
    own.put(MOTHER)
    share_map(own.map, until=None, on=TODAY)
    with pytest.raises(MapStandsError):
        make_map_link(own.person, by=own.by)
    assert own.names == ["M"]
    before, since = own.token, last_place(own.by.organisation)
    own.token = make_map_link(own.person, by=own.by, instead=True)
    with pytest.raises(LinkGoneError):
        map_of_link(before)
    assert (drawn_on(own.map).versions, PersonMap.objects.count(), SharedMap.objects.count()) == ((), 1, 0)
    assert recorded(own, since) == [
        ("delete", "network map"), ("make", "link to the network map"),
    ]  # fmt: skip


def test_only_who_accompanies_somebody_hands_out_their_link(own: Own, cast: Cast) -> None:
    others = [account.viewer for account in cast.colleagues if account.role is not Role.CASE_MANAGER]
    for viewer in (cast.bea.viewer, *others):
        with pytest.raises(PersonNotFoundError):
            make_map_link(own.person, by=viewer, instead=True)
        assert (standing_map(viewer, own.person), is_shared(viewer, own.person, on=TODAY)) == (None, False)
    standing = standing_map(own.by, own.person)
    assert standing is not None
    assert (standing.made_on, standing.own_secret) == (TODAY, False)


def test_of_whom_the_key_is_gone_there_is_no_link(cast: Cast) -> None:
    with pytest.raises(PersonNotFoundError):
        make_map_link(cast.erased.id, by=cast.ilka.viewer)


# --- drawing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("called", ["", " ", "Ali", "Mutter", "0170 1234567", "m@x.de", "A B", "علي", "😀😀😀😀"])
def test_nobody_stands_on_the_map_under_what_leads_to_them(called: str, own: Own) -> None:
    with pytest.raises(NamedError):
        own.put(replace(MOTHER, called=called))
    assert drawn_on(own.map).versions == ()


@pytest.mark.parametrize("called", ["M", "Me", "AMK", "عل", "👩🏽‍🏫", "👨‍👩‍👧‍👦", "M2"])
def test_initials_and_emoji_stand_on_the_map(called: str, own: Own) -> None:
    assert own.put(replace(MOTHER, called=called)).name == called


def test_who_knows_whom_changes_with_whoever_says_it(own: Own) -> None:
    mother, friend = own.put(MOTHER), own.put(FRIEND)
    own.put(replace(FRIEND, knows=[mother.id, "nobody", friend.id]), friend.id)
    assert own.latest.ties == {frozenset({mother.id, friend.id})}
    own.put(replace(MOTHER, called="Mu"), mother.id)
    assert (own.names, len(own.latest.ties)) == (["Mu", "Me"], 1)
    own.put(replace(FRIEND, knows=[]), friend.id)
    assert own.latest.ties == frozenset()


def test_somebody_moves_to_a_ring_and_to_where_they_are_drawn(own: Own) -> None:
    made = own.put(MOTHER)
    stand_in_ring(own.map, made.id, Sector.COLLEAGUES, Horizon.OUTER, version=own.version, on=TODAY)
    assert (own.latest.alters[0].sector, own.latest.alters[0].horizon) == (Sector.COLLEAGUES, Horizon.OUTER)
    move_on_map(own.map, [Moved(made.id, 400, 250)], version=own.version, on=TODAY)
    assert (own.latest.alters[0].angle, own.latest.alters[0].distance) == (40, 100)
    stand_in_ring(own.map, made.id, Sector.FAMILY, Horizon.OUTER, version=own.version, on=TODAY)
    assert own.latest.alters[0].angle == 40  # stands there already


def test_who_was_taken_off_comes_back_with_whom_they_knew(own: Own) -> None:
    mother, friend = own.put(MOTHER), own.put(replace(FRIEND, knows=()))
    own.put(replace(FRIEND, knows=[mother.id]), friend.id)
    before = own.latest
    take_off_map(own.map, mother.id, version=own.version)
    assert (own.names, own.latest.ties) == (["Me"], frozenset())
    bring_back(own.map, version=own.version)
    assert (set(own.names), own.latest.ties) == ({"M", "Me"}, before.ties)
    with pytest.raises(NotThereError):
        bring_back(own.map, version=own.version)


def test_two_devices_do_not_undo_each_other(own: Own) -> None:
    made = own.put(MOTHER)
    seen = own.version
    own.put(FRIEND)
    late = own.map
    with pytest.raises(EditConflictError):
        take_off_map(late, made.id, version=seen)
    with pytest.raises(EditConflictError):
        begin_version(late, version=seen, on=TODAY)
    with pytest.raises(EditConflictError):
        move_on_map(late, [Moved(made.id, 0, 50)], version=seen, on=TODAY)
    with pytest.raises(EditConflictError):
        read_in(late, NetworkMap((own.latest,)), version=seen, on=TODAY)
    assert own.names == ["M", "Me"]


def test_an_earlier_version_stays_as_it_was(own: Own) -> None:
    own.put(MOTHER)
    begin_version(own.map, version=own.version, on=TODAY + DAY)
    own.put(FRIEND)
    drawn = drawn_on(own.map)
    assert [(each.date, [alter.name for alter in each.alters]) for each in drawn.versions] == [
        (TODAY.isoformat(), ["M"]), ((TODAY + DAY).isoformat(), ["M", "Me"]),
    ]  # fmt: skip


def test_a_map_has_an_end(own: Own) -> None:
    many = tuple(Alter(str(number), "M") for number in range(MOST_ALTERS))
    read_in(own.map, NetworkMap((Version("1", alters=many),)), version=own.version, on=TODAY)
    with pytest.raises(FullError):
        own.put(FRIEND)
    file = NetworkMap(tuple(Version(str(number), alters=many[:1]) for number in range(MOST_VERSIONS)))
    with pytest.raises(FullError):
        read_in(own.map, file, version=own.version, on=TODAY)
    with pytest.raises(FullError):
        read_in(own.map, NetworkMap((Version("1"),)), version=own.version, on=TODAY)


def test_names_in_a_file_become_initials(own: Own) -> None:
    file = Version(
        "7", "Anfang mit Amina", "2021-03-01T10:00:00",
        (Alter("1", "Amina Yusuf", angle=30, distance=120), Alter("2", "Onkel", emoji="🐻", distance=0)),
        frozenset({frozenset({"1", "2"})}),
    )  # fmt: skip
    own.put(MOTHER)
    read_in(own.map, NetworkMap((file,), "Yonas Tesfay"), version=own.version, on=TODAY)
    first = drawn_on(own.map).versions[0]
    assert [(each.name, each.distance) for each in first.alters] == [("AY", 100), ("🐻", 18)]
    assert (first.title, first.date) == ("", "2021-03-01")
    assert first.ties == {frozenset({first.alters[0].id, first.alters[1].id})}


def test_who_is_in_several_versions_of_a_file_is_one_person(own: Own) -> None:
    first = Version("1", date="2021-03-01", alters=(Alter("7", "M"),))
    second = Version("2", date="2021-06-01", alters=(Alter("7", "M"), Alter("8", "A")))
    read_in(own.map, NetworkMap((first, second)), version=own.version, on=TODAY)
    ids = [[alter.id for alter in each.alters] for each in drawn_on(own.map).versions]
    assert (ids[0], len(set(ids[1]))) == (ids[1][:1], 2)


# --- shown by choice ---------------------------------------------------------------------------------


def looked_at(own: Own) -> Version:
    found = open_person(own.by, own.person, purpose="network map", also=("network map",))
    return shared_map(own.by, found, on=TODAY).drawn.versions[-1]


def test_nobody_sees_the_map_before_it_is_shared_nor_after(own: Own) -> None:
    own.put(MOTHER)
    with pytest.raises(MapNotSharedError):
        looked_at(own)
    share_map(own.map, until=TODAY, on=TODAY)
    own.put(FRIEND)
    assert [each.name for each in looked_at(own).alters] == ["M"]  # a copy: what is drawn later is not in it
    assert sharing_of(own.map, on=TODAY) == Sharing(can=True, is_shown=True, until=TODAY)
    assert sharing_of(own.map, on=TODAY + DAY) == Sharing(can=True, is_shown=False, until=None)
    stop_sharing(own.map)
    assert SharedMap.objects.count() == 0
    with pytest.raises(MapNotSharedError):
        looked_at(own)


def test_whom_somebody_took_off_is_not_in_the_copy(own: Own) -> None:
    made = own.put(MOTHER)
    take_off_map(own.map, made.id, version=own.version)
    share_map(own.map, until=None, on=TODAY)
    found = open_person(own.by, own.person, purpose="network map", also=("network map",))
    assert shared_map(own.by, found, on=TODAY).drawn.removed is None


def test_a_copy_is_not_shown_after_its_day_and_is_deleted(own: Own) -> None:
    own.put(MOTHER)
    share_map(own.map, until=TODAY, on=TODAY)
    assert [is_shared(own.by, own.person, on=TODAY + days * DAY) for days in (0, 1)] == [True, False]
    assert [forget_shared_maps(on=TODAY + days * DAY) for days in (0, 1)] == [0, 1]
    share_map(own.map, until=None, on=TODAY)
    assert forget_shared_maps(on=TODAY + 30 * DAY) == 0


def test_when_nobody_accompanies_any_more_the_map_is_shown_to_nobody_and_stays_the_persons(own: Own) -> None:
    own.put(MOTHER)
    share_map(own.map, until=None, on=TODAY)
    Involvement.objects.filter(id=own.map.row.involvement_id).update(ended_at=own.map.row.made_at)
    assert (is_shared(own.by, own.person, on=TODAY), standing_map(own.by, own.person)) == (False, None)
    assert (sharing_of(own.map, on=TODAY), own.names) == (Sharing(can=False, is_shown=False, until=None), ["M"])
    with pytest.raises(NobodyToShowError):
        share_map(own.map, until=None, on=TODAY)
    assert forget_shared_maps(on=TODAY) == 1


def test_whoever_deletes_everything_of_somebody_deletes_the_map_and_what_is_shown_of_it(own: Own) -> None:
    own.put(MOTHER)
    share_map(own.map, until=None, on=TODAY)
    delete_here(own.person, on=TODAY, by=own.by)
    assert (PersonMap.objects.count(), SharedMap.objects.count()) == (0, 0)
    with pytest.raises(LinkGoneError):
        map_of_link(own.token)


def test_each_work_has_a_map_of_its_own_and_tells_the_other_nothing(partners: Partners, cast: Cast) -> None:
    """Two organisations accompany the same person: neither finds the map that the other handed out."""
    person, ilka, jonas = cast.yonas.id, cast.ilka, partners.jonas
    make_map_link(person, by=ilka.viewer)
    accept_referral(offer(cast, jonas).id, by=jonas.viewer, on=today())
    assert standing_map(jonas.viewer, person) is None
    make_map_link(person, by=jonas.viewer)
    assert PersonMap.objects.filter(person=person).count() == 2


def test_drawing_is_recorded_nowhere_and_sharing_is(own: Own) -> None:
    since = last_place(own.by.organisation)
    own.put(MOTHER)
    begin_version(own.map, version=own.version, on=TODAY)
    assert recorded(own, since) == []
    share_map(own.map, until=None, on=TODAY)
    stop_sharing(own.map)
    stop_sharing(own.map)
    own.token = renew_map_link(own.map)
    assert recorded(own, since) == [
        ("share", "network map"), ("stop sharing", "network map"), ("renew", "link to the network map"),
    ]  # fmt: skip
