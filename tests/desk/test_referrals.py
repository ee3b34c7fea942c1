"""Letters: what travels is shown before, reasons come back, a sealed letter tells nothing, the lead is handed over."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.company import Company
from tests.desk.mates import TOKEN
from tests.people import DB, Cast, Desk, Page, agreed, sign_in
from wegnetz.casework.models import Referral
from wegnetz.casework.services import accept_referral
from wegnetz.core.days import working_day
from wegnetz.participants.models import Involvement, Person
from wegnetz.participants.services import record_consent, withdraw_consent
from wegnetz.rules.consents import Channel

pytestmark = DB


def at(name: str, person: UUID) -> str:
    return reverse(f"desk:{name}", args=[person])


def text_of(page: Page) -> str:
    return " ".join(unescape(TOKEN.sub("", page.content.decode())).split())


def consent_to(cast: Cast, company: Company, purpose: str = "coaching") -> UUID:
    to = {"coaching": company.kim, "accompany": cast.bea, "trauma-coaching": company.tess}[purpose]
    return record_consent(cast.yonas.id, agreed(to, purpose), by=cast.ilka.viewer)


def sent(cast: Cast) -> Referral:
    return Referral.objects.get(person=cast.yonas.id)


def refer(desk: Desk, cast: Cast, consent: UUID, **more: str) -> Page:
    body = {"consent": str(consent), "message": "Bitte begleiten.", **more}
    page: Page = desk.post(at("refer", cast.yonas.id), body)
    return page


def test_the_preview_shows_what_travels_and_sends_nothing(ilka: Desk, cast: Cast, company: Company) -> None:
    page = refer(ilka, cast, consent_to(cast, company))
    assert (page.status_code, [part.label for part in page.context["parts"]]) == (
        200, ["Name", "Erreichbarkeit", "Angaben", "Offene Ziele und Schritte"],
    )  # fmt: skip
    assert Referral.objects.filter(person=cast.yonas.id).count() == 0


def test_what_arrives_is_what_the_preview_showed(ilka: Desk, cast: Cast, company: Company) -> None:
    consent = consent_to(cast, company)
    shown = refer(ilka, cast, consent).context["parts"]
    assert refer(ilka, cast, consent, send="yes").status_code == 302
    letter = sign_in(company.kim).get(at("letter-in", sent(cast).id))
    assert letter.context["parts"] == shown
    assert "Bitte begleiten." in text_of(letter)


def test_without_a_consent_the_page_leads_to_asking(ilka: Desk, cast: Cast, company: Company) -> None:
    page = ilka.get(at("refer", cast.yonas.id))
    assert at("ask-consent", cast.yonas.id) in page.content.decode()
    refused = refer(ilka, cast, company.people["amina"].things["consent"], send="yes")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["consent"])


def test_a_second_letter_that_waits_is_refused_and_the_words_stay(ilka: Desk, cast: Cast, company: Company) -> None:
    consent = consent_to(cast, company)
    refer(ilka, cast, consent, send="yes")
    again = refer(ilka, cast, consent, send="yes")
    assert (again.status_code, again.context["form"]["message"].value()) == (422, "Bitte begleiten.")
    assert Referral.objects.filter(person=cast.yonas.id).count() == 1


def test_who_accepted_is_left_out_and_the_page_says_why(ilka: Desk, cast: Cast, company: Company) -> None:
    consent = consent_to(cast, company)
    refer(ilka, cast, consent, send="yes")
    accept_referral(sent(cast).id, by=company.kim.viewer, on=working_day())
    page = ilka.get(at("refer", cast.yonas.id))
    said = f"{company.kim.viewer.organisation_name}, Coaching: hat schon zugesagt und begleitet die Person."
    assert (text_of(page).count(said), "textarea" in page.content.decode()) == (1, False)
    again = refer(ilka, cast, consent, send="yes")
    assert (again.status_code, again.context["form"]["message"].value()) == (422, "Bitte begleiten.")
    assert ("Bitte begleiten." in text_of(again), Referral.objects.filter(person=cast.yonas.id).count()) == (True, 1)
    consent_to(cast, company, "trauma-coaching")
    offered = ilka.get(at("refer", cast.yonas.id)).context["form"].fields["consent"].choices
    assert [name.rpartition(", ")[2] for _consent, name in offered] == ["Trauma-Coaching"]


def test_who_accepts_meanwhile_is_sent_nothing_and_the_words_stay(
    ilka: Desk, cast: Cast, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = consent_to(cast, company)
    refer(ilka, cast, consent, send="yes")
    accept_referral(sent(cast).id, by=company.kim.viewer, on=working_day())
    # as it was when the page was made
    before = "wegnetz.casework.selectors.travelling.referrals_taken_up"
    monkeypatch.setattr(before, lambda _viewer: Referral.objects.none())
    again = refer(ilka, cast, consent, send="yes")
    assert "Nichts ist abgeschickt: Die Stelle hat schon zugesagt" in text_of(again)
    assert (again.status_code, again.context["form"]["message"].value()) == (422, "Bitte begleiten.")


def test_accepting_opens_the_person_and_makes_responsible(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company), send="yes")
    kim = sign_in(company.kim)
    answer = kim.post(at("accept-letter", sent(cast).id))
    assert answer.headers["Location"] == at("person", cast.yonas.id)
    assert kim.get(at("person", cast.yonas.id)).status_code == 200
    row = Involvement.objects.get(person=cast.yonas.id, function="coaching")
    assert row.responsible_id == company.kim.user
    assert kim.post(at("accept-letter", sent(cast).id)).headers["Location"] == reverse("desk:letters-in")


def test_the_reason_for_declining_comes_back_with_what_to_do(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company), send="yes")
    kim, letter = sign_in(company.kim), sent(cast).id
    assert kim.post(at("decline-letter", letter), {"reason": "", "note": "bleibt"}).status_code == 422
    assert kim.post(at("decline-letter", letter), {"reason": "full", "note": "Ab Mai wieder."}).status_code == 302
    page = ilka.get(at("letter-out", letter))
    assert [(step.word, step.reason, step.note) for step in page.context["steps"]] == [
        ("abgeschickt", "", ""), ("abgelehnt", "kein Platz frei", "Ab Mai wieder."),
    ]  # fmt: skip
    assert at("refer", cast.yonas.id) in page.content.decode()
    assert kim.get(at("letter-in", letter)).status_code == 404


def test_who_asked_can_take_a_letter_back_until_it_is_answered(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company), send="yes")
    letter = sent(cast).id
    assert ilka.post(at("withdraw-letter", letter)).status_code == 302
    assert (sent(cast).status, sign_in(company.kim).get(at("letter-in", letter)).status_code) == ("withdrawn", 404)
    assert "schon beantwortet" in text_of(ilka.post(at("withdraw-letter", letter), follow=True))


def test_the_outcome_comes_back(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company), send="yes")
    kim, letter = sign_in(company.kim), sent(cast).id
    kim.post(at("accept-letter", letter))
    assert kim.post(at("finish-letter", letter), {"reason": "completed", "note": "Geschafft."}).status_code == 302
    assert [step.note for step in ilka.get(at("letter-out", letter)).context["steps"]] == ["", "", "Geschafft."]


def test_a_sealed_letter_says_sent_for_ever(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company, "trauma-coaching"), send="yes")
    letter = sent(cast).id
    ilka.get("/")  # says once that it was sent
    before = ilka.get(at("letter-out", letter))
    assert sign_in(company.tess).post(at("accept-letter", letter)).status_code == 302
    after = ilka.get(at("letter-out", letter))
    assert (text_of(after) == text_of(before), after.context["line"].word) == (True, "verschickt")
    assert "besonders geschützt" in text_of(after)
    gero = sign_in(company.gero)
    assert "Yonas" not in text_of(gero.get(reverse("desk:letters-out")))
    assert "Trauma" not in text_of(gero.get(at("letters-about", cast.yonas.id)))


def test_with_the_persons_yes_the_sender_learns_that_it_began_and_nothing_else(
    ilka: Desk, cast: Cast, company: Company
) -> None:
    refer(ilka, cast, consent_to(cast, company, "trauma-coaching"), send="yes")
    letter = sent(cast).id
    sign_in(company.tess).post(at("accept-letter", letter))
    words = []
    for about in ("Eine andere Stelle", company.tess.viewer.organisation_name):
        record_consent(cast.yonas.id, replace(agreed(cast.ilka, "feedback"), about=about), by=cast.ilka.viewer)
        words.append(ilka.get(at("letter-out", letter)).context["line"].word)
    assert words == ["verschickt", "hat begonnen"]


def test_the_pages_of_a_sealed_letter_do_not_say_that_an_answer_goes_back(
    ilka: Desk, cast: Cast, company: Company
) -> None:
    refer(ilka, cast, consent_to(cast, company, "trauma-coaching"), send="yes")
    tess, letter = sign_in(company.tess), sent(cast).id
    offered = text_of(tess.get(at("letter-in", letter)))
    assert ("erfährt Ihre Antwort nicht" in offered, "antworten Sie" in offered) == (True, False)
    asked = text_of(tess.get(at("decline-letter", letter)))
    assert "Sagen Sie es der Person selbst, bevor Sie ablehnen." in asked
    assert ("bleibt bei Ihrer Organisation" in asked, "Die andere Stelle liest das" in asked) == (True, False)
    accepted = text_of(tess.post(at("accept-letter", letter), follow=True))
    assert ("Die andere Stelle erfährt es nur" in accepted, "weiß es" in accepted) == (True, False)
    done = text_of(tess.get(at("finish-letter", letter)))
    assert ("erfährt Ihren Grund nicht" in done, "Als erledigt melden" in done) == (True, False)


def test_what_became_of_a_sealed_letter_is_asked_of_the_person(ilka: Desk, cast: Cast, company: Company) -> None:
    refer(ilka, cast, consent_to(cast, company, "trauma-coaching"), send="yes")
    letter, again = sent(cast).id, at("refer", cast.yonas.id)
    ilka.get("/")  # says once that it was sent
    before = text_of(ilka.get(at("letter-out", letter)))
    assert "Fragen Sie die Person beim nächsten Gespräch" in before
    declined = sign_in(company.tess).post(at("decline-letter", letter), {"reason": "full"}, follow=True)
    assert "Ihr Grund bleibt bei Ihrer Organisation" in text_of(declined)
    page = ilka.get(at("letter-out", letter))
    assert (text_of(page) == before, f'href="{again}"' in page.content.decode()) == (True, False)
    told = replace(agreed(cast.ilka, "feedback"), about=company.tess.viewer.organisation_name)
    record_consent(cast.yonas.id, told, by=cast.ilka.viewer)
    page = ilka.get(at("letter-out", letter))
    assert "Sprechen Sie mit der Person darüber" in text_of(page)
    assert (f'href="{again}"' in page.content.decode(), "kein Platz frei" in text_of(page)) == (True, False)


def test_a_consent_taken_back_takes_the_letter_from_the_recipient(ilka: Desk, cast: Cast, company: Company) -> None:
    consent = consent_to(cast, company)
    refer(ilka, cast, consent, send="yes")
    withdraw_consent(cast.yonas.id, consent, channel=Channel.IN_PERSON, on=working_day(), by=cast.ilka.viewer)
    kim, letter = sign_in(company.kim), sent(cast).id
    assert [kim.get(at("letter-in", letter)).status_code, kim.post(at("accept-letter", letter)).status_code] == [
        404,
        404,
    ]
    assert "Sie hat ihre Einwilligung beendet" in text_of(ilka.get(at("letter-out", letter)))


def test_handing_over_changes_who_leads_and_says_what_is_left_to_do(
    ilka: Desk, bea: Desk, cast: Cast, company: Company
) -> None:
    refer(ilka, cast, consent_to(cast, company, "accompany"), hands_over="on", send="yes")
    letter = sent(cast).id
    assert bea.post(at("accept-letter", letter)).status_code == 302
    assert Person.objects.get(id=cast.yonas.id).organisation_id == cast.bea.viewer.organisation
    page = ilka.get(at("letter-out", letter)).content.decode()
    assert [at(name, cast.yonas.id) in page for name in ("closing", "end-involvement", "appointments")] == [True] * 3


def test_leading_the_way_cannot_be_handed_to_a_coach(ilka: Desk, cast: Cast, company: Company) -> None:
    consent_to(cast, company, "accompany")
    page = refer(ilka, cast, consent_to(cast, company), hands_over="on", send="yes")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["hands_over"])
    assert Referral.objects.filter(person=cast.yonas.id).count() == 0


def test_waiting_letters_come_the_longest_first(company: Company, ilka: Desk, cast: Cast) -> None:
    page = ilka.get(reverse("desk:letters-in"))
    assert [line.letter.person for line in page.context["waiting"]] == [company.people["sami"].id]
    # Offered when the company came together, which may be before midnight.
    (offered,) = Referral.objects.filter(person=company.people["sami"].id, status="offered")
    assert [line.waiting for line in page.context["waiting"]] == [(timezone.localdate() - offered.offered_on).days]


def test_a_colleague_of_the_same_function_becomes_responsible(ilka: Desk, cast: Cast, company: Company) -> None:
    page = ilka.get(at("hand-on", cast.yonas.id))
    choices = [value for value, _name in page.context["form"].fields["colleague"].choices]
    assert (str(company.gero.user) in choices, str(cast.bea.user) in choices) == (True, False)
    assert ilka.post(at("hand-on", cast.yonas.id), {"colleague": str(company.gero.user)}).status_code == 302
    row = Involvement.objects.get(person=cast.yonas.id, ended_at__isnull=True)
    assert row.responsible_id == company.gero.user
    refused = ilka.post(at("hand-on", cast.yonas.id), {"colleague": str(cast.bea.user)})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["colleague"])
