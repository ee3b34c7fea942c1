"""How offers do is what the introductions that stand say, whatever was taken back, deleted and restored."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer as refer
from tests.desk.asking import undone
from tests.network.cohorts import held, offer, place
from tests.people import DAY, DB, Account, Cast
from wegnetz.casework.services import accept_referral
from wegnetz.core.errors import DomainError
from wegnetz.directory.models import Offer
from wegnetz.network.models import Introduction, Outcome
from wegnetz.network.openings import Step, open_introduction
from wegnetz.network.services import delete_introduction, restore_introduction, suggest, take_back, take_step
from wegnetz.network.services.introductions import COUNTED
from wegnetz.participants.access import SEALED
from wegnetz.rules.introductions import FOLLOWS, Stage
from wegnetz.vault.selectors import key_of

__all__ = ["partners"]
pytestmark = DB
KEYS = ("chor", "band")
acts = st.lists(
    st.tuples(
        st.sampled_from(["suggest", "step", "step", "step", "back", "delete", "restore", "offer goes", "offer comes"]),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=14,
)


@pytest.fixture
def who(cast: Cast, partners: Partners) -> tuple[Account, Account]:
    """Who accompanies Yonas openly, and who in secret."""
    place(cast, *(held(key) for key in KEYS))
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=partners.samira.viewer, on=today())
    return cast.ilka, partners.samira


def said_by_what_stands() -> dict[UUID, Counter[str]]:
    """Each person once, however often they were introduced to an offer."""
    reached: set[tuple[UUID, UUID, str]] = set()
    rows = Introduction.objects.filter(deleted_at__isnull=True).exclude(involvement__secrecy=SEALED)
    for row in rows.select_related("involvement"):
        met = open_introduction(key_of(row.person_id), row)
        reached |= {(met.offer, row.person_id, COUNTED[step.stage]) for step in met.steps if step.stage in COUNTED}
    found: dict[UUID, Counter[str]] = {}
    for at, _person, column in reached:
        found.setdefault(at, Counter())[column] += 1
    return found


def counted() -> dict[UUID, Counter[str]]:
    columns = tuple(COUNTED.values())
    found = {row.offer_id: Counter({name: getattr(row, name) for name in columns}) for row in Outcome.objects.all()}
    return {offer: +counts for offer, counts in found.items() if +counts}


def act(what: str, number: int, person: UUID, by: Account) -> None:
    viewer = by.viewer
    chosen = offer(KEYS[number % 2])
    if what in {"offer goes", "offer comes"}:
        Offer.objects.filter(id=chosen).update(gone_on=DAY if what == "offer goes" else None)
        return
    if what == "suggest":
        suggest(person, chosen, by=viewer, on=DAY)
        return
    rows = list(Introduction.objects.filter(organisation=viewer.organisation).order_by("id"))
    if not rows:
        return
    row = rows[number % len(rows)]
    if what == "step":
        stages = FOLLOWS[Stage(row.stage)]
        if stages:
            step = Step(stages[number % len(stages)], DAY, called="Yonas")
            take_step(person, row.id, step, version=row.version, by=viewer, agreed=True)
    elif what == "back":
        take_back(person, row.id, version=row.version, by=viewer)
    else:
        (delete_introduction if what == "delete" else restore_introduction)(person, row.id, by=viewer)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_counts_are_what_the_standing_introductions_say(
    cast: Cast, who: tuple[Account, Account], tried: list[tuple[str, int, bool]]
) -> None:
    with undone():
        for what, number, in_secret in tried:
            try:
                act(what, number, cast.yonas.id, who[in_secret])
            except DomainError:
                continue
            assert counted() == said_by_what_stands()


def test_what_is_deleted_takes_its_counts_along_and_brings_them_back(cast: Cast, who: tuple[Account, Account]) -> None:
    by, person = who[0].viewer, cast.yonas.id
    made = suggest(person, offer("chor"), by=by, on=DAY)
    for version, stage in enumerate((Stage.DISCUSSED, Stage.VISITED, Stage.RETURNED), 1):
        take_step(person, made, Step(stage, DAY), version=version, by=by)
    whole = {offer("chor"): Counter(agreed=1, visited=1, returned=1)}
    seen = [counted()]
    delete_introduction(person, made, by=by)
    seen.append(counted())
    restore_introduction(person, made, by=by)
    assert [*seen, counted()] == [whole, {}, whole]
