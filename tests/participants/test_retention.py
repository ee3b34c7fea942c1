"""Data go when their time is over, by themselves; erased is erased, also after a restore."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.casework.partners import Partners, agree, partners
from tests.people import DAY, DB, Account, Cast, agreed
from wegnetz.audit.models import Event
from wegnetz.casework.models import JournalEntry
from wegnetz.casework.services import EntryContent, write_entry
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Consent, FactRecord, Involvement, Person, RetentionReport
from wegnetz.participants.selectors import PersonNotFoundError, open_person
from wegnetz.participants.selectors.retention import exits, kinds
from wegnetz.participants.services import (
    HeldError,
    HoldLengthError,
    apply_retention,
    begin_by_consent,
    close_involvement,
    delete_here,
    end_involvement,
    erase_if_let_go,
    forget_erased,
    lift_hold,
    record_fact,
    register_person,
    set_hold,
    sweep_erased,
)
from wegnetz.rules.facts import Fact
from wegnetz.rules.retention import longest_hold
from wegnetz.vault.ledger import note_erasure, read_erasures
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.selectors import still_kept

__all__ = ["partners"]
pytestmark = DB
TODAY = timezone.localdate()
IN_A_YEAR = longest_hold(TODAY)


def newcomer(by: Account, *, on: date = TODAY) -> Person:
    """Somebody with an answer and a journal entry."""
    viewer = by.viewer
    person = register_person(name=Name(called="Neu"), contact=Contact(), ground=agreed(by), by=viewer, on=on)
    record_fact(person, Fact("support_need", value=True, recorded_on=DAY), by=viewer)
    write_entry(person, EntryContent(timezone.now(), "conversation", 30, "Erstes Gespräch"), by=viewer)
    return Person.objects.get(id=person)


def rows_of(person: Person) -> dict[str, int]:
    counted = {kind.name: kind.rows.filter(person=person).count() for kind in kinds()}
    return {name: number for name, number in counted.items() if number}


def test_nothing_goes_while_somebody_accompanies_the_person(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    before = rows_of(person)
    apply_retention(on=TODAY + timedelta(days=300))
    assert rows_of(person) == before


def test_each_kind_goes_after_its_own_period(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    close_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    for days, left in (
        (30, {"facts": 1, "journal": 1}),
        (31, {"journal": 1}),
        (365, {"journal": 1}),
        (366, {}),
    ):
        apply_retention(on=TODAY + timedelta(days=days))
        assert (days, rows_of(person)) == (days, left | {"involvements": 1})


def test_the_proof_goes_last_the_involvement_before_its_consent(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=1097))
    assert (rows_of(person), Consent.objects.filter(person=person).count()) == ({}, 0)


def test_who_has_nothing_left_is_erased_and_the_deletion_is_in_the_audit(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=366))
    assert still_kept([person.id]) == set()
    acts = Event.objects.filter(subjects__subject=person.id, actor__isnull=True).order_by("sequence")
    assert list(acts.values_list("action", "category")) == [
        ("delete", "journal"), ("delete", "facts"), ("erase", "person"),
    ]  # fmt: skip


def test_the_report_says_what_is_soon_deleted_and_overdue(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    close_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=10))
    soon = RetentionReport.objects.get(kind="facts", organisation=person.organisation_id)
    assert (soon.soon, soon.deleted, soon.overdue) == (1, 0, 0)
    apply_retention(on=TODAY + timedelta(days=40))
    gone = RetentionReport.objects.get(kind="facts", organisation=person.organisation_id, on=TODAY + timedelta(days=40))
    assert (gone.soon, gone.deleted, gone.overdue) == (0, 1, 0)


def test_an_enquiry_that_led_to_nothing_goes_after_90_days(cast: Cast) -> None:
    person = register_person(name=Name(), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=TODAY)
    apply_retention(on=TODAY + timedelta(days=90))
    assert still_kept([person]) == {person}
    apply_retention(on=TODAY + timedelta(days=91))
    assert still_kept([person]) == set()


def test_a_hold_keeps_everything_until_it_is_lifted(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    hold = set_hold(person.id, reason="Klage läuft", until=IN_A_YEAR, on=TODAY, by=cast.ilka.viewer)
    close_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=IN_A_YEAR)
    assert FactRecord.objects.filter(person=person).count() == 1
    with pytest.raises(HeldError):
        delete_here(person.id, on=TODAY, by=cast.ilka.viewer)
    lift_hold(person.id, hold, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=IN_A_YEAR)
    assert FactRecord.objects.filter(person=person).count() == 0


def test_a_hold_runs_out_by_itself_when_nobody_is_left_to_lift_it(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    set_hold(person.id, reason="Klage läuft", until=IN_A_YEAR, on=TODAY, by=cast.ilka.viewer)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=IN_A_YEAR)
    assert rows_of(person) == {"facts": 1, "journal": 1, "holds": 1, "involvements": 1}
    apply_retention(on=IN_A_YEAR + timedelta(days=1))
    assert rows_of(person) == {"involvements": 1}
    assert still_kept([person.id]) == set()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_hold_ends_after_today_and_within_a_year(days: int, cast: Cast) -> None:
    with pytest.raises(HoldLengthError):
        set_hold(cast.yonas.id, reason="Klage", until=TODAY + timedelta(days=days), on=TODAY, by=cast.ilka.viewer)


def test_a_hold_is_set_anew_while_it_stands(cast: Cast) -> None:
    person, later = newcomer(cast.ilka), TODAY + timedelta(days=300)
    set_hold(person.id, reason="Klage läuft", until=IN_A_YEAR, on=TODAY, by=cast.ilka.viewer)
    set_hold(person.id, reason="Noch immer", until=longest_hold(later), on=later, by=cast.ilka.viewer)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=IN_A_YEAR + timedelta(days=1))
    assert rows_of(person) == {"facts": 1, "journal": 1, "holds": 2, "involvements": 1}


def test_deleting_here_leaves_what_others_have(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    with_bea = Involvement.objects.get(person=person)
    kept = JournalEntry.objects.filter(person=cast.omar.id).count()
    delete_here(person.id, on=TODAY, by=cast.ilka.viewer)
    assert rows_of(person) == {"involvements": 1}
    assert JournalEntry.objects.filter(person=cast.omar.id).count() == kept
    with_bea.refresh_from_db()
    assert with_bea.ended_on == TODAY
    with pytest.raises(PersonNotFoundError):
        open_person(cast.ilka.viewer, person.id, purpose="test")


def test_the_worker_erases_who_was_let_go_by_everybody(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    delete_here(person.id, on=TODAY, by=cast.ilka.viewer)
    queued = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert queued is not None
    assert queued.args_kwargs["args"] == [str(person.id)]
    assert erase_if_let_go(person.id, on=TODAY, at=timezone.now()) is True
    assert still_kept([person.id]) == set()
    assert erase_if_let_go(person.id, on=TODAY, at=timezone.now()) is False


@pytest.mark.parametrize("asked_for", [True, False])
def test_a_hold_keeps_the_key_where_nothing_else_is_left(asked_for: bool, cast: Cast) -> None:
    """Name and contact, who gave the consent, and the reason of the hold itself can be read with it alone."""
    person = register_person(
        name=Name(called="Neu"), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=TODAY
    )  # fmt: skip
    until = TODAY + timedelta(days=90)
    set_hold(person, reason="Klage läuft", until=until, on=TODAY, by=cast.ilka.viewer)
    end_involvement(person, on=TODAY, by=cast.ilka.viewer)
    for day in (TODAY, until):
        if asked_for:
            assert erase_if_let_go(person, on=day, at=timezone.now()) is False
        else:
            apply_retention(on=day)
        assert still_kept([person]) == {person}
    apply_retention(on=until + timedelta(days=1))
    assert still_kept([person]) == set()


def test_whoever_is_accompanied_elsewhere_is_not_erased(cast: Cast) -> None:
    assert erase_if_let_go(cast.yonas.id, on=TODAY, at=timezone.now()) is False
    assert still_kept([cast.yonas.id]) == {cast.yonas.id}


def test_a_restored_keystore_forgets_again_and_what_came_back_is_swept(cast: Cast) -> None:
    forget_erased()  # the ledger is a file: it remembers what other tests erased and took back
    person = newcomer(cast.ilka)
    backup = SubjectKey.objects.get(owner=person.id)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=400))
    assert person.id in read_erasures()
    SubjectKey.objects.filter(owner=person.id).update(wrapped=backup.wrapped, destroyed_at=None)
    assert still_kept([person.id]) == {person.id}
    assert forget_erased() == 1
    assert still_kept([person.id]) == set()


def test_rows_that_a_restore_brought_back_are_deleted(cast: Cast) -> None:
    before = FactRecord.objects.filter(person=cast.erased.id).count()
    assert before > 0
    assert sweep_erased() >= before
    assert FactRecord.objects.filter(person=cast.erased.id).count() == 0


def test_a_ledger_cut_off_by_a_crash_is_read_as_far_as_it_goes(cast: Cast) -> None:
    with settings.ERASURES.open("a") as ledger:
        ledger.write('{"owner": "4')
    assert cast.erased.id in read_erasures()
    note_erasure(cast.lina.id, on=timezone.now())
    assert cast.lina.id in read_erasures()


def test_an_ended_and_renewed_involvement_has_no_exit(cast: Cast) -> None:
    person = newcomer(cast.ilka)
    assert exits([person.id]) == {}
    close_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    ways = [(person.id, person.organisation_id, function) for function in ("case-management", "")]
    assert exits([person.id]) == dict.fromkeys(ways, TODAY)


def test_a_consent_on_which_others_rested_goes_when_they_are_gone(cast: Cast, partners: Partners) -> None:
    """Also where nothing is left any more of the involvement in which it was asked."""
    person, first, second = newcomer(cast.ilka), timedelta(days=1097), timedelta(days=2194)
    consent = agree(person.id, "coaching", partners.jonas, cast.ilka)
    begin_by_consent(consent, by=partners.jonas.viewer, on=TODAY)
    end_involvement(person.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + first)
    assert rows_of(person) == {"facts": 1, "involvements": 1}
    assert Consent.objects.get(person=person.id).id == consent
    end_involvement(person.id, on=TODAY + first, by=partners.jonas.viewer)
    apply_retention(on=TODAY + second - timedelta(days=1))
    assert Consent.objects.filter(person=person.id).exists() is True
    apply_retention(on=TODAY + second)
    assert Consent.objects.filter(person=person.id).exists() is False


def test_answers_go_also_where_no_proof_says_any_more_when_the_person_left(cast: Cast) -> None:
    """Counted from the day on which they came: a programme may keep its proofs for less long than its answers."""
    person = newcomer(cast.ilka)
    JournalEntry.objects.filter(person=person).delete()
    Involvement.objects.filter(person=person).delete()
    apply_retention(on=TODAY + timedelta(days=30))
    assert (rows_of(person), still_kept([person.id])) == ({"facts": 1, "consents": 1}, {person.id})
    apply_retention(on=TODAY + timedelta(days=31))
    assert (rows_of(person), still_kept([person.id])) == ({"consents": 1}, set())


def test_the_job_sees_everybody_behind_row_level_security(cast: Cast) -> None:
    person = newcomer(cast.bea)
    close_involvement(person.id, on=TODAY, by=cast.bea.viewer)
    with acting_as(EVERYTHING):
        assert apply_retention(on=TODAY + timedelta(days=31))["facts"] == 1


def test_times_are_local_days(cast: Cast) -> None:
    """An entry of half past midnight belongs to the day it has on the wall."""
    assert timezone.localdate(datetime.fromisoformat("2021-10-06T22:30:00+00:00")) == date(2021, 10, 7)
