"""The own page of a contact point: who comes, who came, and weeks in which something does not take place.

It shows first names and chosen names, and nothing else of anybody. Nobody has an account here; whoever holds the link
opens the page, until it is revoked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.audit.selectors.words import CONTACT_POINT
from wegnetz.audit.services import Actor
from wegnetz.core.days import working_day
from wegnetz.core.forms import read_day
from wegnetz.core.scope import NOBODY, acting_as
from wegnetz.directory import entries
from wegnetz.directory.selectors import PointNotFoundError, StoredPoint, open_point
from wegnetz.directory.selectors.weeks import Week, coming_weeks
from wegnetz.directory.selectors.words import said, when
from wegnetz.directory.services import set_week
from wegnetz.network.openings import Said
from wegnetz.network.selectors import Announced, LinkGoneError, announced
from wegnetz.network.services import DayError, NotExpectedError, say, unsay
from wegnetz.network.services.announcements import SHOWN_FOR
from wegnetz.portal.host_guard import frame, language_of
from wegnetz.portal.place_guard import PlaceRequest, place_screen
from wegnetz.portal.visits import PLACES

CAME, MISSED = "came", "missed"
CLOSED, OPEN = "closed", "open"


@place_screen("GET", "HEAD", unopened=True)
def follow(request: PlaceRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, where histories, proxies and other pages would find it."""
    response = PLACES.begin(redirect(_address(request)), token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@place_screen("GET", "HEAD", unopened=True)
def page(request: PlaceRequest) -> HttpResponse:
    """Nobody is shown before somebody has pressed a button: programs that look through mails follow links too."""
    if not request.opened:
        context = _frame(request, _place(request))
        return render(request, "portal/place_page/enter.html", context)
    return _page(request)


@place_screen("POST", unopened=True)
def enter(request: PlaceRequest) -> HttpResponse:
    return PLACES.go_on(redirect(_address(request)), request.token)


@place_screen("POST", unopened=True)
def leave(request: PlaceRequest) -> HttpResponse:
    context = frame(request) | {
        "heading": _("Die Seite ist geschlossen"), "text": _("Mit Ihrem Link öffnen Sie sie wieder."),
    }  # fmt: skip
    return PLACES.end(render(request, "portal/link_said.html", context))


@place_screen("POST")
def visit(request: PlaceRequest) -> HttpResponse:
    """Somebody was there, or was not."""
    announcement, answer = _sent_id(request, "announcement"), request.POST.get("said")
    typed = request.POST.get("on", "").strip()[:40]
    if answer not in {CAME, MISSED}:
        raise Http404
    try:
        day = read_day(typed)
        say(request.link, announcement, came=answer == CAME, on=day, today=working_day())
    except (ValidationError, DayError):
        return _page(request, wrong={announcement: typed})
    except NotExpectedError as error:
        raise Http404 from error
    return redirect(f"{_address(request)}#wer")


@place_screen("POST")
def take_back(request: PlaceRequest) -> HttpResponse:
    try:
        unsay(request.link, _sent_id(request, "announcement"), today=working_day())
    except NotExpectedError as error:
        raise Http404 from error
    return redirect(f"{_address(request)}#wer")


@place_screen("POST")
def week(request: PlaceRequest) -> HttpResponse:
    """An offer does not take place in a week, or does after all."""
    answer = request.POST.get("week_is")
    try:
        monday = date.fromisoformat(request.POST.get("monday", ""))
    except ValueError as error:
        raise Http404 from error
    if answer not in {CLOSED, OPEN}:
        raise Http404
    by = Actor(None, CONTACT_POINT, request.link.organisation)
    try:
        with acting_as(NOBODY):
            set_week(
                request.link.point, _sent_id(request, "offer"), monday, closed=answer == CLOSED, by=by, on=working_day()
            )
    except PointNotFoundError as error:
        raise Http404 from error
    return redirect(f"{_address(request)}#wann")


def _sent_id(request: PlaceRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def _address(request: PlaceRequest) -> str:
    wished = urlencode({"sprache": language_of(request)}) if request.GET.get("sprache") else ""
    return f"{reverse('portal:place-page')}{'?' if wished else ''}{wished}"


def _place(request: PlaceRequest) -> StoredPoint:
    with acting_as(NOBODY):
        try:
            return open_point(request.link.point)
        except PointNotFoundError as error:
            raise LinkGoneError from error


def _page(request: PlaceRequest, wrong: dict[UUID, str] | None = None) -> HttpResponse:
    """`wrong` is what was typed as the day of a visit and is none."""
    place, today, language = _place(request), working_day(), language_of(request)
    titles = {each.id: said(each.offer.wording, entries.TITLE, language).text for each in place.offers}
    people = [_line(each, titles, today, wrong or {}) for each in announced(request.link, on=today)]
    context = _frame(request, place) | {
        "people": people, "today": today, "first_day": today - SHOWN_FOR,
        "next": next((each for each in people if each["expected"]), None),
        "all_came": all(each["came"] for each in people),
        "offers": [
            {
                "id": each.id, "title": titles[each.id], "when": when(each.offer.hours),
                "weeks": _weeks(coming_weeks(each.offer, on=today), today),
            }
            for each in place.offers if not each.offer.closed
        ],
    }  # fmt: skip
    return render(request, "portal/place_page/page.html", context, status=422 if wrong else 200)


def _frame(request: PlaceRequest, place: StoredPoint) -> dict[str, Any]:
    return frame(request) | {"name": said(place.point.wording, entries.NAME, language_of(request)).text}


def _line(each: Announced, titles: dict[UUID, str], today: date, wrong: dict[UUID, str]) -> dict[str, Any]:
    coming = each.coming
    came = [word for word in each.said if word.came]
    return {
        "id": each.id, "coming": coming, "offer": titles.get(coming.offer, ""), "said": each.said, "came": bool(came),
        "expected": _is_expected(each, today),
        "can_take_back": any(not word.taken for word in each.said), "wrong": wrong.get(each.id),
        "day": _usual_day(each.said, coming.comes_on, today),
    }  # fmt: skip


def _is_expected(each: Announced, today: date) -> bool:
    """Whether the day on which they wanted to come is still before them, as far as the place has said."""
    day = each.coming.comes_on
    return day is not None and day >= today and not any(word.came or word.on == day for word in each.said)


def _usual_day(said_before: tuple[Said, ...], comes_on: date | None, today: date) -> date:
    """The day that stands in the field: the one on which they wanted to come, or today."""
    if not said_before and comes_on and today - SHOWN_FOR <= comes_on <= today:
        return comes_on
    return today


def _weeks(weeks: tuple[Week, ...], today: date) -> list[dict[str, Any]]:
    """This week and the coming ones, but for those whose days are all past."""
    return [
        {"monday": each.monday, "days": each.days, "closed": each.closed, "sunday": each.monday + timedelta(days=6)}
        for each in weeks
        if each.days[-1] >= today
    ]
