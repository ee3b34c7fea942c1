"""Contact points and offers for anybody: find something one likes, and how to get there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.languages import language_name
from wegnetz.directory import entries
from wegnetz.directory.exporting.calendar import offer_calendar
from wegnetz.directory.exporting.jsonld import point_graph, script_text
from wegnetz.directory.selectors import (
    PointNotFoundError,
    Search,
    districts,
    long_unconfirmed,
    open_point,
    spoken_languages,
)
from wegnetz.directory.selectors.editions import edition
from wegnetz.directory.selectors.interests import Interests, interests
from wegnetz.directory.selectors.pictures import tile
from wegnetz.directory.selectors.points import StoredOffer, StoredPoint
from wegnetz.directory.selectors.search import Found, search_directory
from wegnetz.directory.selectors.words import ages, cost, day_of, said, when
from wegnetz.engines.search.offers import HasSimilar, HasWord, Means, Reason
from wegnetz.portal.guard import page
from wegnetz.portal.languages import CHECKED, PUBLIC_LANGUAGES, wanted_language
from wegnetz.programme.selectors import active_pack

PAGE = 20
YES = "ja"


@page
def entrance(request: HttpRequest) -> HttpResponse:
    """To the pages in the language of the browser, with what an address asks for."""
    there = reverse("portal:places", args=[wanted_language(request)])
    return redirect(f"{there}?{request.GET.urlencode()}" if request.GET else there)


@page
def places(request: HttpRequest, language: str) -> HttpResponse:
    """What there is, by what somebody types and ticks. Whatever is not understood is taken as not asked."""
    known, sent = interests(), request.GET
    picked = picked_in(sent, known)
    # One group is what the list itself asks for; all else was picked from pictures.
    by_pictures = len(picked) > 1 or any(not known.taxonomy[each].group for each in picked)
    query = words_of(sent)
    search = asked(sent, known)
    found = search_directory(search, query=query, language=language)
    shown = Paginator(found, PAGE).get_page(sent.get("page", "1")[:9])
    context = {
        "offers": [_line(each, known, language, search.concepts) for each in shown if isinstance(each, Found)],
        "bare": [_bare(each, language) for each in shown if isinstance(each, StoredPoint)],
        "page": shown, "q": query, "total": found.of_offers,
        "sent": {name: sent.get(name, "") for name in ("was", "stadtteil", "sprache")},
        "ticked": {name: sent.get(name) == YES for name in ("frei", "frauen", "rollstuhl")},
        **_map(wanted=sent.get("karte") == YES),
        "by_pictures": by_pictures, "picked": [tile(known, each, language) for each in picked],
        "groups": [(group.id, group.label(language)) for group in known.taxonomy.groups],
        "districts": districts(), "spoken": [(code, language_name(code)) for code in spoken_languages()],
        **frame(language),
    }  # fmt: skip
    return render(request, "portal/places/list.html", context)


@page
def place(request: HttpRequest, language: str, point_id: UUID) -> HttpResponse:
    try:
        found = open_point(point_id)
    except PointNotFoundError as error:
        raise Http404 from error
    known, wording = interests(), found.point.wording
    made = edition(request.build_absolute_uri("/"), language, [found])
    context = {
        "found": found, "name": said(wording, entries.NAME, language),
        "description": said(wording, entries.DESCRIPTION, language),
        "directions": said(wording, entries.DIRECTIONS, language), "when": when(found.point.hours, on=working_day()),
        "offers": [_offer(offer, known, language) for offer in found.offers],
        "linked_data": script_text(point_graph(found.exported, made)),
        "confirmed": day_of(found.point.confirmed_on) if found.point.confirmed_on else "",
        "at": {"lat": _degrees(found.point.address.lat), "lon": _degrees(found.point.address.lon)},
        **_map(wanted=found.point.address.lat is not None),
        "unsure": not found.point.closed and long_unconfirmed(found.point, on=working_day()), **frame(language),
    }  # fmt: skip
    return render(request, "portal/places/place.html", context)


@page
def calendar(request: HttpRequest, language: str, point_id: UUID, offer_id: UUID) -> HttpResponse:
    """When an offer takes place, for a calendar."""
    try:
        found = open_point(point_id)
    except PointNotFoundError as error:
        raise Http404 from error
    stored = next((each for each in found.offers if each.id == offer_id), None)
    if stored is None:
        raise Http404
    exported = found.exported
    offer = next(each for each in exported.offers if each.key == str(offer_id))
    made = edition(request.build_absolute_uri("/"), language, [found])
    content = offer_calendar(exported, offer, made, found.revision(stored))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="termine.ics"'
    return response


def words_of(sent: QueryDict) -> str:
    """What somebody typed."""
    return sent.get("q", "").strip()[:100]


def _map(*, wanted: bool) -> dict[str, Any]:
    return {"with_map": wanted, "drawn_from": _drawn_from() if wanted else []}


def _degrees(value: float | None) -> str:
    """As programs write them, in whatever language."""
    return f"{value:.5f}" if value is not None else ""


def _drawn_from() -> list[str]:
    """Whom a map has to name: who drew the outlines of the districts, and the operator's own pictures."""
    pack = active_pack()
    outlines = pack.districts
    drawn = [f"{pack.sources[outlines.source].title} ({outlines.licence})"] if outlines else []
    return drawn + ([settings.TILES_SOURCE] if settings.TILES_SOURCE else [])


def picked_in(sent: QueryDict, known: Interests) -> list[str]:
    """The interests and groups that an address names, each once."""
    return [concept for concept in dict.fromkeys(sent.getlist("was")) if concept in known.taxonomy]


def asked(sent: QueryDict, known: Interests) -> Search:
    """What the filters of an address mean."""
    spoken = sent.get("sprache", "")
    return Search(
        concepts=frozenset().union(*map(known.with_narrower, picked_in(sent, known))),
        languages=frozenset({spoken}) if spoken in PUBLIC_LANGUAGES else frozenset(),
        district=sent.get("stadtteil", "").replace("\0", "")[:100],
        free=sent.get("frei") == YES, women_only=sent.get("frauen") == YES, accessible=sent.get("rollstuhl") == YES,
    )  # fmt: skip


def frame(language: str) -> dict[str, Any]:
    """What every page of the portal is told."""
    return {"language": language, "all_languages": PUBLIC_LANGUAGES, "draft": language not in CHECKED}


def _bare(stored: StoredPoint, language: str) -> dict[str, Any]:
    address = stored.point.address
    return {
        "point_id": stored.id, "on_the_map": address.lat is not None, "address": address,
        "name": said(stored.point.wording, entries.NAME, language),
    }  # fmt: skip


def _line(found: Found, known: Interests, language: str, wanted: frozenset[str]) -> dict[str, Any]:
    fits = [_fits(known, each, language) for each in found.offer.offer.concepts if each in wanted]
    shown = _offer(found.offer, known, language)
    for_whom = _("nur für Frauen") if found.offer.offer.women_only else ""
    return shown | {
        "point_id": found.point.id, "on_the_map": found.place.address.lat is not None,
        "place": said(found.place.wording, entries.NAME, language), "district": found.point.district,
        "why": [_why(reason, known, language) for reason in _telling(found.reasons)] or fits,
        "short": " · ".join(filter(None, (shown["cost"], shown["ages"], for_whom, *shown["spoken"]))),
    }  # fmt: skip


def _offer(stored: StoredOffer, known: Interests, language: str) -> dict[str, Any]:
    offer = stored.offer
    return {
        "offer": offer, "id": stored.id, "title": said(offer.wording, entries.TITLE, language),
        "description": said(offer.wording, entries.DESCRIPTION, language),
        "joining": said(offer.wording, entries.JOINING, language), "price": said(offer.wording, entries.COST, language),
        "when": when(offer.hours, on=working_day()), "ages": ages(offer), "cost": cost(offer),
        "spoken": [language_name(code) for code in offer.languages],
        "concepts": [known.label(concept, language) for concept in offer.concepts],
    }  # fmt: skip


def _telling(reasons: tuple[Reason, ...]) -> list[Reason]:
    """Whose meaning is plain needs no words of the text beside it."""
    plain: list[Reason] = [reason for reason in reasons if isinstance(reason, Means) and reason.exact]
    return plain or list(reasons)


def _fits(known: Interests, concept: str, language: str) -> str:
    return _("Passt zu: %(interest)s") % {"interest": known.label(concept, language).text}


def _why(reason: Reason, known: Interests, language: str) -> str:
    """Why an offer was found, in words; the words of a text itself speak for themselves."""
    match reason:
        case Means(concept=concept, tagged=tagged, exact=exact):
            if exact:
                return _fits(known, tagged, language)
            meant = known.label(concept, language).text
            return _("Vielleicht meinst du: %(interest)s") % {"interest": meant}
        case HasSimilar(written=written):
            return _("Ähnlich geschrieben: %(word)s") % {"word": written}
        case HasWord(written=written):
            return _("Im Text steht: %(word)s") % {"word": written}
