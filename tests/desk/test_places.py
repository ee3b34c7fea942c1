"""Places for one person: every offer says why it suits or not, and no address says which one it is about."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from tests.directory.places import HOUSE
from tests.people import DAY, DB, Cast, Desk, sign_in
from tests.statements import watched
from wegnetz.accounts.access import Role
from wegnetz.core.days import working_day, working_moment
from wegnetz.directory.models import Offer
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Liked, Step
from wegnetz.network.services import delete_introduction, save_interests, suggest, take_step
from wegnetz.rules.introductions import Stage

pytestmark = DB


@pytest.fixture
def ilka(cast: Cast) -> Desk:
    """Of Yonas she knows that he likes to sing; who speaks what with him, she has not asked."""
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    take_over(ensure_source(name="L", kind="csv", attribution="", licence="", by=by), [HOUSE], by=by, on=DAY)
    save_interests(cast.yonas.id, Liked({"singing": 5}, languages=("de",), born=2001), by=cast.ilka.viewer)
    return sign_in(cast.ilka)


def at(name: str, person: UUID) -> str:
    return reverse(f"desk:{name}", args=[person])


def test_what_does_not_suit_is_found_too_and_says_why(ilka: Desk, cast: Cast) -> None:
    where = at("places", cast.yonas.id)
    page = ilka.post(where, {"q": "Tanzen"})
    (each,) = page.context["found"]
    assert (each["title"].text, each["possible"]) == ("Tanzen", False)
    assert "Keine gemeinsame Sprache, und dass jemand dolmetscht, ist nicht eingetragen." in each["against"]
    text = page.content.decode()
    assert text.count('value="Tanzen"') == 1  # not in the search for people
    assert all(reason in text for reason in each["against"])
    assert str(Offer.objects.get(title="Tanzen").id) not in text.replace(f'#{each["id"]}"', "")  # no way to note it
    assert "Dazu steht nichts im Verzeichnis" in ilka.post(where, {"q": "xqztv\0"}).content.decode()


def test_languages_in_a_sentence_are_called_as_the_page_calls_them(ilka: Desk, cast: Cast) -> None:
    likes = Liked({"singing": 5}, languages=("en", "de"), born=2001, version=1)
    save_interests(cast.yonas.id, likes, by=cast.ilka.viewer)
    (each,) = ilka.get(at("places", cast.yonas.id)).context["suited"]
    assert "Gemeinsame Sprache: Deutsch, Englisch." in each["for"]


def test_whoever_wants_to_go_somewhere_may_whatever_else_they_like(ilka: Desk, cast: Cast) -> None:
    """A friend goes there, or nobody has asked yet: neither is in the way of an offer that was looked for."""
    choir = Offer.objects.get(title="Offener Chor").id
    save_interests(cast.yonas.id, Liked({"chess": 5}, languages=("de",), born=2001, version=1), by=cast.ilka.viewer)
    for person, why in (
        (cast.yonas.id, "Trifft keines der genannten Interessen."),
        (cast.lina.id, "Noch hat niemand gefragt, was die Person gern macht."),
    ):
        page = ilka.post(at("places", person), {"q": "Offener Chor"})
        (each,) = page.context["found"]
        assert (each["against"], each["possible"], f'value="{choir}"' in page.content.decode()) == ([why], False, True)
        noted = ilka.post(at("suggest-offer", person), {"offer": str(choir)}, follow=True)
        assert [met["offer"]["title"] for met in noted.context["met"]] == ["Offener Chor"]


def test_what_was_begun_is_not_begun_twice(ilka: Desk, cast: Cast) -> None:
    choir = Offer.objects.get(title="Offener Chor").id
    before = ilka.post(at("places", cast.yonas.id), {"q": "Offener Chor"})
    assert (before.context["found"][0]["begun"], f'value="{choir}"' in before.content.decode()) == (False, True)
    ilka.post(at("suggest-offer", cast.yonas.id), {"offer": str(choir)})
    after = ilka.post(at("places", cast.yonas.id), {"q": "Offener Chor"})
    assert (after.context["found"][0]["begun"], f'value="{choir}"' in after.content.decode()) == (True, False)


CHOIR = "Offener Chor"
SENTENCES = {
    Stage.SUGGESTED: f"Besprechen Sie „{CHOIR}“ mit der Person.",
    Stage.DISCUSSED: f"„{CHOIR}“: Fragen Sie, ob der Ort wissen soll, wer kommt, oder ob die Person schon dort war.",
    Stage.ANNOUNCED: f"Fragen Sie, ob die Person bei „{CHOIR}“ war.",
    Stage.VISITED: f"Fragen Sie, wie es bei „{CHOIR}“ war und ob die Person wieder hingeht.",
    Stage.RETURNED: f"Fragen Sie, ob die Person weiter zu „{CHOIR}“ geht.",
    Stage.REGULAR: "",
}


def begun(cast: Cast, on: date) -> UUID:
    return suggest(cast.yonas.id, Offer.objects.get(title=CHOIR).id, by=cast.ilka.viewer, on=on)


def test_the_first_sentence_says_what_comes_next_at_every_stage(ilka: Desk, cast: Cast) -> None:
    made, found = begun(cast, working_day()), {}
    for version, stage in enumerate(SENTENCES, 1):
        if version > 1:
            step = Step(stage, working_day(), called="Yo")
            take_step(cast.yonas.id, made, step, version=version - 1, by=cast.ilka.viewer, agreed=True)
        found[stage] = ilka.get(at("places", cast.yonas.id)).context["next"]
    assert found == SENTENCES


def test_an_introduction_that_can_wait_comes_after_what_suits_and_one_that_is_due_before(
    ilka: Desk, cast: Cast
) -> None:
    save_interests(
        cast.yonas.id, Liked({"singing": 5, "dance": 3}, languages=("de", "ar"), born=2001, woman=True, version=1),
        by=cast.ilka.viewer,
    )  # fmt: skip
    made = begun(cast, working_day() - timedelta(days=6))
    page = ilka.get(at("places", cast.yonas.id))
    assert (len(page.context["suited"]), page.context["next"]) == (1, "")
    delete_introduction(cast.yonas.id, made, by=cast.ilka.viewer)
    begun(cast, working_day() - timedelta(days=7))
    page = ilka.get(at("places", cast.yonas.id))
    assert (len(page.context["suited"]), page.context["next"]) == (1, SENTENCES[Stage.SUGGESTED])


def test_what_was_deleted_is_found_for_thirty_days_and_brought_back(ilka: Desk, cast: Cast) -> None:
    made = begun(cast, working_day())
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, working_day()), version=1, by=cast.ilka.viewer)
    ilka.post(reverse("desk:delete-introduction", args=[cast.yonas.id, made]), follow=True)
    page = ilka.get(at("places", cast.yonas.id))
    assert (page.context["met"], f'href="{at("deleted", cast.yonas.id)}"' in page.content.decode()) == ([], True)
    (line,) = ilka.get(at("deleted", cast.yonas.id)).context["lines"]
    assert (line.title, line.what, line.on) == (CHOIR, "Vermittlung, besprochen: möchte hin", working_day())
    Introduction.objects.update(deleted_at=working_moment() - timedelta(days=31))
    assert ilka.get(at("deleted", cast.yonas.id)).context["lines"] == []
    Introduction.objects.update(deleted_at=working_moment() - timedelta(days=29))
    ilka.post(line.address)
    assert len(ilka.get(at("places", cast.yonas.id)).context["met"]) == 1
    assert ilka.get(at("deleted", cast.yonas.id)).context["lines"] == []


def test_a_page_of_deleted_introductions_costs_the_same_for_one_and_for_three(ilka: Desk, cast: Cast) -> None:
    numbers = []
    ilka.get(at("places", cast.yonas.id))  # what everybody reads is read once
    for more in (1, 2):
        for _ in range(more):
            delete_introduction(cast.yonas.id, begun(cast, working_day()), by=cast.ilka.viewer)
        with watched() as statements:
            assert ilka.get(at("deleted", cast.yonas.id)).status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_why_it_ended_is_read_without_opening_its_history(ilka: Desk, cast: Cast) -> None:
    made = begun(cast, working_day())
    step = Step(Stage.ENDED, working_day(), reason="too-far")
    take_step(cast.yonas.id, made, step, version=1, by=cast.ilka.viewer)
    before, _history = ilka.get(at("places", cast.yonas.id)).content.decode().split("Verlauf")
    assert before.count("zu weit") == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "Dieser Tag kommt erst noch. Bitte tragen Sie es ein, wenn es so weit war."),
        (-1, f"Der Schritt davor war am {working_day():%d.%m.%Y}. Bitte keinen früheren Tag eintragen."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_it_and_nothing_is_lost(
    days: int, said: str, ilka: Desk, cast: Cast
) -> None:
    page = reverse("desk:introduction", args=[cast.yonas.id, begun(cast, working_day())])
    day = f"{working_day() + timedelta(days=days):%d.%m.%Y}"
    sent = {"stage": "discussed", "on": day, "note": "möchte hin", "version": "1"}
    refused = ilka.post(page, sent)
    form = refused.context["form"]
    assert (refused.status_code, form.errors) == (422, {"on": [said]})
    assert [form[name].value() for name in sent] == list(sent.values())
    assert Introduction.objects.get().stage == Stage.SUGGESTED


def test_what_belongs_to_another_step_keeps_nobody_from_this_one(ilka: Desk, cast: Cast) -> None:
    page = discussed(cast)
    other = {"comes_on": "bald", "for_place": "x" * 999, "reason": "nichts"}
    sent = {"on": f"{working_day():%d.%m.%Y}", "version": "2"} | other
    assert ilka.post(page, sent | {"stage": "announced"}).status_code == 422
    assert ilka.post(page, sent | {"stage": "visited"}).status_code == 302


def discussed(cast: Cast) -> str:
    """The page on which Yonas is announced to the choir."""
    made = begun(cast, working_day())
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, working_day()), version=1, by=cast.ilka.viewer)
    return reverse("desk:introduction", args=[cast.yonas.id, made])


@pytest.mark.parametrize("part", ["called", "for_place"])
def test_nothing_that_leads_to_the_person_is_said_to_a_place(part: str, ilka: Desk, cast: Cast) -> None:
    page = discussed(cast)
    sent = {"stage": "announced", "on": f"{working_day():%d.%m.%Y}", "agreed": "on", "called": "Jo", "version": "2"}
    refused = ilka.post(page, sent | {part: "Jo, ٠١٧٦ ١٢٣٤٥٦٧"})
    form = refused.context["form"]
    said = "Bitte ohne Telefonnummer und E-Mail-Adresse: Der Ort soll sie nicht erfahren."
    assert (refused.status_code, form.errors, form[part].value()) == (422, {part: [said]}, "Jo, ٠١٧٦ ١٢٣٤٥٦٧")
    assert Introduction.objects.get().stage == Stage.DISCUSSED
    assert ilka.post(page, sent).status_code == 302


@pytest.mark.parametrize(("called", "full", "filled_in"), [("Yonas", "Yonas Abebe", "Yonas"), ("Yonas Abebe", "", "")])
def test_the_whole_name_is_not_filled_in_for_a_place(
    called: str, full: str, filled_in: str, ilka: Desk, cast: Cast
) -> None:
    sent = {"called": called, "full": full, "version": "1"}
    assert ilka.post(at("contact", cast.yonas.id), sent).status_code == 302
    assert ilka.get(discussed(cast)).context["form"]["called"].value() == filled_in


def test_what_is_needed_with_some_answers_only_is_not_called_optional(ilka: Desk, cast: Cast) -> None:
    page = ilka.get(discussed(cast))
    optional = [name for name in page.context["form"].fields if page.context["form"][name].is_optional]
    assert [name for name in optional if name in {"called", "reason", "note"}] == ["note"]


@pytest.mark.parametrize("offer", ["", "Chor", "0" * 32])
def test_what_is_no_offer_is_not_noted(ilka: Desk, cast: Cast, offer: str) -> None:
    assert ilka.post(at("suggest-offer", cast.yonas.id), {"offer": offer}).status_code == 404
    assert Introduction.objects.count() == 0


def test_which_offer_it_is_stands_in_no_address_beside_the_person(ilka: Desk, cast: Cast) -> None:
    text = ilka.get(at("places", cast.yonas.id)).content.decode()
    links = [part.split('"')[0] for part in text.split('href="')[1:] + text.split('action="')[1:]]
    offers = [str(each) for each in Offer.objects.values_list("id", flat=True)]
    assert [link for link in links if str(cast.yonas.id) in link and any(offer in link for offer in offers)] == []
    assert 'rel="noreferrer"' in text.split(f"#{Offer.objects.get(title='Offener Chor').id}")[1][:20]
