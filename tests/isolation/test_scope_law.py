"""Each scope shows exactly what its rule says, in worlds at random, to everybody in every role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model, QuerySet
from django.utils import timezone

from tests.isolation.plain import Facts, Plain
from tests.isolation.world import PSEUDONYM, Maker, World
from tests.people import DB
from tests.programme.minimal import DUESSELDORF
from wegnetz.accounts.access import Viewer
from wegnetz.casework import access as casework
from wegnetz.casework.models import Assessment, Draft, JournalEntry, Plan, PlanItem
from wegnetz.core.days import working_day
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.participants import access
from wegnetz.participants.models import Consent, Record
from wegnetz.programme.models import PackVersion
from wegnetz.programme.services import put_in_force, read_candidate

pytestmark = DB

Scope = Callable[[Viewer], QuerySet[Any]]
Rule = Callable[[Plain], Iterable[Model]]


def of(
    table: type[Record],
    scope: Callable[[Viewer, type[Record]], QuerySet[Record]],
    rule: Callable[[Plain, type[Record]], list[Record]],
) -> tuple[Scope, Rule]:
    """A scope that is told for which kind of record."""
    return lambda viewer: scope(viewer, table), lambda plain: rule(plain, table)


# What is asked about everybody meets the cast too, where another test has asked for it before.
OF_THE_WORLD = {"person__pseudonym__startswith": PSEUDONYM}
SCOPES: dict[str, tuple[Scope, Rule]] = {
    "involvements": (access.involvements_in_scope, Plain.involvements),
    "unattended": (access.unattended, Plain.unattended),
    "open involvements": (access.open_involvements, Plain.open_involvements),
    "people": (access.people_in_scope, Plain.people),
    "consents": (access.consents_in_scope, Plain.consents),
    "answers that stand": (
        lambda viewer: Consent.objects.filter(access.stands_for(viewer, working_day()), **OF_THE_WORLD), Plain.standing,
    ),
    "who is involved": (access.involvements_known, Plain.involved),
    "releases": (access.releases_in_scope, lambda plain: plain.in_function(plain.facts.world.releases)),
    "holds": (access.holds_in_scope, lambda plain: plain.in_function(plain.facts.world.holds)),
    "broken glasses": (access.broken_glasses, Plain.broken_glasses),
    "glasses to confirm": (access.glasses_to_confirm, Plain.to_confirm),
    "glasses to tell": (access.glasses_to_tell, Plain.to_tell),
    "all glasses": (access.glasses_of_organisation, Plain.all_glasses),
    **{
        f"{name} {table.__name__}": of(table, scope, rule)
        for name, scope, rule in (
            ("all", access.records_in_scope, Plain.records),
            ("standing", access.standing_records, Plain.standing_records),
        )
        for table in (Plan, PlanItem, Assessment, JournalEntry, Draft)
    },
    "shared plans": (casework.plans_shared_with, lambda plain: plain.shared(Plan)),
    "shared assessments": (casework.assessments_shared_with, lambda plain: plain.shared(Assessment)),
    "shared items": (
        casework.items_shared_with, lambda plain: plain.shared_items(plain.facts.world.records[PlanItem]),
    ),
    "letters sent": (casework.referrals_sent, Plain.sent),
    "letters taken up": (casework.referrals_taken_up, Plain.taken_up),
    "letters received": (casework.referrals_received, Plain.received),
}  # fmt: skip


def ids(rows: Iterable[Model]) -> set[UUID]:
    return {row.pk for row in rows}


@pytest.fixture
def facts() -> Facts:
    with acting_as(EVERYTHING):
        put_in_force(read_candidate(DUESSELDORF))
        world: World = Maker(seed=1, pack=PackVersion.objects.get(in_force=True)).make(people=80)
    return Facts(world, working_day(), timezone.now())


def test_each_scope_shows_exactly_what_its_rule_says(facts: Facts) -> None:
    wrong, most = [], dict.fromkeys(SCOPES, 0)
    with acting_as(EVERYTHING):
        for viewer in facts.world.viewers():
            plain = Plain(facts, viewer)
            for name, (scope, rule) in SCOPES.items():
                shown, right = ids(scope(viewer)), ids(rule(plain))
                most[name] = max(most[name], len(right))
                if shown != right:
                    wrong.append((name, str(viewer.role), viewer.name, len(shown - right), len(right - shown)))
    assert wrong == []
    assert [name for name, number in most.items() if not number] == []
    assert ids(access.leading(working_day()).filter(**OF_THE_WORLD)) == {
        row.id for row in facts.open
        if row.function == "case-management" and row.organisation_id == facts.leads[row.person_id]
    }  # fmt: skip
