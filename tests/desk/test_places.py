"""Places for one person: every offer says why it suits or not, and no address says which one it is about."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from tests.directory.places import HOUSE
from tests.people import DAY, DB, Cast, Desk, sign_in
from wegnetz.accounts.access import Role
from wegnetz.directory.models import Offer
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Liked
from wegnetz.network.services import save_interests

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
    assert "Keine gemeinsame Sprache, und kein Dolmetschen erfasst." in each["against"]
    text = page.content.decode()
    assert text.count('value="Tanzen"') == 1  # not in the search for people
    assert all(reason in text for reason in each["against"])
    assert str(Offer.objects.get(title="Tanzen").id) not in text.replace(f'#{each["id"]}"', "")  # no way to note it
    assert "So heißt im Verzeichnis nichts" in ilka.post(where, {"q": "xqztv\0"}).content.decode()


def test_what_was_begun_is_not_begun_twice(ilka: Desk, cast: Cast) -> None:
    choir = Offer.objects.get(title="Offener Chor").id
    before = ilka.post(at("places", cast.yonas.id), {"q": "Offener Chor"})
    assert (before.context["found"][0]["begun"], f'value="{choir}"' in before.content.decode()) == (False, True)
    ilka.post(at("suggest-offer", cast.yonas.id), {"offer": str(choir)})
    after = ilka.post(at("places", cast.yonas.id), {"q": "Offener Chor"})
    assert (after.context["found"][0]["begun"], f'value="{choir}"' in after.content.decode()) == (True, False)


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
