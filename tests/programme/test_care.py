"""The lists and periods of case work, and how long its data are kept."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.minimal import DUESSELDORF, changed
from wegnetz.programme.pack.care import LISTS, ids_of
from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.model import KEPT, number_on
from wegnetz.programme.pack.reader import build, read_pack
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.consents import asked_again_on
from wegnetz.rules.retention import After, Keeping, last_day

PACK = read_pack(DUESSELDORF)
CARE = PACK.care
DAY = date(2021, 10, 7)
PERIOD = '[[review-weeks]]\nfrom = 2020-01-01\nvalue = 6\nunit = "weeks"\nsource = "S1"\n'
LATER = '[[review-weeks]]\nfrom = 2021-01-01\nvalue = 4\nunit = "weeks"\nsource = "S1"\n'
GONE = '[[review-weeks]]\nfrom = 2022-01-01\nrepealed = true\nunit = "weeks"\nsource = "S1"\n'


def test_a_period_is_the_one_of_its_day() -> None:
    weeks = build(changed(("care.toml", PERIOD, PERIOD + LATER + GONE))).care.review_weeks
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1)]
    assert [number_on(weeks, day) for day in days] == [None, 6, 6, 4, None]


def test_a_period_that_nobody_has_set_is_none() -> None:
    unset = PERIOD.replace("value = 6\n", "") + 'status = "unconfirmed"\nnote = "open-question"\n'
    assert number_on(build(changed(("care.toml", PERIOD, unset))).care.review_weeks, DAY) is None


# Düsseldorf.


def test_the_areas_of_life_stand_in_their_order() -> None:
    assert CARE.areas == (
        "residence", "housing", "health", "language", "school", "training", "work", "money", "family", "leisure",
    )  # fmt: skip


def test_an_assessment_has_four_steps_from_the_most_urgent_on() -> None:
    wording = Wording(PACK, "de")
    words = [wording.text("care", "steps", step) for step in CARE.steps]
    assert words == ["dringend", "unsicher", "läuft", "trägt"]


@pytest.mark.parametrize("day", [date(2018, 9, 1), DAY, date(2023, 6, 30)], ids=str)
def test_every_period_holds_from_the_first_to_the_last_day_of_the_programme(day: date) -> None:
    periods = (CARE.follow_up_months, CARE.review_weeks, CARE.consent_months, CARE.break_glass_hours)
    assert [number_on(versions, day) for versions in periods] == [6, 12, 12, 3]


def test_a_consent_is_asked_for_again_after_its_months() -> None:
    assert asked_again_on(DAY, number_on(CARE.consent_months, DAY)) == date(2022, 10, 7)


def test_who_is_lost_from_sight_is_counted_apart_and_nobody_is_traced() -> None:
    assert {"lost-contact", "moved", "other"} <= set(CARE.outcomes)
    ids = {entry for name in LISTS for entry in ids_of(CARE, name)}
    assert [entry for entry in ids if "deport" in entry or "return" in entry or "address" in entry] == []


def test_every_list_and_period_is_shown_as_unconfirmed_since_no_source_gives_one() -> None:
    waiting = {place.partition("[")[0] for file, place, _, _ in unconfirmed(PACK) if file == "care.toml"}
    assert waiting == {*LISTS, "follow-up-months", "review-weeks", "consent-months", "break-glass-hours"}


# How long data are kept.

KEPT_FOR = {entry.id: (entry.days, entry.after) for entry in PACK.retention}


def test_every_kind_of_data_of_the_case_work_has_a_day_on_which_it_goes() -> None:
    assert {name: KEPT_FOR[name] for name in KEPT} == {
        "status": (30, "exit"),
        "contact": (365, "exit"),
        "document": (30, "exit"),
        "counselling-note": (365, "exit"),
        "assessment": (365, "exit"),
        "plan": (365, "exit"),
        "appointment": (365, "exit"),
        "referral": (365, "exit"),
        "consent": (1096, "exit"),
        "draft": (30, "recorded"),
        "access-log": (730, "recorded"),
    }


def test_the_rules_can_count_every_class_that_is_counted_from_an_event() -> None:
    exit_day = date(2021, 12, 31)
    keepings = {name: Keeping(days, After(after)) for name, (days, after) in KEPT_FOR.items() if after}
    assert set(KEPT_FOR) - set(keepings) == {"accounts"}
    assert last_day(keepings["plan"], exit_day) == date(2022, 12, 31)
    assert last_day(keepings["document"], exit_day) == date(2022, 1, 30)


def test_a_name_is_there_as_long_as_anything_that_needs_it_and_not_longer() -> None:
    needing = {"document", "counselling-note", "assessment", "plan", "appointment", "referral"}
    assert KEPT_FOR["contact"] == (max(days for name in needing if (days := KEPT_FOR[name][0])), "exit")


def test_a_document_is_gone_soon_unless_it_is_a_plan_or_a_proof() -> None:
    others = {kind: name for kind, name in CARE.document_kinds.items() if name != "document"}
    assert others == {"signed-plan": "plan", "signed-consent": "consent"}
