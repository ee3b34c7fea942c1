"""What a map draws: the contact points that the list of places finds, and the outlines of the districts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from wegnetz.directory import entries
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.points import StoredOffer, StoredPoint
from wegnetz.directory.selectors.search import found_points
from wegnetz.directory.selectors.words import said, when
from wegnetz.portal.guard import page
from wegnetz.portal.views.places import asked, words_of
from wegnetz.programme.pack.districts import as_geojson
from wegnetz.programme.selectors import active_pack

Json = dict[str, Any]
# About a metre.
DECIMALS: Final = 5
# The list is read anew with every look, so a map that is kept is asked for again too, and then mostly not sent.
ASK_AGAIN: Final = "public, no-cache"
KEEP: Final = "public, max-age=3600"


@page
def points(request: HttpRequest, language: str) -> HttpResponse:
    """Where that is which the list with the same query shows; how many lines have no point stands beside it."""
    found = found_points(asked(request.GET, interests()), query=words_of(request.GET), language=language)
    features, without, first_time = [], 0, cache(_first_time)
    for point, offers in found:
        if point.point.address.lat is None:
            without += len(offers) or 1
        else:
            features.append(_feature(point, offers, language, first_time))
    collection = {"type": "FeatureCollection", "without_place": without, "features": features}
    return _geojson(request, collection, ASK_AGAIN)


@page
def districts(request: HttpRequest) -> HttpResponse:
    """Names and shapes of the programme's districts; nothing in it where the programme has none."""
    outlines = active_pack().districts
    return _geojson(request, as_geojson(outlines) if outlines else {"type": "FeatureCollection", "features": []}, KEEP)


def _first_time(hours: tuple[entries.Hours, ...]) -> str:
    """Many offers take place at the same times."""
    return next(iter(when(hours[:1])), "")


def _feature(
    stored: StoredPoint, offers: tuple[StoredOffer, ...], language: str, first_time: Callable[..., str]
) -> Json:
    address, name = stored.point.address, said(stored.point.wording, entries.NAME, language)
    properties: Json = {
        "name": name.text, "name_language": name.language if name.language != language else "",
        "district": address.district,
    }  # fmt: skip
    if offers:
        first = offers[0].offer
        title = said(first.wording, entries.TITLE, language)
        properties |= {
            "title": title.text, "title_language": title.language if title.language != language else "",
            "when": first_time(first.hours), "more": len(offers) - 1,
        }  # fmt: skip
    lon, lat = round(address.lon or 0.0, DECIMALS), round(address.lat or 0.0, DECIMALS)
    return {
        "type": "Feature", "id": str(stored.id), "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {key: value for key, value in properties.items() if value},
    }  # fmt: skip


def _geojson(request: HttpRequest, content: Json, caching: str) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/geo+json")
    response.headers["ETag"] = etag = quote_etag(sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = caching
    return get_conditional_response(request, etag=etag, response=response) or response
