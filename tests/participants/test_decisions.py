"""Decisions: stored with all they rest on, replayed, and left as they are when the rules change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.people import DAY, DB, EARLY_DAY, SINGLE_CASE, Cast
from tests.programme_app.packs import newer, stricter
from wegnetz.participants.models import RuleNotice, SingleCaseDecision, StoredDecision
from wegnetz.participants.openings import RecordedDecision
from wegnetz.participants.selectors import (
    OpenPerson,
    PersonNotFoundError,
    asked_facts,
    open_person,
    people_to_review,
    replays,
    turns_of,
)
from wegnetz.participants.services import (
    NotASingleCaseError,
    decide_single_case,
    mark_changes_seen,
    record_decision,
    record_fact,
    replay_all,
)
from wegnetz.programme.selectors import active_pack, active_version, loaded_versions
from wegnetz.programme.services import propose, put_in_force, read_candidate
from wegnetz.rules.decisions import Change, Result
from wegnetz.rules.facts import Fact

pytestmark = DB

BLOCKS = ("coaching", "qualification", "school-certificate", "courses", "innovation", "participation-management")


def opened(cast: Cast) -> OpenPerson:
    return open_person(cast.ilka.viewer, cast.yonas.id, purpose="person page", decisions=True, changes=True)


def decision_of(cast: Cast, day: date) -> RecordedDecision:
    return next(decision for decision in opened(cast).decisions if decision.day == day)


def results(decision: RecordedDecision) -> dict[object, object]:
    return {entry["id"]: entry["result"] for entry in decision.results}


def test_a_decision_is_stored_with_its_facts_pack_and_results(cast: Cast) -> None:
    stored = decision_of(cast, DAY)
    assert results(stored) == {
        "coaching": "open",
        "qualification": "closed",
        "school-certificate": "open",
        "courses": "open",
        "innovation": "open",
        "participation-management": "open",
    }
    assert stored.pack == active_version()
    assert {fact.id: fact for fact in stored.facts} == asked_facts(active_pack(), opened(cast).history, DAY)
    assert stored.decided_by.startswith("Ilka")


def test_a_decision_about_an_earlier_day_uses_the_answers_of_that_day(cast: Cast) -> None:
    unknown = {"qualification": "missing-facts"}  # whether a work ban stood was not known about that day
    assert results(decision_of(cast, EARLY_DAY)) == dict.fromkeys(BLOCKS, "single-case") | unknown
    assert replays(decision_of(cast, EARLY_DAY)) is True


def test_an_answer_given_later_changes_no_stored_decision(cast: Cast) -> None:
    before = decision_of(cast, DAY)
    record_fact(cast.yonas.id, Fact("support_need", value=False, recorded_on=DAY), by=cast.ilka.viewer)
    assert decision_of(cast, DAY) == before
    assert replays(before) is True
    today = opened(cast).decide(active_pack(), DAY)
    assert {decision.block: decision.result for decision in today}["coaching"] == Result.CLOSED


def test_for_somebody_nothing_is_known_of_the_decision_names_what_is_missing(cast: Cast) -> None:
    record_decision(cast.lina.id, day=DAY, by=cast.ilka.viewer)
    lina = open_person(cast.ilka.viewer, cast.lina.id, purpose="person page", decisions=True)
    assert results(lina.decisions[0]) == dict.fromkeys(BLOCKS, "missing-facts")
    assert lina.decisions[0].facts == ()


def test_all_decisions_replay_also_after_the_rules_have_changed(cast: Cast, tmp_path: Path) -> None:
    stored = StoredDecision.objects.exclude(person=cast.erased.id).count()
    assert [same for _id, same in replay_all()] == [True] * stored
    put_in_force(read_candidate(stricter(tmp_path)))
    assert [same for _id, same in replay_all()] == [True] * stored
    record_decision(cast.yonas.id, day=DAY, by=cast.ilka.viewer)
    newest = opened(cast).decisions[0]
    assert (results(newest)["coaching"], replays(newest)) == ("single-case", True)
    assert {decision.pack for decision in opened(cast).decisions} == {newest.pack, decision_of(cast, EARLY_DAY).pack}


def turns() -> dict[tuple[str, str, str], int]:
    """What the stricter pack changes, and for how many: all that is still open to Yonas and to Omar."""
    return {(block, "open", "single-case"): 2 for block in BLOCKS if block != "qualification"}


def test_a_proposal_decides_nothing_and_shows_for_whom_it_would_decide_differently(cast: Cast, tmp_path: Path) -> None:
    before = active_version()
    version = propose(read_candidate(stricter(tmp_path)))
    assert (active_version(), dict(turns_of(version))) == (before, turns())
    note = opened(cast).changes[0]
    assert (note.version, note.proposed) == ("test-1", True)
    assert note.changes == tuple(
        Change(DAY, block, Result.OPEN, Result.SINGLE_CASE) for block in BLOCKS if block != "qualification"
    )
    assert [row.id for row in people_to_review(cast.ilka.viewer, today=DAY)] == [cast.yonas.id]
    assert [row.id for row in people_to_review(cast.bea.viewer, today=DAY)] == [cast.omar.id]


def test_a_better_proposal_of_the_same_number_takes_the_place_of_the_first(cast: Cast, tmp_path: Path) -> None:
    first = propose(read_candidate(stricter(tmp_path / "first")))
    second = propose(read_candidate(newer(tmp_path / "second", "test-1")))
    assert (dict(turns_of(first)), dict(turns_of(second)), RuleNotice.objects.count()) == ({}, {}, 0)
    assert [version.id for version in loaded_versions()] == [second, active_version()]


def test_a_pack_that_decides_the_same_affects_nobody(cast: Cast, tmp_path: Path) -> None:
    put_in_force(read_candidate(newer(tmp_path, "test-2")))
    assert (RuleNotice.objects.count(), people_to_review(cast.ilka.viewer, today=DAY)) == (0, ())


def test_a_newer_pack_leaves_a_note_for_whom_it_concerns_until_somebody_has_looked(cast: Cast, tmp_path: Path) -> None:
    before = decision_of(cast, DAY)
    after = put_in_force(read_candidate(stricter(tmp_path)))
    note = opened(cast).changes[0]
    assert (note.version, note.proposed, dict(turns_of(after))) == ("test-1", False, turns())
    assert [row.id for row in people_to_review(cast.ilka.viewer, today=DAY)] == [cast.yonas.id]
    assert [row.id for row in people_to_review(cast.bea.viewer, today=DAY)] == [cast.omar.id]
    mark_changes_seen(cast.yonas.id, by=cast.ilka.viewer)
    assert (opened(cast).changes, people_to_review(cast.ilka.viewer, today=DAY)) == ((), ())
    assert [row.id for row in people_to_review(cast.bea.viewer, today=DAY)] == [cast.omar.id]
    assert decision_of(cast, DAY) == before


def test_nobody_but_who_works_with_people_learns_whom_a_new_rule_meets(cast: Cast, tmp_path: Path) -> None:
    put_in_force(read_candidate(stricter(tmp_path)))
    assert {people_to_review(colleague.viewer, today=DAY) for colleague in cast.colleagues} == {()}


def test_opening_all_answers_for_a_new_pack_is_recorded_in_each_organisation(cast: Cast, tmp_path: Path) -> None:
    places = {account.user: last_place(account.viewer.organisation) for account in (cast.ilka, cast.bea)}
    put_in_force(read_candidate(stricter(tmp_path)))
    for account, people in ((cast.ilka, (cast.yonas, cast.lina)), (cast.bea, (cast.omar,))):
        assert recorded_since(account.viewer.organisation, places[account.user]) == [
            Recorded("evaluate", "facts", "rules test-1", frozenset(young.id for young in people))
        ]


def test_a_single_case_is_decided_by_a_person_with_a_reason(cast: Cast) -> None:
    case = decision_of(cast, EARLY_DAY).single_cases[0]
    assert (case.block, case.outcome, case.decided_by.split()[0]) == (SINGLE_CASE, "admitted", "Ilka")
    decide_single_case(
        cast.yonas.id, cast.yonas.early_decision, block=SINGLE_CASE, admitted=False, justification="Anders.",
        by=cast.ilka.viewer,
    )  # fmt: skip
    cases = decision_of(cast, EARLY_DAY).single_cases
    assert [(case.outcome, case.justification) for case in cases][1:] == [("declined", "Anders.")]
    assert len(cases) == 2


@pytest.mark.parametrize("block", ["coaching", "qualification", "no-such-block", ""])
def test_what_the_rules_settled_is_left_to_nobody(block: str, cast: Cast) -> None:
    cases = SingleCaseDecision.objects.count()
    with pytest.raises(NotASingleCaseError):
        decide_single_case(
            cast.yonas.id, cast.yonas.decision, block=block, admitted=True, justification="Trotzdem.",
            by=cast.ilka.viewer,
        )  # fmt: skip
    assert SingleCaseDecision.objects.count() == cases


def test_the_decision_of_another_person_is_not_found(cast: Cast) -> None:
    for young, decision, account in (
        (cast.yonas, cast.omar.early_decision, cast.ilka),
        (cast.lina, cast.yonas.early_decision, cast.ilka),
        (cast.omar, cast.omar.early_decision, cast.ilka),
        (cast.erased, cast.erased.early_decision, cast.ilka),
    ):
        with pytest.raises(PersonNotFoundError):
            decide_single_case(
                young.id, decision, block=SINGLE_CASE, admitted=True, justification="Nein.", by=account.viewer
            )


def test_who_is_out_of_scope_decides_nothing(cast: Cast) -> None:
    stored = StoredDecision.objects.count()
    for account in (cast.bea, *cast.colleagues):
        with pytest.raises(PersonNotFoundError):
            record_decision(cast.yonas.id, day=DAY, by=account.viewer)
        with pytest.raises(PersonNotFoundError):
            mark_changes_seen(cast.yonas.id, by=account.viewer)
    assert StoredDecision.objects.count() == stored
