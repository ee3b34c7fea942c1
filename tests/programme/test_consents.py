"""What an organisation does for a person, and what the person is asked before anybody sees anything."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.faults import faults_of
from tests.programme.minimal import DUESSELDORF, changed, minimal, without_care
from wegnetz.accounts.access import Role
from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.errors import Fault, PackError
from wegnetz.programme.pack.files import pack_up
from wegnetz.programme.pack.model import READERS, Care
from wegnetz.programme.pack.reader import build, read_pack, restore_pack
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.consents import CATEGORIES
from wegnetz.rules.parameters import Citation, Standing

PACK = read_pack(DUESSELDORF)
DAY = date(2021, 10, 7)

# What each purpose of Düsseldorf lets the recipient see: as little as the work can be done with.
SEEN = {
    "accompany": {"name", "contact", "facts", "eligibility", "assessment", "plan"},
    "coaching": {"name", "contact", "facts", "plan"},
    "trauma-coaching": {"name", "contact"},
    "networking": {"name", "contact"},
    "feedback": set(),
    "exchange": {"assessment"},
}


def test_a_consent_shows_the_wording_of_its_day() -> None:
    accompany = build(minimal()).purposes["accompany"]
    days = [date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1), date(2035, 1, 1)]
    assert [accompany.wording_on(day) for day in days] == [1, 1, 2, 2]


def test_nobody_can_be_asked_before_there_is_a_wording() -> None:
    pack = build(minimal())
    with pytest.raises(LookupError):
        pack.purposes["accompany"].wording_on(date(2019, 12, 31))
    assert pack.purposes_on(date(2019, 12, 31)) == ()
    assert [purpose.id for purpose in pack.purposes_on(date(2020, 1, 1))] == ["accompany", "listening", "feedback"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_sealed_organisation_is_given_a_name_and_a_contact_and_nothing_more(category: str) -> None:
    given = '"listening"\ncategories = ["name"]'
    faults = faults_of(changed(("consents.toml", given, given.replace("name", category))))
    assert (faults == ()) == (category in {"name", "contact"})


def test_a_pack_from_before_there_were_consents_is_still_restored() -> None:
    pack = restore_pack(pack_up(without_care()))
    assert (pack.functions, pack.purposes, pack.duties, pack.care) == ({}, {}, {}, Care())
    assert (pack.participant_languages, pack.purposes_on(DAY)) == ((), ())
    assert pack.rulebook == build(minimal()).rulebook


def test_a_new_pack_cannot_do_without_them() -> None:
    expected = "a file of its own, even when it is empty"
    assert faults_of(without_care()) == tuple(
        Fault(name, "", "no such file", expected) for name in ("consents.toml", "care.toml", "interests.toml")
    )


def test_empty_files_are_no_way_out() -> None:
    with pytest.raises(PackError) as caught:
        build(minimal() | {"consents.toml": "", "care.toml": ""})
    places = {fault.place for fault in caught.value.faults if not fault.file.startswith("texts/")}
    lists = {"areas", "steps", "outcomes", "decline-reasons", "referral-outcomes", "contact-kinds"}
    lists |= {"appointment-kinds", "document-kinds", "steps.ids"}
    periods = {"follow-up-months", "review-weeks", "consent-months", "break-glass-hours"}
    assert places == {"purposes", *lists, *periods}


# Düsseldorf.


def test_a_person_is_asked_for_as_little_as_the_work_needs() -> None:
    assert {name: set(purpose.categories) for name, purpose in PACK.purposes.items()} == SEEN


def test_one_consent_begins_the_accompanying_and_what_opens_no_door_blocks_no_service() -> None:
    assert [purpose.id for purpose in PACK.purposes.values() if purpose.own] == ["accompany"]
    assert {purpose.id for purpose in PACK.purposes.values() if purpose.optional} == {"feedback", "exchange"}
    assert {purpose.id for purpose in PACK.purposes.values() if not purpose.function} == {"feedback", "exchange"}
    assert {purpose.id: purpose.shown_to for purpose in PACK.purposes.values() if purpose.shown_to} == {
        "exchange": "coaching"
    }  # the text says: your coach


def test_trauma_coaching_is_sealed_and_the_rest_is_open() -> None:
    assert {name: (function.role, function.secrecy) for name, function in PACK.functions.items()} == {
        "case-management": ("case-manager", "open"),
        "coaching": ("coach", "open"),
        "trauma-coaching": ("trauma-coach", "sealed"),
        "networking": ("network-coordinator", "open"),
    }


def test_every_function_is_a_role_that_staff_can_have() -> None:
    assert {function.role for function in PACK.functions.values()} <= set(READERS) <= {str(role) for role in Role}


def test_a_public_task_opens_no_assessment_because_it_speaks_of_health() -> None:
    (duty,) = PACK.duties.values()
    assert (duty.id, duty.function) == ("integration-management", "case-management")
    assert set(duty.categories) == {"name", "contact", "facts", "eligibility", "plan"}
    assert (duty.basis.citation, duty.basis.status) == (Citation("TIntG", "§ 9"), Standing.UNCONFIRMED)


def test_everything_a_person_is_asked_can_be_asked_on_every_day_of_the_programme() -> None:
    assert [purpose.wording_on(date(2018, 9, 1)) for purpose in PACK.purposes.values()] == [1] * 6


def test_what_no_source_says_about_consents_is_shown_as_unconfirmed() -> None:
    waiting = {place for file, place, _, _ in unconfirmed(PACK) if file == "consents.toml"}
    wordings = {f"purposes.{name}.versions[0]" for name in SEEN}
    assert waiting == {
        "functions.trauma-coaching", "duties.integration-management", *wordings, *(f"purposes.{name}" for name in SEEN)
    }  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_staff_read_a_name_for_each_of_them(language: str) -> None:
    wording = Wording(PACK, language)
    groups = {"functions": PACK.functions, "purposes": PACK.purposes, "duties": PACK.duties}
    names = [wording.text("consents", group, name, "name") for group, entries in groups.items() for name in entries]
    assert [name for name in names if not name.strip()] == []
