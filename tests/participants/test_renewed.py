"""A person says Yes again: the door stays open, the letter keeps waiting, and taking back ends it all at once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db.models import ProtectedError
from pytest_django import Settings

from tests.casework.partners import Partners, agree, asking, partners, today
from tests.people import DB, Account, Cast
from wegnetz.casework.models import Referral
from wegnetz.casework.selectors import my_day, received_letter, received_letters
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import acting_as
from wegnetz.participants.access import involvements_in_scope, leading, people_in_scope
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Consent, Involvement
from wegnetz.participants.selectors import PersonNotFoundError, accompanying, consents_of, count_people, open_person
from wegnetz.participants.selectors.retention import exits
from wegnetz.participants.services import (
    AlreadyWithdrawnError,
    Duty,
    NoGroundError,
    StillLedError,
    apply_retention,
    begin_by_consent,
    end_involvement,
    register_person,
    take_the_lead,
    withdraw_consent,
)  # fmt: skip
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.consents import Answer, Channel

__all__ = ["partners"]
pytestmark = DB
DAY = timedelta(days=1)


def test_at_midnight_the_door_shuts_without_anybody_starting_anything_anew(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True  # where the day is what the settings say
    Consent.objects.filter(person=cast.yonas.id).update(until=today())
    seen = []
    for day in (today(), today() + DAY, today()):
        settings.DEMO_DAY = day
        people = people_in_scope(cast.ilka.viewer).filter(id=cast.yonas.id)
        seen.append((people.exists(), involvements_in_scope(cast.ilka.viewer).filter(person=cast.yonas.id).exists()))
    assert seen == [(True, True), (False, False), (True, True)]


def accompanied(cast: Cast, by: Account, purpose: str = "coaching") -> UUID:
    """`by` accompanies Yonas on a consent that Ilka asked for, and that ran out yesterday. Returns the consent."""
    consent = agree(cast.yonas.id, purpose, by, cast.ilka)
    begin_by_consent(consent, by=by.viewer, on=today())
    return lapsed(consent)


def lapsed(consent: UUID) -> UUID:
    Consent.objects.filter(id=consent).update(until=today() - DAY)
    return consent


def again(cast: Cast, by: Account, purpose: str = "coaching", *, asked_by: Account | None = None) -> UUID:
    return agree(cast.yonas.id, purpose, by, asked_by or cast.ilka)


def take_back(cast: Cast, consent: UUID, by: Account) -> None:
    with acting_as(asking(by)):
        withdraw_consent(cast.yonas.id, consent, channel=Channel.PHONE, on=today(), by=by.viewer)


def sees(account: Account) -> int:
    with acting_as(asking(account)):
        return count_people(account.viewer)


def companions(cast: Cast) -> set[str]:
    """Who accompanies Yonas, as his case manager sees it."""
    with acting_as(asking(cast.ilka)):
        found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("involvement",))
        return {each.function for each in accompanying(cast.ilka.viewer, found)}


def test_a_yes_said_again_keeps_the_door_open_for_what_it_names(cast: Cast, partners: Partners) -> None:
    accompanied(cast, partners.jonas)
    assert (sees(partners.jonas), "coaching" in companions(cast)) == (0, False)
    again(cast, partners.jonas)
    assert (sees(partners.jonas), "coaching" in companions(cast)) == (1, True)
    with acting_as(asking(partners.jonas)):
        found = open_person(partners.jonas.viewer, cast.yonas.id, purpose="test")
    assert found.categories == {"name", "contact", "facts", "plan"}


def test_a_yes_said_again_keeps_a_sealed_door_open(cast: Cast, partners: Partners) -> None:
    accompanied(cast, partners.samira, "trauma-coaching")
    assert sees(partners.samira) == 0
    again(cast, partners.samira, "trauma-coaching")
    assert (sees(partners.samira), companions(cast)) == (1, {"case-management"})


def test_a_yes_said_again_keeps_the_lead(cast: Cast) -> None:
    begin_by_consent(again(cast, cast.bea, "accompany"), by=cast.bea.viewer, on=today())
    leads = leading(today()).filter(person=cast.yonas.id)
    Consent.objects.filter(person=cast.yonas.id, recipient=cast.ilka.viewer.organisation).update(until=today() - DAY)
    assert leads.exists() is False
    with acting_as(asking(cast.bea)):
        again(cast, cast.ilka, "accompany", asked_by=cast.bea)
    with acting_as(asking(cast.bea)), pytest.raises(StillLedError):
        take_the_lead(cast.yonas.id, by=cast.bea.viewer)
    assert leads.exists() is True


@pytest.mark.parametrize("which", ["of somebody else", "for another organisation", "to something else", "no", "over"])
def test_no_other_answer_opens_a_door_that_ran_out(which: str, cast: Cast, partners: Partners) -> None:
    accompanied(cast, partners.jonas)
    match which:
        case "of somebody else":
            agree(cast.lina.id, "coaching", partners.jonas, cast.ilka)
        case "for another organisation":
            again(cast, cast.bea)
        case "to something else":
            again(cast, partners.jonas, "exchange")
        case "no":
            agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka, answer=Answer.REFUSED)
        case _:
            lapsed(again(cast, partners.jonas))
    assert sees(partners.jonas) == 0


@pytest.mark.parametrize("which", [0, 1, 2])
def test_taking_any_of_them_back_shuts_the_door_at_once(which: int, cast: Cast, partners: Partners) -> None:
    consents = [accompanied(cast, partners.jonas), again(cast, partners.jonas), again(cast, partners.jonas)]
    take_back(cast, consents[which], cast.ilka)
    assert sees(partners.jonas) == 0
    assert Consent.objects.filter(id__in=consents, withdrawn_at__isnull=True).count() == 0
    with pytest.raises(AlreadyWithdrawnError):
        take_back(cast, consents[0], cast.ilka)


def test_what_was_taken_back_is_not_opened_by_a_later_yes(cast: Cast, partners: Partners) -> None:
    take_back(cast, accompanied_until_today(cast, partners.jonas), cast.ilka)
    later = again(cast, partners.jonas)
    assert sees(partners.jonas) == 0
    with acting_as(asking(partners.jonas)):
        begin_by_consent(later, by=partners.jonas.viewer, on=today())
    assert sees(partners.jonas) == 1


def accompanied_until_today(cast: Cast, by: Account) -> UUID:
    consent = accompanied(cast, by)
    Consent.objects.filter(id=consent).update(until=today())
    return consent


def test_an_ended_involvement_stays_ended(cast: Cast, partners: Partners) -> None:
    accompanied_until_today(cast, partners.jonas)
    with acting_as(asking(partners.jonas)):
        end_involvement(cast.yonas.id, on=today(), by=partners.jonas.viewer)
    again(cast, partners.jonas)
    assert sees(partners.jonas) == 0


def sent(cast: Cast, to: Account, purpose: str = "coaching", *, hands_over: bool = False) -> UUID:
    """A letter whose consent has run out since."""
    consent = agree(cast.yonas.id, purpose, to, cast.ilka)
    letter = offer_referral(
        cast.yonas.id, consent, message="Bitte", hands_over=hands_over, by=cast.ilka.viewer, on=today()
    )  # fmt: skip
    lapsed(consent)
    return letter


def test_a_letter_waits_on_while_the_person_says_yes_again(cast: Cast, partners: Partners) -> None:
    letter, jonas = sent(cast, partners.jonas), partners.jonas.viewer
    with acting_as(asking(partners.jonas)):
        assert received_letters(jonas, today=today()).lines == ()
        with pytest.raises(PersonNotFoundError):
            accept_referral(letter, by=jonas, on=today())
    again(cast, partners.jonas)
    with acting_as(asking(partners.jonas)):
        assert received_letter(jonas, letter).status == "offered"
        accept_referral(letter, by=jonas, on=today())
        assert [line.letter.status for line in received_letters(jonas, today=today()).lines] == ["accepted"]
    assert sees(partners.jonas) == 1


def test_a_hand_over_is_accepted_on_a_yes_said_again(cast: Cast) -> None:
    letter = sent(cast, cast.bea, "accompany", hands_over=True)
    again(cast, cast.bea, "accompany")
    with acting_as(asking(cast.bea)):
        accept_referral(letter, by=cast.bea.viewer, on=today())
        assert open_person(cast.bea.viewer, cast.yonas.id, purpose="test").leads is True


def test_a_door_by_duty_asks_for_no_yes(cast: Cast) -> None:
    viewer = cast.ilka.viewer
    with acting_as(asking(cast.ilka)):
        person = register_person(
            name=Name(), contact=Contact(), ground=Duty("integration-management"), by=viewer, on=today()
        )  # fmt: skip
        found = open_person(viewer, person, purpose="test")
    assert found.categories == {"name", "contact", "facts", "eligibility", "plan"}
    assert leading(today()).filter(person=person).exists() is True


def test_nothing_begins_on_a_consent_that_ran_out(cast: Cast, partners: Partners) -> None:
    consent = lapsed(again(cast, partners.jonas))
    with acting_as(asking(partners.jonas)), pytest.raises(NoGroundError):
        begin_by_consent(consent, by=partners.jonas.viewer, on=today())


def test_the_page_shows_as_standing_the_yes_on_which_the_door_rests(cast: Cast, partners: Partners) -> None:
    """It is the one that can be taken back there, also where a later one ran out before it."""

    def states() -> list[str]:
        with acting_as(asking(cast.ilka)):
            found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("consent",))
            return [line.state for line in consents_of(cast.ilka.viewer, found) if line.purpose == "coaching"]

    agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka, answer=Answer.REFUSED)
    accompanied(cast, partners.jonas)
    assert states() == ["over", "replaced"]
    again(cast, partners.jonas)
    lasting = again(cast, partners.jonas)
    assert states() == ["standing", "replaced", "replaced", "replaced"]
    lapsed(again(cast, partners.jonas))
    assert states() == ["over", "standing", "replaced", "replaced", "replaced"]
    take_back(cast, lasting, cast.ilka)
    assert states() == [*["withdrawn"] * 4, "replaced"]


# --- whom the question is about ----------------------------------------------------------------------


def feedback(cast: Cast, about: str, answer: Answer = Answer.GIVEN) -> UUID:
    return agree(cast.yonas.id, "feedback", cast.ilka, cast.ilka, answer=answer, about=about)


def taken_back(*consents: UUID) -> list[bool]:
    found = dict(Consent.objects.filter(id__in=consents).values_list("id", "withdrawn_at"))
    return [found[consent] is not None for consent in consents]


def test_a_no_to_feedback_from_one_organisation_leaves_the_yes_to_another(cast: Cast) -> None:
    consents = feedback(cast, "Zentrum"), feedback(cast, "Zentrum"), feedback(cast, "Diakonie")
    feedback(cast, "Diakonie", Answer.REFUSED)
    assert taken_back(*consents) == [False, False, True]
    feedback(cast, "Zentrum", Answer.REFUSED)
    assert taken_back(*consents) == [True, True, True]


def test_taking_back_feedback_from_one_organisation_leaves_the_yes_to_another(cast: Cast) -> None:
    consents = feedback(cast, "Zentrum"), feedback(cast, "Diakonie"), feedback(cast, "Zentrum")
    take_back(cast, consents[0], cast.ilka)
    assert taken_back(*consents) == [True, False, True]


# --- what is kept ------------------------------------------------------------------------------------


def exit_of(cast: Cast, by: Account, function: str = "coaching") -> date | None:
    return exits([cast.yonas.id]).get((cast.yonas.id, by.viewer.organisation, function))


def test_an_accompaniment_that_was_renewed_has_no_exit(cast: Cast, partners: Partners) -> None:
    accompanied(cast, partners.jonas)
    assert exit_of(cast, partners.jonas) == today() - DAY
    renewed = again(cast, partners.jonas)
    assert exit_of(cast, partners.jonas) is None
    Consent.objects.filter(id=renewed).update(until=today() - 5 * DAY)
    assert exit_of(cast, partners.jonas) == today() - DAY


def test_a_yes_that_was_taken_back_before_puts_off_no_exit(cast: Cast, partners: Partners) -> None:
    before = again(cast, partners.jonas)
    Consent.objects.filter(id=before).update(until=None)
    take_back(cast, before, cast.ilka)
    accompanied(cast, partners.jonas)
    assert exit_of(cast, partners.jonas) == today() - DAY


def test_a_yes_on_which_a_door_rests_outlasts_who_asked_for_it(cast: Cast) -> None:
    """Ilka's organisation asked, and has long been gone; Bea still accompanies him."""
    first = accompanied(cast, cast.bea, "accompany")
    renewed = again(cast, cast.bea, "accompany")
    unused = again(cast, cast.bea, "exchange")
    Consent.objects.filter(id=renewed).update(until=None)
    end_involvement(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    apply_retention(on=today() + timedelta(days=1100))
    left = set(Consent.objects.filter(id__in=[first, renewed, unused]).values_list("id", flat=True))
    assert (left, sees(cast.bea)) == ({first, renewed}, 2)


def test_the_consent_of_a_letter_outlasts_who_asked_for_it(cast: Cast, partners: Partners) -> None:
    """The letter of Jonas keeps its consent, and nothing else from going."""
    unused = again(cast, cast.bea, "exchange")
    consent = agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    begin_by_consent(agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka), by=partners.jonas.viewer, on=today())
    involvement = Involvement.objects.get(person=cast.yonas.id, organisation=partners.jonas.viewer.organisation)
    letter = offer_referral(cast.yonas.id, consent, message="Bitte", by=cast.ilka.viewer, on=today())
    of_jonas = Referral.objects.get(id=letter)
    of_jonas.involvement, of_jonas.organisation = involvement, involvement.organisation
    Referral.objects.filter(id=letter).delete()
    of_jonas.save(force_insert=True)
    end_involvement(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    apply_retention(on=today() + timedelta(days=1100))
    assert Referral.objects.filter(id=letter, consent=consent).exists()
    assert Consent.objects.filter(id=unused).exists() is False


def test_no_consent_is_deleted_under_a_door_or_a_letter(cast: Cast, partners: Partners) -> None:
    door, letter = accompanied(cast, partners.jonas), Referral.objects.get(id=sent(cast, cast.bea, "accompany"))
    for consent in (door, letter.consent_id):
        with pytest.raises(ProtectedError):
            Consent.objects.filter(id=consent).delete()


# --- what waits --------------------------------------------------------------------------------------


def test_who_was_asked_again_is_not_on_the_list_of_those_to_ask(cast: Cast) -> None:
    def to_ask() -> list[UUID]:
        with acting_as(asking(cast.ilka)):
            todos = my_day(cast.ilka.viewer, day=today(), pack=active_pack()).todos
        return [todo.about for todo in todos if todo.what == "consent" and todo.person == cast.yonas.id]

    own = Consent.objects.filter(person=cast.yonas.id, recipient=cast.ilka.viewer.organisation, purpose="accompany")
    own.update(until=today() + 3 * DAY)
    first = own.get().id
    assert to_ask() == [first]
    second = again(cast, cast.ilka, "accompany")
    assert to_ask() == []
    Consent.objects.filter(id=second).update(until=today() + 9 * DAY)
    assert to_ask() == [second]
