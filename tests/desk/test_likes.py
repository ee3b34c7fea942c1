"""Writing down what a person likes: with pictures, in two languages, and what nobody knows is kept as a wish."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.people import DB, Cast, Desk, sign_in
from wegnetz.desk.forms.network import LikedForm
from wegnetz.directory.selectors.interests import interests
from wegnetz.network.openings import Liked
from wegnetz.network.selectors import interests_of
from wegnetz.network.services import save_interests
from wegnetz.participants.selectors import open_person

pytestmark = DB
ALSO = ("interests",)


def form(speaks: str = "ar", **typed: object) -> LikedForm:
    return LikedForm(interests(), speaks, [], {"woman": "", **typed})


def test_every_interest_is_there_once_with_its_picture_and_its_word_in_both_languages(cast: Cast) -> None:
    save_interests(cast.yonas.id, Liked({"boxing": 3, "singing": 5}), by=cast.ilka.viewer)
    text = sign_in(cast.ilka).get(reverse("desk:likes", args=[cast.yonas.id])).content.decode()
    found = re.findall(r'name="picked" value="([^"]+)"', text)
    assert sorted(found) == sorted(each.id for each in interests().taxonomy.interests)
    assert re.findall(r'name="picked" value="([^"]+)" checked', text) == ["boxing"]
    theirs = interests().label("boxing", "ti").text
    assert f'<span dir="auto">Boxen</span><span class="wn-tile__also" lang="ti" dir="auto">{theirs}</span>' in text
    assert text.count("#mdi-boxing-glove") == 1


@pytest.mark.usefixtures("cast")
def test_what_no_interest_is_like_is_kept_as_a_wish() -> None:
    filled = form(loved="Schach, Xqztv, كرة القدم, Xqztv", wishes="Drachen\nXqztv\n", picked=["boxing"])
    assert filled.is_valid()
    assert filled.liked.interests == {"boxing": 3, "chess": 5, "football": 5}
    assert filled.liked.wishes == ("Drachen", "Xqztv")


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(("language", "number"), [("de", 1), ("fa", 3), ("fr", 3), ("uk", 2), ("ru", 2), ("ar", 0)])
def test_a_name_with_commas_is_read_as_it_is_written(language: str, number: int) -> None:
    """Else a form that is opened and saved would lose what the person likes, and make wishes of its pieces."""
    known = interests()
    with override(language):
        some = tuple(each.id for each in known.taxonomy.concepts if re.search("[,;،]", each.label(language).text))
        field = LikedForm(known, "ar", [], {}).fields["loved"]
        assert (len(some), field.clean(field.prepare_value(("chess", *some, "boxing")))) == (
            number, (("chess", *some, "boxing"), ())
        )  # fmt: skip


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("typed", ["Drachen bauen", "Quidditch-Liga", "kochen wie in Eritrea", "Fallschirmspringen"])
def test_words_of_which_one_is_like_nothing_are_a_wish_as_a_whole(typed: str) -> None:
    filled = form(loved=f"Schach, {typed}")
    assert filled.is_valid()
    assert (filled.liked.interests, filled.liked.wishes) == ({"chess": 5}, (typed,))


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(("speaks", "typed", "meant"), [("fa", "فوتبال", "football"), ("ti", "ስፌት", "sewing")])
def test_the_language_of_the_person_says_what_is_meant(speaks: str, typed: str, meant: str) -> None:
    filled = form(speaks, loved=typed)
    assert filled.is_valid()
    assert filled.liked.interests == {meant: 5}


@pytest.mark.parametrize(("press", "interests_", "wishes"), [(0, {"chess": 5, "tennis": 5}, []), (-1, {"chess": 5}, 1)])
def test_what_may_be_something_is_asked_about_and_a_button_answers(
    press: int, interests_: dict[str, int], wishes: object, ilka: Desk, cast: Cast
) -> None:
    typed = {"loved": "Schach, Tennisball", "picked": ["boxing"], "wishes": "Segeln", "woman": ""}
    page = ilka.post(likes := reverse("desk:likes", args=[cast.yonas.id]), typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Was ist mit „Tennisball“ gemeint? Bitte wählen Sie aus." in text
    buttons = re.findall(r'<button [^>]*name="loved-instead" value="([^"]*)"><span class="kern-label">([^<]*)<', text)
    assert [label for _value, label in buttons] == ["Tennis", "Als Wunsch merken"]
    assert ilka.post(likes, typed | {"loved-instead": buttons[press][0]}).status_code == 302
    liked = interests_of(cast.ilka.viewer, open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=ALSO))
    assert liked is not None
    assert liked.interests == interests_ | {"boxing": 3}
    assert liked.wishes == ("Segeln", *(["Tennisball"] if wishes else []))


def test_enter_sends_what_was_typed_and_presses_no_answer(ilka: Desk, cast: Cast) -> None:
    """The first button of a form is pressed by it."""
    page = ilka.post(reverse("desk:likes", args=[cast.yonas.id]), {"loved": "Tennisball", "woman": ""})
    form_of_the_page = page.content.decode().split('<form class="wn-form"')[1]
    assert re.findall(r"<button [^>]*>", form_of_the_page)[0] == '<button type="submit" hidden>'


@pytest.mark.usefixtures("cast")
def test_an_answer_to_words_that_stand_there_no_more_changes_nothing() -> None:
    assert form(loved="Schach", **{"loved-instead": "Tennisball,Tennis"})["loved"].value() == "Schach"
    assert form(**{"loved-instead": "Tennisball,Tennis"})["loved"].value() is None


@pytest.mark.usefixtures("cast")
def test_what_was_loved_is_shown_by_its_name_and_taken_again() -> None:
    shown = LikedForm(interests(), "ar", [], initial={"loved": ("chess", "football")})
    assert shown["loved"].value() == "Schach, Fußball"
    assert form(loved="Schach, Fußball").fields["loved"].clean("Schach, Fußball") == (("chess", "football"), ())
