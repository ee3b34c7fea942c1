"""What the addresses of the HSDS 3.1 API answer: lists by pages, and one thing whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from wegnetz.directory.entries import Offer, Point
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.hsds.documents import (
    by_operator,
    meeting_document,
    meeting_id,
    meeting_summary,
    organization_document,
    organization_entry,
    organization_summary,
    service_document,
    service_summary,
)
from wegnetz.directory.exporting.hsds.parts import Json, interest_term, taxonomy_detail
from wegnetz.directory.exporting.identifiers import identifier, offer_id

T = TypeVar("T")
SIZE = 50


class NotGivenError(LookupError):
    """Nothing that is given away has this identifier. Carries it."""


# --- lists -------------------------------------------------------------------------------------------


def services(points: Sequence[Point], edition: Edition, *, page: int = 1, size: int = SIZE) -> Json:
    """/services. Pages count from 1; one behind the last is empty. Raises ValueError for a page or size below 1."""
    return _page(list(_offers(points)), lambda pair: service_summary(*pair, edition), edition, page, size)


def service_at_locations(points: Sequence[Point], edition: Edition, *, page: int = 1, size: int = SIZE) -> Json:
    """/service_at_locations. Raises ValueError as above."""
    return _page(list(_offers(points)), lambda pair: meeting_summary(*pair, edition), edition, page, size)


def organizations(points: Sequence[Point], edition: Edition, *, page: int = 1, size: int = SIZE) -> Json:
    """/organizations. Raises ValueError as above."""
    groups = list(by_operator(points).values())
    return _page(groups, lambda group: organization_summary(group[0], edition), edition, page, size)


def taxonomies(edition: Edition) -> Json:
    """/taxonomies: there is one."""
    return _page([edition], taxonomy_detail, edition, 1, 1)


def taxonomy_terms(edition: Edition, *, page: int = 1, size: int = SIZE) -> Json:
    """/taxonomy_terms: our interests with their groups, in the order of the taxonomy. Raises ValueError as above."""
    concepts = [concept.id for concept in edition.taxonomy.concepts]
    return _page(concepts, lambda concept: interest_term(concept, edition), edition, page, size)


def _page(things: Sequence[T], made: Callable[[T], Json | None], edition: Edition, page: int, size: int) -> Json:
    if page < 1 or size < 1:
        raise ValueError(f"page {page} of {size}")
    shown = [made(thing) for thing in things[(page - 1) * size : page * size]]
    pages = max(1, -(-len(things) // size))
    return {
        "total_items": len(things), "total_pages": pages, "page_number": page, "size": len(shown),
        "first_page": page == 1, "last_page": page >= pages, "empty": not shown,
        # Not of HSDS, which has no place for them; readers pass over what they do not know.
        "language": edition.language, "license": edition.licence, "attribution": edition.attribution,
        "contents": shown,
    }  # fmt: skip


def whole(points: Sequence[Point], edition: Edition) -> list[Json]:
    """All of it for a file: every organisation with its locations and services."""
    return [organization_entry(group, edition) for group in by_operator(points).values()]


# --- one thing ---------------------------------------------------------------------------------------


def service(points: Sequence[Point], edition: Edition, wanted: str) -> Json:
    """/services/{id}. Raises NotGivenError."""
    for point, offer in _offers(points):
        if offer_id(point, offer) == wanted:
            return service_document(point, offer, edition)
    raise NotGivenError(wanted)


def service_at_location(points: Sequence[Point], edition: Edition, wanted: str) -> Json:
    """/service_at_locations/{id}. Raises NotGivenError."""
    for point, offer in _offers(points):
        if meeting_id(point, offer) == wanted:
            return meeting_document(point, offer, edition)
    raise NotGivenError(wanted)


def organization(points: Sequence[Point], edition: Edition, wanted: str) -> Json:
    """/organizations/{id}. Raises NotGivenError."""
    try:
        return organization_document(by_operator(points)[wanted], edition)
    except KeyError as error:
        raise NotGivenError(wanted) from error


def taxonomy_term(edition: Edition, wanted: str) -> Json:
    """/taxonomy_terms/{id}. Raises NotGivenError."""
    for concept in edition.taxonomy.concepts:
        if identifier("term", concept.id) == wanted and (term := interest_term(concept.id, edition)):
            return term
    raise NotGivenError(wanted)


def _offers(points: Sequence[Point]) -> Iterator[tuple[Point, Offer]]:
    return ((point, offer) for point in points for offer in point.offers)
