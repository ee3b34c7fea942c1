"""Writing down what a person likes: with pictures, in two languages, and what nobody knows is kept as a wish."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.people import DB, Cast, sign_in
from wegnetz.desk.forms.network import LikedForm
from wegnetz.directory.selectors.interests import interests
from wegnetz.network.openings import Liked
from wegnetz.network.services import save_interests

pytestmark = DB


def form(**typed: object) -> LikedForm:
    return LikedForm(interests(), "ar", [], {"woman": "", **typed})


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
def test_what_is_like_several_is_asked_about_and_says_where_else_it_can_stand() -> None:
    filled = form(loved="Schach, Tennisball")
    assert not filled.is_valid()
    (error,) = map(str, filled.errors["loved"])
    assert error.startswith("„Tennisball“ ist nicht eindeutig. Meinten Sie: ")
    assert error.endswith("? Wenn davon nichts passt, schreiben Sie es unter „Was noch?“.")
    assert filled["loved"].value() == "Schach, Tennisball"


@pytest.mark.usefixtures("cast")
def test_what_was_loved_is_shown_by_its_name_and_taken_again() -> None:
    shown = LikedForm(interests(), "ar", [], initial={"loved": ("chess", "football")})
    assert shown["loved"].value() == "Schach, Fußball"
    assert form(loved="Schach, Fußball").fields["loved"].clean("Schach, Fußball") == (("chess", "football"), ())
