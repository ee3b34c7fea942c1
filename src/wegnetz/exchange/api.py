"""The directory for programs of others, as Open Referral's HSDS 3.1 describes it: read only, without a key.

`lang` chooses the language of the texts; the standard has one text per field, so the others stand in `attributes`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from wegnetz.core.public import public
from wegnetz.directory import entries
from wegnetz.directory.entries import Point
from wegnetz.directory.exporting import hsds
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.identifiers import identifier, operator_id
from wegnetz.directory.selectors import Search
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.search import search_offers
from wegnetz.exchange.files import whole

MOST_PER_PAGE = 200
LONGEST_SEARCH = 100
PROFILE = "https://docs.openreferral.org/en/v3.1/"


class BadRequestError(Exception):
    """A parameter that cannot be read. The argument is its name."""


def answer(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """JSON for anybody; what is not there is 404, what is not understood 400, each with one sentence."""

    def respond(request: HttpRequest, **parts: UUID) -> HttpResponse:
        try:
            found = view(request, **parts)
        except (hsds.NotGivenError, Http404):
            response = JsonResponse({"error": "There is nothing here."}, status=404)
        except BadRequestError as error:
            response = JsonResponse({"error": f"The parameter {error} cannot be read."}, status=400)
        else:
            response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    respond.__doc__ = view.__doc__
    return public(respond)


@answer
def about(_request: HttpRequest) -> dict[str, Any]:
    """What this is, as the standard asks of the root."""
    return {"version": "3.1", "profile": PROFILE, "openapi_url": f"{PROFILE}hsds/api_reference.html"}


@answer
def services(request: HttpRequest) -> dict[str, Any]:
    """Offers: `search`, `taxonomy_term_id`, `organization_id`, `modified_after`, `page`, `per_page`."""
    points, made = _chosen(request)
    return hsds.services(points, made, **_page(request))


@answer
def service(request: HttpRequest, wanted: UUID) -> dict[str, Any]:
    return hsds.service(*_all(request), str(wanted))


@answer
def service_at_locations(request: HttpRequest) -> dict[str, Any]:
    """Offers at their places, chosen as services are."""
    points, made = _chosen(request)
    return hsds.service_at_locations(points, made, **_page(request))


@answer
def service_at_location(request: HttpRequest, wanted: UUID) -> dict[str, Any]:
    return hsds.service_at_location(*_all(request), str(wanted))


@answer
def organizations(request: HttpRequest) -> dict[str, Any]:
    points, made = _all(request)
    return hsds.organizations(points, made, **_page(request))


@answer
def organization(request: HttpRequest, wanted: UUID) -> dict[str, Any]:
    return hsds.organization(*_all(request), str(wanted))


@answer
def taxonomies(request: HttpRequest) -> dict[str, Any]:
    return hsds.taxonomies(_all(request)[1])


@answer
def taxonomy_terms(request: HttpRequest) -> dict[str, Any]:
    return hsds.taxonomy_terms(_all(request)[1], **_page(request))


@answer
def taxonomy_term(request: HttpRequest, wanted: UUID) -> dict[str, Any]:
    return hsds.taxonomy_term(_all(request)[1], str(wanted))


def _all(request: HttpRequest) -> tuple[list[Point], Edition]:
    return whole(request, request.GET.get("lang", "de")[:12])


def _chosen(request: HttpRequest) -> tuple[list[Point], Edition]:
    """The contact points with those of their offers that are asked for."""
    points, made = _all(request)
    wanted = _wanted(request, made.language)
    runs, since = request.GET.get("organization_id", ""), _moment(request, "modified_after")
    chosen = []
    for point in points:
        if (runs and operator_id(point) != runs) or (since and point.modified_at and point.modified_at <= since):
            continue
        offers = tuple(offer for offer in point.offers if wanted is None or offer.key in wanted)
        chosen.append(entries.whole(point, offers))
    return chosen, made


def _wanted(request: HttpRequest, language: str) -> frozenset[str] | None:
    """The ids of the offers that are searched for; None where nothing is."""
    query, term = request.GET.get("search", "").strip()[:LONGEST_SEARCH], request.GET.get("taxonomy_term_id", "")
    if not query and not term:
        return None
    known = interests()
    concepts: frozenset[str] = frozenset()
    if term:
        named = {identifier("term", concept.id): concept.id for concept in known.taxonomy.concepts}
        if term not in named:
            return frozenset()
        concepts = known.with_narrower(named[term])
    found = search_offers(Search(concepts=concepts), query=query, language=language)
    return frozenset(map(str, found.ids))


def _page(request: HttpRequest) -> dict[str, int]:
    return {
        "page": _number(request, "page", 1, 1_000_000), "size": _number(request, "per_page", 50, MOST_PER_PAGE)
    }  # fmt: skip


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 8) or not 1 <= int(text) <= most:
        raise BadRequestError(name)
    return int(text)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError as error:
        raise BadRequestError(name) from error
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
    if moment is None:
        raise BadRequestError(name)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
