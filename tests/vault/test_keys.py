"""A key for each person, kept apart, and gone for good when it is destroyed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from pytest_django import Settings

from tests.company import Company
from tests.desk.addresses import REACH, SCREENS, Screen, address
from tests.people import DB, Cast, Desk
from wegnetz.core.boxes import open_json
from wegnetz.core.crypto import CannotOpenError, key_to_text, new_key, unseal
from wegnetz.participants.boxes import fact_place, name_place
from wegnetz.participants.models import FactRecord, Person
from wegnetz.participants.openings import open_contact, open_fact, open_name, place_of_fact
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.router import KeystoreRouter
from wegnetz.vault.selectors import KeyGoneError, key_of, keys_of, still_kept
from wegnetz.vault.services import CHECK, WrongMasterKeyError, check_master_key, create_key, create_keys, destroy_key

pytestmark = DB

NOW = datetime(2021, 10, 7, 12, tzinfo=UTC)


def test_a_key_comes_back_as_it_was_made() -> None:
    owner = uuid4()
    assert create_key(owner) == key_of(owner)


def test_keys_made_at_once_are_different_and_come_back() -> None:
    owners = [uuid4() for _ in range(20)]
    made = create_keys(owners)
    assert (keys_of(owners), len(set(made.values()))) == (made, 20)


def test_an_owner_has_one_key_for_good() -> None:
    owner = uuid4()
    create_key(owner)
    with pytest.raises(IntegrityError), transaction.atomic(using="keystore"):
        create_key(owner)


def test_a_destroyed_key_leaves_an_empty_row_with_the_day() -> None:
    owner = uuid4()
    create_key(owner)
    destroy_key(owner, on=NOW)
    row = SubjectKey.objects.get(owner=owner)
    assert (bytes(row.wrapped), row.destroyed_at) == (b"", NOW)
    with pytest.raises(KeyGoneError):
        key_of(owner)


def test_destroying_again_does_not_move_the_day() -> None:
    owner = uuid4()
    create_key(owner)
    destroy_key(owner, on=NOW)
    destroy_key(owner, on=datetime(2022, 1, 1, tzinfo=UTC))
    assert SubjectKey.objects.get(owner=owner).destroyed_at == NOW


def test_the_database_keeps_no_key_that_is_marked_destroyed() -> None:
    owner = uuid4()
    create_key(owner)
    with pytest.raises(IntegrityError), transaction.atomic(using="keystore"):
        SubjectKey.objects.filter(owner=owner).update(destroyed_at=NOW)


def test_those_whose_key_is_gone_are_left_out() -> None:
    kept, gone, never = uuid4(), uuid4(), uuid4()
    create_keys([kept, gone])
    destroy_key(gone, on=NOW)
    assert set(keys_of([kept, gone, never])) == still_kept([kept, gone, never]) == {kept}


def test_a_wrapped_key_does_not_open_for_another_owner() -> None:
    one, other = uuid4(), uuid4()
    create_keys([one, other])
    SubjectKey.objects.filter(owner=other).update(wrapped=SubjectKey.objects.get(owner=one).wrapped)
    with pytest.raises(CannotOpenError):
        key_of(other)


def test_another_master_key_unwraps_nothing(settings: Settings, cast: Cast) -> None:
    settings.MASTER_KEY = key_to_text(new_key())
    with pytest.raises(CannotOpenError):
        key_of(cast.yonas.id)


def test_another_master_key_makes_no_keys_that_would_be_lost_later(settings: Settings, cast: Cast) -> None:
    check_master_key()
    settings.MASTER_KEY = key_to_text(new_key())
    for attempt in (check_master_key, lambda: create_key(uuid4())):
        with pytest.raises(WrongMasterKeyError):
            attempt()
    assert SubjectKey.objects.filter(owner=CHECK).count() == 1


def test_a_wrapped_key_is_not_the_key(cast: Cast) -> None:
    key = key_of(cast.yonas.id)
    assert (key in bytes(SubjectKey.objects.get(owner=cast.yonas.id).wrapped)) is False


def test_the_keys_lie_in_the_keystore_alone() -> None:
    tables = {alias: set(connections[alias].introspection.table_names()) for alias in connections}
    assert tables["keystore"] == {"vault_subjectkey", "django_migrations"}
    assert ("vault_subjectkey" in tables["default"]) is False


def test_the_router_keeps_the_two_databases_apart() -> None:
    router = KeystoreRouter()
    assert (router.db_for_read(SubjectKey), router.db_for_read(Person)) == ("keystore", None)
    assert (router.db_for_write(SubjectKey), router.db_for_write(Person)) == ("keystore", None)
    assert [router.allow_migrate(db, app) for db in ("default", "keystore") for app in ("vault", "audit")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_the_box_of_one_person_does_not_open_as_that_of_another(cast: Cast) -> None:
    yonas, omar = Person.objects.get(id=cast.yonas.id), Person.objects.get(id=cast.omar.id)
    name = open_name(key_of(yonas.id), yonas)
    assert name is not None
    assert name.called.startswith("Yonas")
    for key, box, person, organisation in (
        (key_of(omar.id), yonas.name_box, yonas.id, yonas.organisation_id),
        (key_of(yonas.id), yonas.name_box, omar.id, yonas.organisation_id),
        (key_of(yonas.id), yonas.name_box, yonas.id, omar.organisation_id),
        (key_of(yonas.id), yonas.contact_box, yonas.id, yonas.organisation_id),
        (key_of(yonas.id), omar.name_box, yonas.id, yonas.organisation_id),
    ):
        with pytest.raises(CannotOpenError):
            open_json(key, box, name_place(person, organisation))


def test_a_person_moved_to_another_organisation_does_not_open_there(cast: Cast) -> None:
    """The database refuses to move them; whoever gets past it has a row that opens for nobody."""
    moved = Person.objects.get(id=cast.yonas.id)
    moved.organisation_id = cast.bea.viewer.organisation
    assert open_name(key_of(moved.id), moved) is None
    with pytest.raises(CannotOpenError):
        open_contact(key_of(moved.id), moved)


def test_an_answer_opens_for_no_other_record_person_author_or_time(cast: Cast) -> None:
    one, other = FactRecord.objects.filter(person=cast.yonas.id).order_by("recorded_at")[:2]
    key = key_of(cast.yonas.id)
    assert open_fact(key, one).provenance == "self-reported"
    for place in (
        place_of_fact(other),
        fact_place(one.id, cast.omar.id, one.recorded_by_id, one.recorded_at),
        fact_place(one.id, one.person_id, cast.bea.user, one.recorded_at),
        fact_place(one.id, one.person_id, one.recorded_by_id, other.recorded_at),
    ):
        with pytest.raises(CannotOpenError):
            open_json(key, one.box, place)


# Their answers hold no word about anybody, and need no key.
WORDLESS = {"continue-draft", "appointment-file"}


def _of_yonas(screen: Screen) -> bool:
    return "yonas" in (screen.reach or REACH).get("ilka", ())


def test_without_the_key_every_address_of_the_person_is_not_found(ilka: Desk, cast: Cast, company: Company) -> None:
    there = [name for name, screen in SCREENS.items() if screen.about_a_person and _of_yonas(screen)]
    there = [name for name in there if name not in WORDLESS]
    pages = [address(name, company.people["yonas"]) for name in there]
    assert {ilka.get(page).status_code for page in pages} == {200, 405}
    destroy_key(cast.yonas.id, on=NOW)
    assert {ilka.get(page).status_code for page in pages} == {404, 405}
    boxes = [bytes(box) for box in FactRecord.objects.filter(person=cast.yonas.id).values_list("box", flat=True)]
    others = [key_of(cast.lina.id), key_of(cast.omar.id), b"\0" * 32]
    for key in others:
        for box in boxes:
            with pytest.raises(CannotOpenError):
                unseal(key, box, "")
