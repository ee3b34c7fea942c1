"""Journal, drafts, appointments, documents, assessments, closing: one organisation's own, sealed, and brought back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.partners import Partners, agree, partners, today
from tests.people import DB, Cast
from wegnetz.casework.models import DocumentContent, Draft, JournalEntry
from wegnetz.casework.openings import AreaStep
from wegnetz.casework.selectors import (
    assessments_of,
    closing_of,
    draft_of,
    journal_of,
    meetings_of,
    open_file,
    papers_of,
)  # fmt: skip
from wegnetz.casework.services import (
    AlreadyClosedError,
    EditConflictError,
    EndsBeforeItStartsError,
    EntryContent,
    MeetingContent,
    UnknownAreaError,
    UnknownOutcomeError,
    accept_referral,
    change_entry,
    close_case,
    delete_document,
    delete_entry,
    follow_up,
    keep_document,
    keep_draft,
    make_appointment,
    note_appointment,
    offer_referral,
    reopen_case,
    restore_document,
    restore_entry,
    take_assessment,
    write_entry,
)  # fmt: skip
from wegnetz.core.crypto import CannotOpenError
from wegnetz.participants.models import Involvement
from wegnetz.participants.selectors import NotRecordedError, OpenPerson, PersonNotFoundError, open_person
from wegnetz.participants.services import NotAColleagueError
from wegnetz.rules.periods import add_months

__all__ = ["partners"]
pytestmark = DB
EVERYTHING = ("journal", "plan", "assessment", "appointments", "documents", "closing")


def opened(cast: Cast, *also: str) -> OpenPerson:
    return open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=also or EVERYTHING)


def entry(text: str, *, days_ago: int = 0) -> EntryContent:
    return EntryContent(timezone.now() - timedelta(days=days_ago), "conversation", 40, text)


def texts(cast: Cast) -> list[str]:
    return [line.text for line in journal_of(cast.ilka.viewer, opened(cast))[0]]


def test_a_page_shows_nothing_that_it_did_not_record(cast: Cast) -> None:
    person = opened(cast, "plan")
    for read in (journal_of, assessments_of, meetings_of, papers_of, closing_of):
        with pytest.raises(NotRecordedError):
            read(cast.ilka.viewer, person)


def test_the_journal_stands_newest_first_and_comes_back_after_deletion(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    write_entry(person, entry("erst", days_ago=3), by=viewer)
    second = write_entry(person, entry("dann"), by=viewer)
    assert texts(cast) == ["dann", "erst"]
    delete_entry(person, second, by=viewer)
    assert texts(cast) == ["erst"]
    restore_entry(person, second, by=viewer)
    assert texts(cast) == ["dann", "erst"]


def test_an_entry_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    row = write_entry(person, entry("erst"), by=viewer)
    change_entry(person, row, entry("neu"), version=1, by=viewer)
    with pytest.raises(EditConflictError):
        change_entry(person, row, entry("alt"), version=1, by=viewer)
    assert texts(cast) == ["neu"]


def test_an_older_text_put_back_into_the_row_does_not_open(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    row = write_entry(person, entry("erst"), by=viewer)
    old = bytes(JournalEntry.objects.get(id=row).box)
    change_entry(person, row, entry("neu"), version=1, by=viewer)
    JournalEntry.objects.filter(id=row).update(box=old)
    with pytest.raises(CannotOpenError):
        texts(cast)


def test_no_text_lies_open_in_the_database(cast: Cast) -> None:
    write_entry(cast.yonas.id, entry("Sturmschwalbe"), by=cast.ilka.viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_journalentry")
        cells = [bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor.fetchall() for cell in row]
    assert not any("Sturmschwalbe" in str(cell) for cell in cells)


def test_coach_and_case_manager_do_not_read_each_others_journal(cast: Cast, partners: Partners) -> None:
    consent = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    accept_referral(
        offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=today()),
        by=partners.jonas.viewer, on=today(),
    )  # fmt: skip
    written = write_entry(cast.yonas.id, entry("von Ilka"), by=cast.ilka.viewer)
    jonas = partners.jonas.viewer
    write_entry(cast.yonas.id, entry("von Jonas"), by=jonas)
    person = open_person(jonas, cast.yonas.id, purpose="test", also=EVERYTHING)
    assert [line.text for line in journal_of(jonas, person)[0]] == ["von Jonas"]
    assert texts(cast) == ["von Ilka"]
    with pytest.raises(PersonNotFoundError):
        change_entry(cast.yonas.id, written, entry("x"), version=1, by=jonas)


def test_a_draft_is_its_writers_and_goes_when_the_entry_is_written(cast: Cast, partners: Partners) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    keep_draft(person, "journal", {"text": "Heute war"}, by=viewer)
    keep_draft(person, "journal", {"text": "Heute war Yonas"}, by=viewer)
    found = draft_of(viewer, opened(cast), "journal")
    assert found is not None
    assert (found.fields, Draft.objects.count()) == ({"text": "Heute war Yonas"}, 1)
    write_entry(person, entry("Heute war Yonas da."), by=viewer)
    assert draft_of(viewer, opened(cast), "journal") is None


def at(hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(today(), datetime.min.time())) + timedelta(hours=hour)


def test_an_appointment_ends_after_it_starts_and_is_held_by_a_colleague(cast: Cast, partners: Partners) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    with pytest.raises(EndsBeforeItStartsError):
        make_appointment(person, MeetingContent(at(10), at(10), "conversation", viewer.user), by=viewer)
    with pytest.raises(NotAColleagueError):
        make_appointment(person, MeetingContent(at(9), at(10), "conversation", cast.bea.user), by=viewer)
    meeting = make_appointment(person, MeetingContent(at(9), at(10), "conversation", viewer.user, "Plan"), by=viewer)
    note_appointment(person, meeting, state="kept", by=viewer)
    (found,) = meetings_of(viewer, opened(cast))
    assert (found.title, found.state, found.held_by_name) == ("Plan", "kept", "Ilka Zinnoberfink")


def test_a_document_opens_as_it_was_kept_and_nowhere_else(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id

    def keep(content: bytes) -> UUID:
        return keep_document(
            person, content, kind="certificate", title="Zeugnis", name="zeugnis.pdf", media_type="application/pdf",
            by=viewer,
        )  # fmt: skip

    first, second = keep(b"%PDF-1.7 eins"), keep(b"%PDF-1.7 zwei")
    found = open_file(viewer, person, first)
    assert (found.name, found.media_type, found.content) == ("zeugnis.pdf", "application/pdf", b"%PDF-1.7 eins")
    swapped = bytes(DocumentContent.objects.get(document=second).box)
    DocumentContent.objects.filter(document=first).update(box=swapped)
    with pytest.raises(CannotOpenError):
        open_file(viewer, person, first)


def test_a_deleted_document_is_not_opened_until_it_is_back(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    paper = keep_document(
        person, b"x", kind="other", title="", name="x.pdf", media_type="application/pdf", by=viewer
    )  # fmt: skip
    delete_document(person, paper, by=viewer)
    with pytest.raises(PersonNotFoundError):
        open_file(viewer, person, paper)
    restore_document(person, paper, by=viewer)
    assert open_file(viewer, person, paper).content == b"x"


def test_assessments_stand_side_by_side_and_know_only_the_packs_areas(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    with pytest.raises(UnknownAreaError):
        take_assessment(person, {"weather": AreaStep("going", "")}, on=today(), by=viewer)
    with pytest.raises(UnknownAreaError):
        take_assessment(person, {"housing": AreaStep("great", "")}, on=today(), by=viewer)
    take_assessment(person, {"housing": AreaStep("urgent", "sechs im Zimmer")}, on=today(), by=viewer)
    take_assessment(person, {"housing": AreaStep("going", "")}, on=today() + timedelta(days=90), by=viewer)
    steps = [taken.areas["housing"].step for taken in assessments_of(viewer, opened(cast))]
    assert steps == ["urgent", "going"]


def test_a_closing_has_an_outcome_a_follow_up_and_a_way_back(cast: Cast) -> None:
    viewer, person = cast.ilka.viewer, cast.yonas.id
    with pytest.raises(UnknownOutcomeError):
        close_case(person, outcome="happy", note="", on=today(), by=viewer)
    closing = close_case(person, outcome="training", note="Ausbildung zum Koch", on=today(), by=viewer)
    with pytest.raises(AlreadyClosedError):
        close_case(person, outcome="school", note="", on=today(), by=viewer)
    found = closing_of(viewer, opened(cast))
    assert found is not None
    assert (found.outcome, found.follow_up_on) == ("training", add_months(today(), 6))
    follow_up(person, closing, outcome="lost-contact", note="", on=today(), version=found.version, by=viewer)
    after = closing_of(viewer, opened(cast))
    assert after is not None
    assert (after.outcome, after.follow_up_outcome, after.followed_up_on) == ("training", "lost-contact", today())
    reopen_case(person, closing, by=viewer)
    assert closing_of(viewer, opened(cast)) is None
    assert Involvement.objects.get(person=person, ended_at=None, organisation=viewer.organisation).closed_on is None
