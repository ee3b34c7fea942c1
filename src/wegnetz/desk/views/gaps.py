"""What is missing in the city: handed on by those who know who wishes it, read by those who must not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.forms.gaps import WishForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.directory.selectors.interests import Interests, interests
from wegnetz.network import services
from wegnetz.network.openings import Liked
from wegnetz.network.selectors import (
    interests_of,
    may_hand_on,
    missed_interests,
    missed_wishes,
    seldom_returned,
    served,
    to_hand_on,
    wishes_to_hand_on,
)
from wegnetz.network.services import GapNotFoundError
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, open_person

PAGE = 50


@screen(Policy.WORK, "GET", "POST")
def hand_on(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What a person would like to do and nobody offers: one press puts it on the list, without them."""
    if not may_hand_on(request.viewer, person_id):
        raise Http404
    found = _open(request, person_id)
    liked, known = interests_of(request.viewer, found), interests()
    if liked is None:
        raise Http404
    sent = _sent_wish(request, liked)
    if request.method == "POST" and (said := _handed_on(request, person_id, liked, sent)):
        messages.success(request, said)
        return redirect("desk:hand-to-gaps", person_id)
    return render(
        request, "desk/network/hand_on.html", _page(found, liked, known, sent), status=422 if sent is not None else 200
    )


def _open(request: StaffRequest, person_id: UUID) -> OpenPerson:
    pack = wording_now(get_language()).pack
    try:
        return open_person(request.viewer, person_id, purpose="what is missing", also=("interests",), pack=pack)
    except PersonNotFoundError as error:
        raise Http404 from error


def _sent_wish(request: StaffRequest, liked: Liked) -> WishForm | None:
    """The form of the wish that was sent, bound. Raises Http404 for a wish that is not there."""
    if "wish" not in request.POST:
        return None
    return WishForm(_place_of_wish(liked, request.POST["wish"]), request.POST)


def _place_of_wish(liked: Liked, sent: str) -> int:
    """Raises Http404 for a wish that is not there."""
    place = int(sent) if sent.isdecimal() and len(sent) < 5 else len(liked.wishes)
    if place >= len(liked.wishes):
        raise Http404
    return place


def _handed_on(request: StaffRequest, person_id: UUID, liked: Liked, sent: WishForm | None) -> str:
    """What was done, in a sentence; empty where the words of a wish have to be looked at once more."""
    if sent is not None:
        if not sent.is_valid():
            return ""
        wish = liked.wishes[sent.place]
        services.hand_on_wish(person_id, wish, sent.cleaned_data["text"], by=request.viewer, on=working_day())
    elif concept := request.POST.get("back", ""):
        services.take_back_interest(person_id, concept, by=request.viewer, on=working_day())
        return _("Von der Fehlliste zurückgenommen.")
    elif wish := request.POST.get("wish-back", ""):
        services.take_back_wish(person_id, wish, by=request.viewer, on=working_day())
        return _("Von der Fehlliste zurückgenommen.")
    else:
        services.hand_on_interest(person_id, request.POST.get("concept", ""), by=request.viewer, on=working_day())
    return _("Steht auf der Fehlliste, ohne die Person.")


def _page(found: OpenPerson, liked: Liked, known: Interests, sent: WishForm | None) -> dict[str, Any]:
    language, offered = get_language() or "de", known.offered()
    spoken = tuple(filter(None, (found.contact.language, language)))
    wishes = [
        {
            "wish": each.what, "counted": each.counted, "fresh": each.fresh, "form": _wish_form(place, sent),
            "meant": _named(served(each.what, known, *spoken, offered=offered), known),
        }
        for place, each in enumerate(wishes_to_hand_on(liked, on=working_day()))
    ]  # fmt: skip
    missing = [(each, known.label(each.what, language)) for each in to_hand_on(liked, known, on=working_day())]
    return {
        "person": found, "tab": "places", "speaks": language_name(found.contact.language), "wishes": wishes,
        "missing": missing, "form": sent,
    }  # fmt: skip


def _wish_form(place: int, sent: WishForm | None) -> WishForm:
    """As it was sent, where it was. The words are put new: those of the person could tell who it is."""
    return sent if sent and sent.place == place else WishForm(place)


@screen(Policy.WHOLE_DIRECTORY)
def gaps(request: StaffRequest) -> HttpResponse:
    """What people miss, without them; and what seldom leads to a second visit."""
    known, closed = interests(), request.GET.get("sicht") == "erledigt"
    language, offered = get_language() or "de", known.offered()
    missed = missed_interests(request.viewer, known, on=working_day(), closed=closed)
    wishes = missed_wishes(request.viewer, on=working_day(), closed=closed)
    # One list, of which each page counts and shows a part.
    found = [*((each, None) for each in missed), *((None, each) for each in wishes)]
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "closed": closed, "page": page,
        "missed": [(each, known.label(each.concept, language)) for each, _wish in page if each],
        "wishes": [
            (each, _named(served(each.wish, known, language, offered=offered), known))
            for _interest, each in page if each
        ],
        "seldom": [] if closed else _seldom(known),
    }  # fmt: skip
    return render(request, "desk/network/gaps.html", context)


def _seldom(known: Interests) -> list[tuple[str, list[str]]]:
    found = seldom_returned()
    concepts = [_named(name, known) for kind, name in found if kind == "concept"]
    districts = [name for kind, name in found if kind == "district"]
    return [(title, names) for title, names in ((_("Interessen"), concepts), (_("Stadtteile"), districts)) if names]


def _named(concept: str | None, known: Interests) -> str:
    return known.label(concept, get_language() or "de").text if concept else ""


@screen(Policy.WHOLE_DIRECTORY, "POST")
def offered_now(request: StaffRequest, gap_id: UUID) -> HttpResponse:
    return _closed(request, gap_id, offered=True)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def remove(request: StaffRequest, gap_id: UUID) -> HttpResponse:
    return _closed(request, gap_id, offered=False)


def _closed(request: StaffRequest, gap_id: UUID, *, offered: bool) -> HttpResponse:
    try:
        services.close_gap(gap_id, offered=offered, by=request.viewer, on=working_day())
    except GapNotFoundError as error:
        raise Http404 from error
    undo = reverse("desk:reopen-gap", args=[gap_id])
    said = _("Als angeboten vermerkt.") if offered else _("Von der Fehlliste entfernt.")
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("desk:gaps")


@screen(Policy.WHOLE_DIRECTORY, "POST")
def reopen(request: StaffRequest, gap_id: UUID) -> HttpResponse:
    try:
        services.reopen_gap(gap_id, by=request.viewer)
    except GapNotFoundError as error:
        raise Http404 from error
    messages.success(request, _("Steht wieder auf der Fehlliste."))
    return redirect("desk:gaps")
