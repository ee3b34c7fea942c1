"""Nobody of A but who sent the letter can tell whether B's trauma coach accompanies somebody: not one byte differs.

Nor can anybody tell what she asks and to whom she writes, but for the two ends of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.company import Company, hide
from tests.desk.addresses import SCREENS, address
from tests.desk.asking import ask, browser, rows_of_every_table, seen, undone
from tests.desk.mates import Mate, mates
from tests.papers import today
from tests.people import DB, Account, Cast, Desk, Young, account, agreed, sign_in
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.casework.services import AlreadyOfferedError, accept_referral, offer_referral
from wegnetz.participants.models import Consent
from wegnetz.participants.selectors.log import log_for_person
from wegnetz.participants.services import record_consent

pytestmark = DB

OF_A = ("ilka", "coach", "trauma-coach", "network-coordinator", "lead", "lea", "late")
OTHERS_OF_B = ("bea", "kim", "bo")


# What is new in each answer: the time of day, when a calendar was made, a link and its picture, and the identifier of
# what was just written down.
STAMP = re.compile(rb'DTSTAMP:\w+|\b\d{1,2}[:.]\d{2}\b|(?:einladung|abend|karte)/[\w-]+|<path d="M4 4h7v[^"]*"')
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def everything(client: Desk, young: Young, own: Mate) -> dict[tuple[str, str], object]:
    """Every answer about somebody, also to what is sent; nothing that was sent stays."""
    found: dict[tuple[str, str], object] = {}
    for name, screen in SCREENS.items():
        url = address(name, own if screen.about_a_colleague else young)
        for method in ("GET", "POST"):
            if screen.answer(method) != 405 and name != "make-calendar-link":
                with undone():
                    found[name, method] = without_what_is_new(seen(ask(client, method, url, screen.body)[0], url))
    return found


def without_what_is_new(answer: tuple[int, bytes, dict[str, str]]) -> object:
    status, body, headers = answer
    # How long an answer is follows from the rest of it; the picture of a link is longer or shorter with each link.
    same = {"Location": IDENTIFIER.sub("", headers.get("Location", "")), "Content-Length": ""}
    return status, STAMP.sub(b"", body), headers | same


@pytest.mark.parametrize("actor", [*OF_A, *OTHERS_OF_B])
def test_not_a_byte_tells_of_a_sealed_involvement(
    actor: str, cast: Cast, company: Company, record_property: Callable[[str, object], None]
) -> None:
    client = browser(cast, actor, company)
    client.get("/")
    young, mate = company.people["yonas"], mates(cast)[0]
    with undone():
        without = everything(client, young, mate)
    hide(young.id, company.gero, company.tess)
    with undone():
        with_it = everything(client, young, mate)
    assert [cell for cell in without if without[cell] != with_it[cell]] == []
    record_property("answers compared with and without a sealed involvement", len(without))


def test_it_is_there_all_the_same(cast: Cast, company: Company) -> None:
    """Guards the test above: the trauma coach opens a page that was closed to her, and much is written down."""
    client = browser(cast, "tess", company)
    young = company.people["yonas"]
    before = rows_of_every_table()
    assert client.get(address("person", young)).status_code == 404
    hide(young.id, company.gero, company.tess)
    assert client.get(address("person", young)).status_code == 200
    after = rows_of_every_table()
    assert len([table for table in before if before[table] != after[table]]) > 8


# --- what she asks, and to whom she writes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """Around Amina, whom A leads: B's coach and case manager, and two functions of C. Tess accompanies her as well."""

    cleo: Account  # coach of C, to whom Tess writes
    nico: Account  # network coordinator of C
    young: Young


@pytest.fixture
def around(cast: Cast, company: Company) -> Around:
    c = Organisation.objects.get(key="c")
    cleo, nico = account("cleo", "Cleo", c, Role.COACH), account("nico", "Nico", c, Role.NETWORK_COORDINATOR)
    amina = company.people["amina"]
    for purpose, by in (("networking", nico), ("accompany", cast.bea)):
        consent = record_consent(amina.id, agreed(by, purpose), by=cast.ilka.viewer)
        letter = offer_referral(amina.id, consent, message="Bitte", by=cast.ilka.viewer, on=today())
        accept_referral(letter, by=by.viewer, on=today())
    hide(amina.id, company.gero, company.tess)
    return Around(cleo, nico, amina)


def asks_and_writes(company: Company, around: Around) -> Young:
    """Tess asks whether C may coach and read the assessment, and writes to C's coach, who reads it. Amina with that."""
    tess, person = company.tess, around.young.id
    record_consent(person, agreed(around.cleo, "exchange"), by=tess.viewer)
    consent = record_consent(person, agreed(around.cleo, "coaching"), by=tess.viewer)
    letter = offer_referral(person, consent, message="Bitte lernen Sie sie kennen", by=tess.viewer, on=today())
    for name, whose in (("start", {}), ("letters-in", {}), ("letter-in", {"referral_id": letter})):
        assert sign_in(around.cleo).get(reverse(f"desk:{name}", kwargs=whose)).status_code == 200
    return replace(around.young, things={**around.young.things, "consent": consent, "referral": letter})


@pytest.mark.parametrize("actor", ["ilka", "gero", "coach", "lead", "bea", "kim", "bo", "nico", "carla"])
def test_not_a_byte_tells_of_what_a_trauma_coach_asks_and_writes(
    actor: str, cast: Cast, company: Company, around: Around, record_property: Callable[[str, object], None]
) -> None:
    client = sign_in(around.nico) if actor == "nico" else browser(cast, actor, company)
    client.get("/")
    mate = mates(cast)[0]
    accepted = {}
    with undone():
        asked = asks_and_writes(company, around)
        with_it = everything(client, asked, mate)
        if actor in {"ilka", "bea", "kim"}:  # a colleague of who accepts sees in their log that it begins
            accept_referral(asked.things["referral"], by=around.cleo.viewer, on=today())
            accepted = everything(client, asked, mate)
    without = everything(client, asked, mate)
    assert [cell for cell in without if without[cell] != with_it[cell]] == []
    assert [cell for cell in accepted if without[cell] != accepted[cell]] == []
    record_property("answers compared with and without what is asked in a sealed function", len(without))


def test_both_ends_see_what_was_asked_and_written(company: Company, around: Around) -> None:
    asked = asks_and_writes(company, around)
    tess, cleo = sign_in(company.tess), sign_in(around.cleo)
    letter = {"referral_id": asked.things["referral"]}
    assert cleo.post(reverse("desk:accept-letter", kwargs=letter)).status_code == 302
    for client in (tess, cleo):
        standing = client.get(address("consents", asked)).context["standing"]
        assert {each.line.purpose for each in standing if each.whom == "Teilhabe C"} >= {"coaching", "exchange"}
    for client, name in ((tess, "letter-out"), (cleo, "letter-in")):
        assert client.get(reverse(f"desk:{name}", kwargs=letter)).context["letter"].status == "accepted"
    end = {"person_id": asked.id, "consent_id": asked.things["consent"]}
    assert tess.post(reverse("desk:withdraw-consent", kwargs=end)).status_code == 302
    assert cleo.get(address("person", asked)).status_code == 404


def test_the_person_reads_of_it_in_their_own_log(company: Company, around: Around) -> None:
    asked = asks_and_writes(company, around)
    said = {(line.role, line.action, line.category) for line in log_for_person(asked.id).rows}
    assert said >= {
        ("trauma-coach", "record", "protected consent"), ("trauma-coach", "offered", "protected referral"),
        ("coach", "list", "name, protected referral"), ("coach", "view", "name, protected referral"),
    }  # fmt: skip


def test_what_is_asked_openly_as_well_is_known(cast: Cast, company: Company, around: Around) -> None:
    asked = asks_and_writes(company, around)
    accept_referral(asked.things["referral"], by=around.cleo.viewer, on=today())
    known = [involved(cast, asked)]
    record_consent(asked.id, agreed(around.cleo, "coaching"), by=around.cleo.viewer)
    known.append(involved(cast, asked))
    assert [("Teilhabe C", "Coaching") in lines for lines in known] == [False, True]


def involved(cast: Cast, young: Young) -> list[tuple[str, str]]:
    return [(line.name, line.does) for line in sign_in(cast.ilka).get(address("person", young)).context["involved"]]


@pytest.mark.parametrize("asked_before", [True, False])
def test_who_asks_for_the_same_learns_nothing_before_it_begins_on_their_own_letter(
    asked_before: bool, cast: Cast, company: Company, around: Around
) -> None:
    """A asks whether C may coach. That C coaches already, and never answered, would tell that somebody else asked."""
    if asked_before:
        consent = record_consent(around.young.id, agreed(around.cleo, "coaching"), by=cast.ilka.viewer)
    asked = asks_and_writes(company, around)
    accept_referral(asked.things["referral"], by=around.cleo.viewer, on=today() - timedelta(days=40))
    if not asked_before:
        consent = record_consent(asked.id, agreed(around.cleo, "coaching"), by=cast.ilka.viewer)
    assert ("Teilhabe C", "Coaching") not in involved(cast, asked)
    letter = offer_referral(asked.id, consent, message="Bitte", by=cast.ilka.viewer, on=today())
    waiting = coaching_of_c(cast, asked)
    accept_referral(letter, by=around.cleo.viewer, on=today())
    assert (waiting, coaching_of_c(cast, asked)) == ([(True, today())], [(False, today())])


def coaching_of_c(cast: Cast, young: Young) -> list[tuple[bool, date]]:
    """The lines of C's coaching on the person's page: whether it is only asked for, and since when."""
    lines = sign_in(cast.ilka).get(address("person", young)).context["involved"]
    return [(line.asked, line.since) for line in lines if (line.name, line.does) == ("Teilhabe C", "Coaching")]


def test_a_colleague_can_write_to_the_same_place(cast: Cast, company: Company, around: Around) -> None:
    """The open offer of one function is no obstacle to another, which would be told by it."""
    asked = asks_and_writes(company, around)
    consent = record_consent(asked.id, agreed(around.cleo, "coaching"), by=cast.bea.viewer)
    offer_referral(asked.id, consent, message="Bitte", by=cast.bea.viewer, on=today())
    with pytest.raises(AlreadyOfferedError):
        offer_referral(asked.id, consent, message="Bitte", by=cast.bea.viewer, on=today())


def test_who_takes_something_back_ends_also_the_yes_they_do_not_know_of(
    cast: Cast, company: Company, around: Around
) -> None:
    asked = asks_and_writes(company, around)
    accept_referral(asked.things["referral"], by=around.cleo.viewer, on=today())
    own = record_consent(asked.id, agreed(around.cleo, "coaching"), by=cast.ilka.viewer)
    end = {"person_id": asked.id, "consent_id": own}
    assert sign_in(cast.ilka).post(reverse("desk:withdraw-consent", kwargs=end)).status_code == 302
    assert sign_in(around.cleo).get(address("person", asked)).status_code == 404


def test_a_yes_that_was_renewed_in_a_sealed_function_changes_nothing_for_others(
    cast: Cast, company: Company, around: Around
) -> None:
    """A's own Yes has run out; the one that Tess was given keeps the door open. A reads what it would read without."""
    own = record_consent(around.young.id, agreed(around.cleo, "coaching"), by=cast.ilka.viewer)
    letter = offer_referral(around.young.id, own, message="Bitte", by=cast.ilka.viewer, on=today())
    accept_referral(letter, by=around.cleo.viewer, on=today())
    Consent.objects.filter(id=own).update(until=today() - timedelta(days=1))
    client, mate = browser(cast, "ilka", company), mates(cast)[0]
    client.get("/")
    young = replace(around.young, things={**around.young.things, "consent": own, "referral": letter})
    with undone():
        record_consent(young.id, agreed(around.cleo, "coaching"), by=company.tess.viewer)
        with_it = everything(client, young, mate)
    without = everything(client, young, mate)
    assert [cell for cell in without if without[cell] != with_it[cell]] == []
