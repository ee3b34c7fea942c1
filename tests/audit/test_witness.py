"""Heads on their way from the database to the file outside of it, also when something breaks between the two."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from nacl.signing import SigningKey

from tests.audit.reading_back import rows_of
from tests.people import DB
from wegnetz.audit.chain.proof import Fault, Finding
from wegnetz.audit.chain.witness import Entry, Head, digest, read_line, signed_line
from wegnetz.audit.models import WitnessedEntry
from wegnetz.audit.selectors.heads import latest_entry, organisations_with_events
from wegnetz.audit.selectors.proof import verify_audit
from wegnetz.audit.services import Actor, record_act, witness_heads
from wegnetz.audit.tasks import check_audit, sign_heads

pytestmark = DB

NOW = datetime(2021, 10, 7, 12, tzinfo=UTC)


def act(actor: Actor) -> None:
    record_act(actor, "change", subjects=[uuid4()], category="name")


def another_round(actor: Actor) -> int | None:
    act(actor)
    return witness_heads(now=NOW)


def own_head(entry: Entry, actor: Actor) -> Head:
    return next(head for head in entry.heads if head.organisation == actor.organisation)


def entries(path: Path) -> list[Entry | None]:
    return [read_line(line) for line in path.read_bytes().splitlines()]


def test_an_entry_names_the_newest_event_of_every_chain(actor: Actor, heads_file: Path) -> None:
    other = Actor(None, "system", uuid4())
    for who in (actor, actor, other, actor):
        act(who)
    assert witness_heads(now=NOW) == 1
    (entry,) = entries(heads_file)
    assert entry is not None
    assert (entry.number, entry.at, entry.previous) == (1, NOW, bytes(32))
    assert [head.organisation for head in entry.heads] == organisations_with_events()
    for who, length in ((actor, 3), (other, 1)):
        last = rows_of(who.organisation)[-1]
        assert last.content.at is not None
        assert own_head(entry, who) == Head(who.organisation, length, last.link, last.content.at)


def test_nothing_is_written_when_no_chain_has_moved(actor: Actor, heads_file: Path) -> None:
    assert [another_round(actor), witness_heads(now=NOW), another_round(actor), witness_heads(now=NOW)] == [
        1, None, 2, None,
    ]  # fmt: skip
    one, two = entries(heads_file)
    assert one is not None
    assert two is not None
    assert two.previous == digest(heads_file.read_bytes().splitlines()[0])
    assert verify_audit().findings == ()


def test_without_a_single_event_there_is_no_file(heads_file: Path) -> None:
    if organisations_with_events() == []:
        assert (witness_heads(now=NOW), heads_file.exists()) == (None, False)
    assert (latest_entry(), verify_audit().last, verify_audit().findings) == (None, None, ())


def test_a_crash_in_the_middle_of_a_line_is_mended_by_the_next_round(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    sound = heads_file.read_bytes()
    with heads_file.open("ab") as file:
        file.write(b'{"number":2,"at":"2021-10-07T12:0')
    assert verify_audit().findings == ()
    assert (another_round(actor), verify_audit().findings) == (2, ())
    assert heads_file.read_bytes().startswith(sound + b'{"number":2,"at":"2021-10-07T12:00:00Z",')


@pytest.mark.parametrize("meanwhile", [0, 1], ids=["nothing moved", "a chain moved"])
def test_a_crash_between_file_and_database_is_mended_by_the_next_round(
    meanwhile: int, actor: Actor, heads_file: Path
) -> None:
    another_round(actor)
    act(actor)
    with transaction.atomic():
        assert witness_heads(now=NOW) == 2
        transaction.set_rollback(True)
    assert (WitnessedEntry.objects.count(), len(entries(heads_file)), verify_audit().findings) == (1, 2, ())
    for _ in range(meanwhile):
        act(actor)
    assert witness_heads(now=NOW) == (3 if meanwhile else None)
    assert (WitnessedEntry.objects.count(), len(entries(heads_file))) == (2 + meanwhile, 2 + meanwhile)
    assert verify_audit().findings == ()


def test_an_entry_that_somebody_else_added_is_not_taken_over(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    (line,) = heads_file.read_bytes().splitlines()
    entry = read_line(line)
    assert entry is not None
    forged = signed_line(Entry(2, NOW, digest(line), entry.heads), SigningKey.generate())
    with heads_file.open("ab") as file:
        file.write(forged + b"\n")
    assert another_round(actor) == 2
    known = WitnessedEntry.objects.get(number=2)
    assert bytes(known.digest) == digest(heads_file.read_bytes().splitlines()[2])
    assert [fault for _, _, fault in verify_audit().findings] == [Fault.RECORD, Fault.SIGNATURE, Fault.ORDER]


def test_an_entry_that_cannot_be_written_is_written_by_the_next_round(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    heads_file.parent.rename(heads_file.parent.with_name("unplugged"))
    heads_file.parent.write_text("no folder")
    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011  which one depends on the system
        another_round(actor)
    heads_file.parent.unlink()
    heads_file.parent.with_name("unplugged").rename(heads_file.parent)
    assert (another_round(actor), verify_audit().findings) == (2, ())


@pytest.mark.parametrize("left", [1, 2], ids=["cut in half", "cut off"])
def test_a_file_that_was_cut_stays_found_however_many_entries_follow(left: int, actor: Actor, heads_file: Path) -> None:
    for _ in range(3):
        another_round(actor)
    lines = heads_file.read_bytes().splitlines(keepends=True)
    heads_file.write_bytes(b"".join(lines[:2]) + (lines[2][:40] if left == 1 else b""))
    assert list(verify_audit().findings) == [Finding("heads.jsonl", 3, Fault.LOST)]
    assert [another_round(actor), another_round(actor)] == [4, 5]
    unreadable = [Finding("heads.jsonl", 3, Fault.UNREADABLE)] if left == 1 else []
    assert list(verify_audit().findings) == [*unreadable, Finding("heads.jsonl", 4, Fault.ORDER)]


def test_a_file_that_was_taken_away_stays_found(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    heads_file.unlink()
    assert list(verify_audit().findings) == [Finding("heads.jsonl", 1, Fault.LOST)]
    assert another_round(actor) == 2
    assert list(verify_audit().findings) == [Finding("heads.jsonl", 2, Fault.ORDER)]


def test_a_copy_kept_elsewhere_finds_that_file_and_database_were_both_set_back(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    before = heads_file.read_bytes()
    with transaction.atomic():
        another_round(actor)
        copy = [(latest_entry() or "").encode()]
        assert verify_audit([("partner", copy)]).findings == ()
        transaction.set_rollback(True)
    heads_file.write_bytes(before)
    for _ in range(2):
        another_round(actor)
    assert verify_audit().findings == ()
    assert list(verify_audit([("partner", copy)]).findings) == [
        Finding("partner", 2, Fault.RECORD),
        Finding("partner", 2, Fault.OTHER),
    ]


def test_the_database_forgets_no_entry(actor: Actor, heads_file: Path) -> None:
    another_round(actor)
    connection.check_constraints()
    changes = ["UPDATE audit_witnessedentry SET number = 7", "DELETE FROM audit_witnessedentry"]
    if connection.vendor == "postgresql":
        changes.append("TRUNCATE audit_witnessedentry")
    for sql in changes:
        with pytest.raises(Exception, match="the audit only grows"), transaction.atomic():
            connection.cursor().execute(sql)
    assert WitnessedEntry.objects.values_list("number", flat=True).get() == 1


def test_the_jobs_witness_and_verify(actor: Actor, heads_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    act(actor)
    assert (sign_heads.call(), sign_heads.call()) == (1, None)
    assert check_audit.call()["findings"] == 0
    assert caplog.records == []
    heads_file.unlink()
    assert check_audit.call()["findings"] == 1
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", f"The audit is not what was written (1 findings): heads.jsonl 1: {Fault.LOST}")
    ]


def test_jobs_that_cannot_do_their_work_say_so_in_the_log(
    actor: Actor, heads_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    act(actor)
    heads_file.mkdir(parents=True)
    for job in (sign_heads, check_audit):
        with pytest.raises(IsADirectoryError):
            job.call()
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "The heads of the audit cannot be written"),
        ("ERROR", "The job sign_heads was stopped by IsADirectoryError"),
        ("ERROR", "The audit cannot be verified, because its heads cannot be read"),
        ("ERROR", "The job check_audit was stopped by IsADirectoryError"),
    ]
