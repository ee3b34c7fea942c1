"""The whole directory as a file, in a language."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse

from wegnetz.core.public import public
from wegnetz.directory.entries import Point
from wegnetz.directory.exporting import hsds
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.geojson import feature_collection
from wegnetz.directory.exporting.sheet import as_csv, as_xlsx
from wegnetz.directory.selectors.editions import edition
from wegnetz.directory.selectors.points import given_away, whole_directory
from wegnetz.programme.selectors import active_pack

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def whole(request: HttpRequest, language: str) -> tuple[list[Point], Edition]:
    """Everything, and what is said beside it. Raises Http404 for a language that nobody here speaks."""
    if language not in {*active_pack().languages, *active_pack().participant_languages}:
        raise Http404
    return list(given_away()), edition(request.build_absolute_uri("/"), language, whole_directory())


@public
def geojson(request: HttpRequest, language: str) -> HttpResponse:
    points, made = whole(request, language)
    content = json.dumps(feature_collection(points, made), ensure_ascii=False)
    return HttpResponse(content, content_type="application/geo+json")


@public
def hsds_json(request: HttpRequest, language: str) -> HttpResponse:
    """Every organisation with its places and offers: what another Wegnetz reads without loss."""
    content = json.dumps(hsds.whole(*whole(request, language)), ensure_ascii=False, separators=(",", ":"))
    return _attached(content.encode(), "application/json", "orte-hsds.json")


@public
def xlsx(request: HttpRequest, language: str) -> HttpResponse:
    return _attached(as_xlsx(*whole(request, language)), XLSX, "orte.xlsx")


@public
def csv(request: HttpRequest, language: str) -> HttpResponse:
    return _attached(as_csv(*whole(request, language)), "text/csv; charset=utf-8", "orte.csv")


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
