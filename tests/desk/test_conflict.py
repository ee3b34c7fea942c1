"""Two people change the same thing at the same time: both versions are shown, and nothing is lost."""

from __future__ import annotations

from tests.desk.addresses import CONTACT, address
from tests.people import CANARY_A, DB, Cast, Desk, sign_in
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.selectors import OpenPerson, open_person

pytestmark = DB


def yonas(cast: Cast) -> OpenPerson:
    return open_person(cast.ilka.viewer, cast.yonas.id, purpose="test")


def test_the_second_to_save_sees_both_versions_and_can_save_again(ilka: Desk, cast: Cast) -> None:
    page = address("contact", cast.yonas)
    version = str(ilka.get(page).context["form"].initial["version"])
    first = CONTACT | {"called": "Yonas", "phone": "1", "note": "zuerst", "version": version}
    second = CONTACT | {"called": "Jonas", "phone": "2", "note": "zuerst", "version": version}
    assert sign_in(cast.ilka).post(page, first).status_code == 302
    refused = ilka.post(page, second)
    assert refused.status_code == 409
    assert yonas(cast).name == Name("", "Yonas")
    assert [(row["mine"], row["theirs"]) for row in refused.context["conflict"]] == [("Jonas", "Yonas"), ("2", "1")]
    again = {name: refused.context["form"].initial[name] for name in second}
    assert again == second | {"version": int(version) + 1}
    assert ilka.post(page, again).status_code == 302
    assert (yonas(cast).name, yonas(cast).contact) == (Name("", "Jonas"), Contact("2", "", "ti", "zuerst"))


def test_who_sends_no_version_gets_a_conflict_and_overwrites_nothing(ilka: Desk, cast: Cast) -> None:
    for version in ("", "0", "-1", "99"):
        response = ilka.post(address("contact", cast.yonas), CONTACT | {"version": version})
        assert (version, response.status_code) == (version, 409)
    assert yonas(cast).name.called == f"Yonas {CANARY_A}"


def test_saving_what_one_has_just_seen_is_no_conflict(ilka: Desk, cast: Cast) -> None:
    for _ in range(3):
        initial = ilka.get(address("contact", cast.yonas)).context["form"].initial
        assert ilka.post(address("contact", cast.yonas), initial).status_code == 302
    assert (yonas(cast).version, yonas(cast).name.called) == (4, f"Yonas {CANARY_A}")
