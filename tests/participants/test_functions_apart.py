"""One organisation with a coach and a trauma coach: no hold, release, period or number of one tells of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.casework.partners import agree
from tests.desk.asking import undone
from tests.people import DB, Account, Cast, account, agreed
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.casework.models import JournalEntry
from wegnetz.casework.services import EntryContent, accept_referral, offer_referral, write_entry
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Consent, Involvement, RetentionReport
from wegnetz.participants.selectors import PersonNotFoundError, open_person, releases_of
from wegnetz.participants.selectors.retention import due_rows, holds_of, reports_of
from wegnetz.participants.services import (
    HeldError,
    Release,
    apply_retention,
    begin_by_consent,
    close_involvement,
    delete_here,
    end_involvement,
    lift_hold,
    record_fact,
    record_release,
    register_person,
    set_hold,
    withdraw_release,
)  # fmt: skip
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.consents import Channel
from wegnetz.rules.facts import Fact
from wegnetz.rules.retention import longest_hold

pytestmark = DB
TODAY = timezone.localdate()


@dataclass(frozen=True)
class House:
    """B has them all. Nobody but Tess, and Gero of A, who sent the letter, may know that Tess accompanies."""

    person: UUID
    bea: Account  # case manager
    kim: Account  # coach
    tess: Account  # trauma coach
    bo: Account  # lead
    gero: Account  # case manager of A, which leads


@pytest.fixture
def house(cast: Cast) -> House:
    a, b = (Organisation.objects.get(key=key) for key in "ab")
    kim, tess = account("kim", "Kim", b, Role.COACH), account("tess", "Tess", b, Role.TRAUMA_COACH)
    gero, bo = account("gero", "Gero", a, Role.CASE_MANAGER), account("bo", "Bo", b, Role.LEAD)
    person = register_person(name=Name(called="Neu"), contact=Contact(), ground=agreed(gero), by=gero.viewer, on=TODAY)
    record_fact(person, Fact("support_need", value=True, recorded_on=TODAY), by=gero.viewer)
    begin_by_consent(agree(person, "coaching", kim, gero), by=kim.viewer, on=TODAY)
    write(person, kim)
    return House(person, cast.bea, kim, tess, bo, gero)


def write(person: UUID, by: Account) -> None:
    write_entry(person, EntryContent(timezone.now(), "conversation", 30, "Gespräch"), by=by.viewer)


def hide(house: House) -> None:
    """Tess begins, on Gero's letter, and writes everything down."""
    consent = agree(house.person, "trauma-coaching", house.tess, house.gero)
    letter = offer_referral(house.person, consent, message="Bitte", by=house.gero.viewer, on=TODAY)
    accept_referral(letter, by=house.tess.viewer, on=TODAY)
    write(house.person, house.tess)
    release(house, house.tess)


def release(house: House, by: Account) -> UUID:
    said = Release("Praxis", "Ärztin", "Beratung", "Termin", "de", Channel.IN_PERSON, TODAY)
    return record_release(house.person, said, by=by.viewer)


def hold(house: House, by: Account) -> UUID:
    return set_hold(house.person, reason="Klage läuft", until=longest_hold(TODAY), on=TODAY, by=by.viewer)


def shown(house: House, by: Account) -> tuple[int, int]:
    """How many holds and releases somebody sees."""
    found = open_person(by.viewer, house.person, purpose="test", also=("hold", "release from secrecy"))
    return len(holds_of(by.viewer, found)), len(releases_of(by.viewer, found))


def entries(house: House, by: Account) -> int:
    return JournalEntry.objects.filter(person=house.person, written_by=by.user).count()


def test_each_function_sees_its_own_holds_and_releases(house: House) -> None:
    hide(house)
    hold(house, house.tess)
    assert (shown(house, house.kim), shown(house, house.tess)) == ((0, 0), (1, 1))
    hold(house, house.kim)
    release(house, house.kim)
    assert (shown(house, house.kim), shown(house, house.tess)) == ((1, 1), (1, 1))


def test_nobody_of_another_function_takes_a_release_back_or_lifts_a_hold(house: House) -> None:
    hide(house)
    for owner, other in ((house.tess, house.kim), (house.kim, house.tess)):
        given, kept = release(house, owner), hold(house, owner)
        with pytest.raises(PersonNotFoundError):
            withdraw_release(house.person, given, on=TODAY, by=other.viewer)
        with pytest.raises(PersonNotFoundError):
            lift_hold(house.person, kept, on=TODAY, by=other.viewer)
        withdraw_release(house.person, given, on=TODAY, by=owner.viewer)
        lift_hold(house.person, kept, on=TODAY, by=owner.viewer)


def test_a_hold_of_one_function_does_not_stop_the_other_from_deleting(house: House) -> None:
    hide(house)
    hold(house, house.tess)
    with pytest.raises(HeldError):
        delete_here(house.person, on=TODAY, by=house.tess.viewer)
    delete_here(house.person, on=TODAY, by=house.kim.viewer)
    assert (entries(house, house.kim), entries(house, house.tess)) == (0, 1)


def test_a_hold_of_one_function_keeps_nothing_of_the_other(house: House) -> None:
    hide(house)
    hold(house, house.tess)
    for by in (house.kim, house.tess):
        end_involvement(house.person, on=TODAY, by=by.viewer)
    apply_retention(on=longest_hold(TODAY))
    assert (entries(house, house.kim), entries(house, house.tess)) == (1, 1)
    apply_retention(on=TODAY + timedelta(days=366))
    kept = int(longest_hold(TODAY) >= TODAY + timedelta(days=366))
    assert (entries(house, house.kim), entries(house, house.tess)) == (0, kept)
    apply_retention(on=longest_hold(TODAY) + timedelta(days=1))
    assert entries(house, house.tess) == 0


def test_what_ended_goes_in_its_time_though_the_other_function_goes_on(house: House) -> None:
    hide(house)
    end_involvement(house.person, on=TODAY, by=house.kim.viewer)
    apply_retention(on=TODAY + timedelta(days=366))
    assert (entries(house, house.kim), entries(house, house.tess)) == (0, 1)


@pytest.mark.parametrize("days", [20, 31, 340, 366, 1080, 1097])
@pytest.mark.parametrize("going_on", [True, False])
def test_no_number_tells_of_what_is_sealed(days: int, going_on: bool, house: House) -> None:
    """Neither a colleague's nor the lead's nor another organisation's, whether the sealed work goes on or not."""

    def numbers() -> list[object]:
        close_involvement(house.person, on=TODAY, by=house.gero.viewer)
        end_involvement(house.person, on=TODAY, by=house.kim.viewer)
        apply_retention(on=TODAY + timedelta(days=days))
        return [
            [(each.kind, each.soon, each.deleted, each.overdue) for each in reports_of(by.viewer, pack=active_pack())]
            for by in (house.kim, house.bea, house.bo, house.gero)
        ]

    with undone():
        without = numbers()
    hide(house)
    if not going_on:
        Involvement.objects.filter(person=house.person, secrecy="sealed").update(
            closed_on=TODAY, ended_on=TODAY, ended_at=timezone.now()
        )
    assert numbers() == without
    assert going_on or RetentionReport.objects.filter(secrecy="sealed", function="trauma-coaching").exists()


@pytest.mark.parametrize("days", [20, 31])
@pytest.mark.parametrize("renewed", [True, False])
def test_no_number_tells_of_what_a_sealed_function_asked(days: int, renewed: bool, house: House) -> None:
    """Kim's consent has run out; that she goes on, or begins anew, on what Tess asked is for nobody else."""
    Consent.objects.filter(person=house.person, purpose="coaching").update(until=TODAY - timedelta(days=1))

    def numbers() -> list[object]:
        close_involvement(house.person, on=TODAY, by=house.gero.viewer)
        apply_retention(on=TODAY + timedelta(days=days))
        reports = reports_of(house.gero.viewer, pack=active_pack())
        return [(each.kind, each.soon, each.deleted, each.overdue) for each in reports]

    with undone():
        without = numbers()
    hide(house)
    asked = agree(house.person, "coaching", house.kim, house.tess)
    if not renewed:
        begin_by_consent(asked, by=house.kim.viewer, on=TODAY)
    assert ("facts", int(days == 20), int(days == 31), 0) in without
    assert numbers() == without


def test_who_works_in_a_sealed_function_sees_its_numbers(house: House) -> None:
    hide(house)
    close_involvement(house.person, on=TODAY, by=house.tess.viewer)
    apply_retention(on=TODAY + timedelta(days=340))
    soon = {each.kind: each.soon for each in reports_of(house.tess.viewer, pack=active_pack())}
    assert soon["journal"] == 1


def test_entries_of_a_sealed_function_are_kept_by_a_class_of_their_own(house: House) -> None:
    """Where the organisation has to keep them longer than other entries, or less long, the others stay as they are."""
    pack = active_pack()
    longer = replace(pack, retention=tuple(
        replace(entry, days=3653) if entry.id == "trauma-note" else entry for entry in pack.retention
    ))  # fmt: skip
    without = replace(pack, retention=tuple(entry for entry in pack.retention if entry.id != "trauma-note"))
    hide(house)
    for by in (house.tess, house.kim):
        close_involvement(house.person, on=TODAY, by=by.viewer)

    def due(pack: Pack) -> set[str]:
        found = due_rows(pack, TODAY + timedelta(days=366))
        return {each.function for each in found if each.kind.name == "journal" and each.rows.exists()}

    assert (due(pack), due(longer), due(without)) == (
        {"trauma-coaching", "coaching"}, {"coaching"}, {"trauma-coaching", "coaching"},
    )  # fmt: skip


def test_how_long_somebody_who_only_asked_stays_does_not_tell_of_a_sealed_function(cast: Cast) -> None:
    """B registers somebody and writes nothing, while B's trauma coach does."""
    b = Organisation.objects.get(key="b")
    tess = account("tess", "Tess", b, Role.TRAUMA_COACH)
    bea = cast.bea
    person = register_person(name=Name(), contact=Contact(), ground=agreed(bea), by=bea.viewer, on=TODAY)
    begin_by_consent(agree(person, "trauma-coaching", tess, bea), by=tess.viewer, on=TODAY)
    write(person, tess)
    apply_retention(on=TODAY + timedelta(days=91))
    ended = Involvement.objects.filter(person=person, ended_at__isnull=False).values_list("function", flat=True)
    assert list(ended) == ["case-management"]
    open_person(tess.viewer, person, purpose="test")
