"""Asking together, a No that costs nothing, taking back at once, and nothing about what is sealed."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from django.urls import reverse

from tests.company import Company, hide
from tests.papers import today
from tests.people import DB, Account, Cast, Desk, Page, account, agreed, sign_in
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership, Organisation
from wegnetz.audit.models import Event
from wegnetz.participants.models import Consent, Involvement, Person, SecrecyRelease
from wegnetz.participants.openings import open_consent
from wegnetz.participants.services import Asked, begin_by_consent, record_consent
from wegnetz.rules.consents import Answer, Channel
from wegnetz.vault.selectors import key_of

pytestmark = DB
ANSWER = {"language": "ti", "channel": "in-person", "given_on": "01.10.2021", "witness": "Frau Haile"}
RELEASE = {
    "professional": "Dr. Lindner", "profession": "Ärztin", "towards": "Beratung", "matter": "Eignung",
    "given_on": "01.10.2021", "language": "ti", "channel": "written",
}  # fmt: skip


def at(name: str, person: UUID, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"person_id": person, **parts})


def text_of(page: Page) -> str:
    return " ".join(unescape(page.content.decode()).split())


def about(purpose: str, account: Account) -> str:
    return f"{purpose}|{account.viewer.organisation}"


def consents_of(person: UUID, purpose: str) -> list[tuple[str, str, str]]:
    rows = Consent.objects.filter(person=person, purpose=purpose).order_by("recorded_at")
    return [(row.answer, row.language, open_consent(key_of(person), row).witness) for row in rows]


def test_the_text_is_shown_in_both_languages_before_anything_is_written_down(
    ilka: Desk, cast: Cast, company: Company
) -> None:
    page = ilka.post(at("ask-consent", cast.yonas.id), {"what": about("coaching", company.kim), "language": "ti"})
    assert (page.status_code, [text.language for text in page.context["texts"]]) == (200, ["ti", "de"])
    assert consents_of(cast.yonas.id, "coaching") == []


@pytest.mark.parametrize("answer", ["given", "refused"])
def test_both_answers_are_written_down_with_who_was_there(
    ilka: Desk, cast: Cast, company: Company, answer: str
) -> None:
    sent = ANSWER | {"what": about("coaching", company.kim), "answer": answer}
    assert ilka.post(at("ask-consent", cast.yonas.id), sent).status_code == 302
    assert consents_of(cast.yonas.id, "coaching") == [(answer, "ti", "Frau Haile")]


def test_yes_and_no_look_alike_and_neither_is_chosen(ilka: Desk, cast: Cast, company: Company) -> None:
    sent = {"what": about("coaching", company.kim), "language": "de"}
    page = ilka.post(at("ask-consent", cast.yonas.id), sent).content.decode()
    button = '<button class="kern-btn kern-btn--secondary" type="submit" name="answer" value="{}">'
    assert [page.count(button.format(answer)) for answer in ("given", "refused")] == [1, 1]
    assert page.count("checked") == 0


def test_an_answer_with_a_mistake_keeps_what_was_typed(ilka: Desk, cast: Cast, company: Company) -> None:
    for field, value in (("channel", ""), ("given_on", "01.10.2199"), ("given_on", "neulich")):
        sent = ANSWER | {"what": about("coaching", company.kim), "answer": "given", field: value}
        page = ilka.post(at("ask-consent", cast.yonas.id), sent)
        assert (page.status_code, list(page.context["answer"].errors)) == (422, [field])
        assert page.context["answer"]["witness"].value() == "Frau Haile"
    assert consents_of(cast.yonas.id, "coaching") == []


def test_an_organisation_that_does_something_else_cannot_be_chosen(ilka: Desk, cast: Cast, company: Company) -> None:
    for what in (about("coaching", company.carla), f"nonsense|{cast.yonas.id}", "coaching", "|"):
        page = ilka.post(at("ask-consent", cast.yonas.id), ANSWER | {"what": what, "answer": "given"})
        assert (what, page.status_code, list(page.context["question"].errors)) == (what, 422, ["what"])
    assert consents_of(cast.yonas.id, "coaching") == []


def test_optional_questions_say_that_a_no_changes_nothing(ilka: Desk, cast: Cast, company: Company) -> None:
    said = []
    for purpose in ("exchange", "coaching"):
        page = ilka.post(at("ask-consent", cast.yonas.id), {"what": about(purpose, company.kim), "language": "de"})
        said.append("Ein Nein ändert nichts an der Hilfe" in text_of(page))
    assert said == [True, False]


def test_feedback_is_told_to_who_asks_and_names_who_may_tell(ilka: Desk, cast: Cast, company: Company) -> None:
    sent = ANSWER | {"what": about("feedback", company.tess), "answer": "given"}
    assert ilka.post(at("ask-consent", cast.yonas.id), sent).status_code == 302
    row = Consent.objects.get(person=cast.yonas.id, purpose="feedback")
    assert row.recipient_id == cast.ilka.viewer.organisation
    assert open_consent(key_of(cast.yonas.id), row).about == company.tess.viewer.organisation_name


def test_the_assessment_is_read_by_who_the_text_names_and_by_nobody_else_there(cast: Cast, company: Company) -> None:
    """The text speaks of the coach. Others of the same organisation who accompany the person read nothing of it."""
    amina, b = company.people["amina"].id, Organisation.objects.get(key="b")
    nadja = account("nadja", "Nadja", b, Role.NETWORK_COORDINATOR)
    begin_by_consent(
        record_consent(amina, agreed(nadja, "networking"), by=cast.ilka.viewer), by=nadja.viewer, on=today()
    )
    hide(amina, company.gero, company.tess)
    coach, *others = (company.kim, nadja, company.tess)
    before = [reads_the_assessment(each, amina) for each in (coach, *others)]
    record_consent(amina, agreed(company.kim, "exchange"), by=cast.ilka.viewer)
    assert before == [False, False, False]
    assert [reads_the_assessment(each, amina) for each in (coach, *others)] == [True, False, False]


def test_who_says_no_shows_the_assessment_to_nobody(cast: Cast, company: Company) -> None:
    amina = company.people["amina"].id
    no = replace(agreed(company.kim, "exchange"), answer=Answer.REFUSED)
    record_consent(amina, no, by=cast.ilka.viewer)
    assert reads_the_assessment(company.kim, amina) is False


def reads_the_assessment(account: Account, person: UUID) -> bool:
    taken = sign_in(account).get(at("assessments", person)).context["taken"]
    return any(not each.own for each in taken)


def test_only_who_has_a_coach_is_asked_whether_the_coach_may_read_the_assessment(
    ilka: Desk, cast: Cast, company: Company
) -> None:
    page = ilka.get(at("ask-consent", cast.yonas.id))
    offered = {value for value, _label in page.context["question"].fields["what"].choices}
    asked = {about("exchange", somebody) for somebody in (company.kim, company.carla)}
    assert asked & offered == {about("exchange", company.kim)}


TOLD = ("a colleague in another function", "who asked as a coach", "who asked", "a colleague of who asked", "recipient")


@pytest.mark.parametrize("told", TOLD)
def test_a_no_to_a_sealed_question_ends_the_yes_at_both_ends_alone(told: str, cast: Cast, company: Company) -> None:
    """Where the person was asked, it does not matter to whom there they say it."""
    mariam = company.people["mariam at B"]
    gero_as_coach = replace(company.gero.viewer, role=Role.COACH)
    for viewer in (company.kim.viewer, gero_as_coach):
        asked = Asked("coaching", viewer.organisation, Answer.GIVEN, "de", Channel.IN_PERSON, today())
        begin_by_consent(record_consent(mariam.id, asked, by=cast.ilka.viewer), by=viewer, on=today())
    who = {
        "a colleague in another function": company.kim.viewer, "who asked as a coach": gero_as_coach,
        "who asked": company.gero.viewer, "recipient": company.tess.viewer,
        "a colleague of who asked": cast.ilka.viewer,
    }[told]  # fmt: skip
    no = replace(agreed(company.tess, "trauma-coaching"), answer=Answer.REFUSED)
    record_consent(mariam.id, no, by=who)
    ended = Consent.objects.get(id=mariam.things["consent"]).withdrawn_at is not None
    assert ended is (told in {"who asked", "a colleague of who asked", "recipient"})


def test_a_no_told_to_a_colleague_shows_to_who_had_asked_and_to_nobody_else(
    ilka: Desk, cast: Cast, company: Company
) -> None:
    """Who writes it down learns nothing of the Yes that it ends: not from the answers, nor from the log."""
    mariam, gero = company.people["mariam at B"], sign_in(company.gero)
    sent = ANSWER | {"what": about("trauma-coaching", company.tess), "answer": "refused"}
    own = ilka.post(at("ask-consent", mariam.id), sent, follow=True)
    gone = {name: about_trauma(own, name) for name in ("standing", "refused", "earlier")}
    assert gone == {"standing": 0, "refused": 1, "earlier": 0}
    assert "hat die Rücknahme aufgeschrieben" not in text_of(ilka.get(at("accesses", mariam.id)))
    assert (about_trauma(page := gero.get(at("consents", mariam.id)), "standing"), about_trauma(page, "earlier")) == (
        0,
        1,
    )


def about_trauma(page: Page, name: str) -> int:
    return sum(shown.line.purpose == "trauma-coaching" for shown in page.context[name])


def test_a_no_says_that_a_yes_given_elsewhere_is_ended_there(ilka: Desk, cast: Cast, company: Company) -> None:
    sent = ANSWER | {"what": about("trauma-coaching", company.tess), "answer": "refused"}
    page = ilka.post(at("ask-consent", cast.yonas.id), sent, follow=True)
    assert "Ein Ja, das sie woanders gegeben hat, beendet sie dort." in text_of(page)


def test_taking_back_shuts_the_others_door_on_the_next_request(ilka: Desk, company: Company) -> None:
    amina, kim = company.people["amina"], sign_in(company.kim)
    consent = amina.things["consent"]
    assert kim.get(at("person", amina.id)).status_code == 200
    answer = ilka.post(at("withdraw-consent", amina.id, consent_id=consent), {"channel": "phone"})
    assert (answer.headers["Location"], kim.get(at("person", amina.id)).status_code) == (at("consents", amina.id), 404)
    assert Consent.objects.get(id=consent).withdrawn_channel == "phone"
    assert "gilt schon nicht mehr" in text_of(
        ilka.post(at("withdraw-consent", amina.id, consent_id=consent), follow=True)
    )


@pytest.mark.parametrize("purpose", ["exchange", "feedback"])
def test_after_taking_back_the_same_question_can_be_asked_again_and_nothing_is_answered_yet(
    purpose: str, ilka: Desk, cast: Cast, company: Company
) -> None:
    amina, place = company.people["amina"].id, company.tess.viewer
    asked = replace(agreed(company.kim, purpose), language="fa")
    if purpose == "feedback":
        asked = replace(asked, recipient=cast.ilka.viewer.organisation, about=place.organisation_name)
    consent = record_consent(amina, asked, by=cast.ilka.viewer)
    page = ilka.post(at("withdraw-consent", amina, consent_id=consent), follow=True)
    again = at("ask-again", amina, consent_id=consent)
    assert page.content.decode().count(f'href="{again}"') == 1
    form = (page := ilka.get(again)).context["question"]
    assert (form["what"].value(), form["language"].value()) == (f"{purpose}|{place.organisation}", "fa")
    assert [text.language for text in page.context["texts"]] == ["fa", "de"]
    assert f'action="{at("ask-consent", amina)}"' in page.content.decode()
    stored = Consent.objects.filter(person=amina, purpose=purpose)
    assert [(row.id, row.withdrawn_at is None) for row in stored] == [(consent, False)]


def test_a_question_that_cannot_be_asked_here_any_more_is_chosen_anew(ilka: Desk, company: Company) -> None:
    amina = company.people["amina"]
    Membership.objects.filter(user=company.kim.user).delete()
    page = ilka.get(at("ask-again", amina.id, consent_id=amina.things["consent"]))
    assert (page.status_code, page.context["question"].is_bound, "texts" in page.context) == (200, False, False)


def test_who_knows_nothing_of_an_answer_cannot_ask_it_again(ilka: Desk, cast: Cast, company: Company) -> None:
    mariam = company.people["mariam at B"]
    for consent in (mariam.things["consent"], company.people["amina"].things["consent"]):
        assert ilka.get(at("ask-again", mariam.id, consent_id=consent)).status_code == 404


def test_who_loses_their_own_door_by_it_is_led_to_the_list(company: Company) -> None:
    amina = company.people["amina"]
    kim = sign_in(company.kim)
    answer = kim.post(at("withdraw-consent", amina.id, consent_id=amina.things["consent"]))
    assert answer.headers["Location"] == reverse("desk:people")


def test_what_ends_ones_own_accompaniment_says_so_on_a_page_of_its_own(company: Company) -> None:
    amina, kim = company.people["amina"], sign_in(company.kim)
    consent = amina.things["consent"]
    ends, asks = (at(name, amina.id, consent_id=consent) for name in ("withdraw-consent", "end-own-consent"))
    listed = kim.get(at("consents", amina.id)).content.decode()
    assert (ends in listed, f'href="{asks}"' in listed) == (False, True)
    page = kim.get(asks)
    assert f'action="{ends}"' in page.content.decode()
    assert "Ihre Organisation sieht die Person in dieser Aufgabe nicht mehr" in text_of(page)
    assert [until for _what, until in page.context["going"].classes if until] != []
    assert Consent.objects.get(id=consent).withdrawn_at is None
    assert kim.post(ends, {"channel": "phone"}).status_code == 302
    assert Consent.objects.get(id=consent).withdrawn_channel == "phone"
    said = text_of(kim.get(reverse("desk:people")))
    assert ("oder sie wird neu aufgenommen" in said, kim.get(asks).status_code) == (True, 404)


def test_what_ends_somebody_elses_accompaniment_stays_one_press(ilka: Desk, cast: Cast, company: Company) -> None:
    amina, kim = company.people["amina"], company.kim
    told = replace(agreed(kim, "feedback"), about="Eine andere Stelle")
    feedback = record_consent(amina.id, told, by=kim.viewer)
    for client, consent in ((ilka, amina.things["consent"]), (sign_in(kim), feedback)):
        listed = client.get(at("consents", amina.id)).content.decode()
        assert at("withdraw-consent", amina.id, consent_id=consent) in listed
        assert client.get(at("end-own-consent", amina.id, consent_id=consent)).status_code == 404


def test_an_accompaniment_by_duty_does_not_end_with_a_consent(ilka: Desk, cast: Cast) -> None:
    Involvement.objects.filter(person=cast.yonas.id).update(consent=None, duty="sgb-8")
    own = Consent.objects.get(person=cast.yonas.id)
    listed = ilka.get(at("consents", cast.yonas.id)).content.decode()
    assert at("withdraw-consent", cast.yonas.id, consent_id=own.id) in listed
    assert ilka.get(at("end-own-consent", cast.yonas.id, consent_id=own.id)).status_code == 404


def test_the_text_that_was_shown_is_still_there(ilka: Desk, company: Company) -> None:
    page = ilka.get(at("consents", company.people["amina"].id))
    texts = [shown.texts for shown in page.context["standing"] if shown.line.purpose == "coaching"]
    assert [text.title for (text,) in texts] == [
        f"Darf dich ein Coach von {company.kim.viewer.organisation_name} unterstützen?"
    ]


def test_what_was_asked_in_another_language_stands_beside_german(ilka: Desk, cast: Cast, company: Company) -> None:
    record_consent(cast.yonas.id, replace(agreed(company.kim, "coaching"), language="fa"), by=cast.ilka.viewer)
    page = ilka.get(at("consents", cast.yonas.id), headers={"accept-language": "en"})
    (shown,) = (each for each in page.context["standing"] if each.line.purpose == "coaching")
    assert [(text.language, text.direction) for text in shown.texts] == [("fa", "rtl"), ("de", "ltr")]
    assert page.content.decode().count('<div lang="fa" dir="rtl" class="wn-read">') == 1


def test_who_is_registered_reads_in_their_language_beside_german_and_what_was_typed_stays(ilka: Desk) -> None:
    page, typed = reverse("desk:register"), {"called": "Samira", "shown_in": "fa", "witness": "Herr Azimi"}
    people = Person.objects.count()
    shown = ilka.post(page, typed | {"show": "yes"}, headers={"accept-language": "en"})
    assert (shown.status_code, [text.language for text in shown.context["texts"]]) == (200, ["fa", "de"])
    assert shown.content.decode().count('<div lang="fa" dir="rtl"') == 1
    fields = {name: shown.context[form][name].value() for form, name in (
        ("form", "called"), ("ground", "shown_in"), ("ground", "witness"),
    )}  # fmt: skip
    assert (fields, Person.objects.count()) == (typed, people)
    refused = ilka.post(page, typed)
    assert (refused.status_code, [text.language for text in refused.context["texts"]]) == (422, ["fa", "de"])
    for language in ("", "xx", "de"):
        german = ilka.post(page, typed | {"show": "yes", "shown_in": language})
        assert (language, german.context["missing"], len(german.context["texts"])) == (language, False, 1)


def test_a_newer_answer_takes_the_place_of_the_older(ilka: Desk, cast: Cast, company: Company) -> None:
    for _time in range(2):
        record_consent(cast.yonas.id, agreed(company.kim, "coaching"), by=cast.ilka.viewer)
    page = ilka.get(at("consents", cast.yonas.id))
    states = [
        str(shown.line.state)
        for name in ("standing", "earlier")
        for shown in page.context[name]
        if shown.line.purpose == "coaching"
    ]
    assert states == ["standing", "replaced"]


def test_a_sealed_consent_is_on_the_page_of_who_wrote_it_down_and_nowhere_else(ilka: Desk, company: Company) -> None:
    mariam = company.people["mariam"].id
    theirs, own = ilka.get(at("consents", mariam)), sign_in(company.gero).get(at("consents", mariam))
    shown = [[each.line.purpose for each in page.context["standing"]] for page in (theirs, own)]
    assert shown == [["accompany"], ["trauma-coaching", "accompany"]]
    assert "Trauma" not in text_of(theirs)


def test_who_wrote_a_sealed_consent_down_does_not_learn_that_it_was_taken_back_elsewhere(company: Company) -> None:
    mariam, gero, tess = company.people["mariam at B"], sign_in(company.gero), sign_in(company.tess)
    before = gero.get(at("consents", mariam.id)).context["standing"]
    answer = tess.post(at("withdraw-consent", mariam.id, consent_id=mariam.things["consent"]))
    assert answer.status_code == 302
    assert gero.get(at("consents", mariam.id)).context["standing"] == before


def test_a_release_from_secrecy_is_an_object_of_its_own_and_can_be_taken_back(ilka: Desk, cast: Cast) -> None:
    assert ilka.post(at("record-release", cast.yonas.id), RELEASE).status_code == 302
    page = ilka.get(at("consents", cast.yonas.id))
    assert [each.line.released.professional for each in page.context["releases"]] == ["Dr. Lindner"]
    row = SecrecyRelease.objects.get(person=cast.yonas.id)
    assert ilka.post(at("withdraw-release", cast.yonas.id, release_id=row.id)).status_code == 302
    page = ilka.get(at("consents", cast.yonas.id))
    assert ([*page.context["releases"]], len(page.context["former_releases"])) == ([], 1)


def test_a_release_with_a_mistake_keeps_what_was_typed(ilka: Desk, cast: Cast) -> None:
    for field, value in (("professional", ""), ("matter", ""), ("until", "30.09.2021"), ("channel", "")):
        page = ilka.post(at("record-release", cast.yonas.id), RELEASE | {field: value})
        assert (field, page.status_code, list(page.context["form"].errors)) == (field, 422, [field])
        assert page.context["form"]["towards"].value() == "Beratung"
    assert SecrecyRelease.objects.count() == 0


def test_the_page_of_consents_is_recorded_with_all_it_shows(ilka: Desk, cast: Cast) -> None:
    assert ilka.get(at("consents", cast.yonas.id)).status_code == 200
    event = Event.objects.filter(organisation=cast.ilka.viewer.organisation).latest("at")
    assert (event.purpose, event.category.endswith("consent, release from secrecy")) == ("consents", True)
