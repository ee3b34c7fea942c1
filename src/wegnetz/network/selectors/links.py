"""Links to the own pages of contact points: who holds one opens one page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.errors import DomainError
from wegnetz.directory.access import offers_in_scope
from wegnetz.network.access import LINKS_PLACES, links_in_scope, links_that_open, on_the_shelf
from wegnetz.network.boxes import open_private, shelf_of
from wegnetz.network.models import PlaceLink
from wegnetz.network.openings import Met
from wegnetz.vault.selectors import installation_key

SHELVES = "announcements at places"


class LinkGoneError(DomainError):
    """The link was never given out, was replaced or revoked, its time is over, or its place is gone."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link whose secret was shown. `organisation` handed it out; `private` opens what lies on its shelf."""

    id: UUID
    point: UUID
    organisation: UUID
    shelf: str
    private: bytes = field(repr=False)


def open_link(token: str, *, on: date) -> OpenLink:
    """Raises LinkGoneError, whatever the reason.

    What is looked up is a hash of the secret, so the time it takes tells nothing about secrets that exist.
    """
    row = links_that_open(on).filter(token=hash_of(token)).first()
    if row is None:
        raise LinkGoneError
    try:
        private = open_private(token, row.private, row.id)
    except CannotOpenError as error:
        raise LinkGoneError from error
    return OpenLink(row.id, row.point_id, row.organisation_id, shelf_of_link(row.id), private)


def shelf_of_link(link: UUID) -> str:
    return shelf_of(installation_key(SHELVES), link)


def may_link(viewer: Viewer) -> bool:
    """Whether the viewer hands out links at all."""
    return viewer.role in LINKS_PLACES


def link_of(viewer: Viewer, point: UUID) -> PlaceLink | None:
    """The link that was handed out for a place in the viewer's care, also when its time is over."""
    return links_in_scope(viewer).filter(point=point).select_related("made_by").first()


def pages_of(offers: Iterable[UUID], *, on: date) -> dict[UUID, PlaceLink]:
    """By offer, the link to the page of its place, where one opens today."""
    points = dict(offers_in_scope().filter(id__in=list(offers)).values_list("id", "point"))
    rows = links_that_open(on).filter(point__in=set(points.values())).select_related("organisation")
    links = {link.point_id: link for link in rows}
    return {offer: links[point] for offer, point in points.items() if point in links}


@dataclass(frozen=True, slots=True)
class Page:
    """The own page of a place: its link, which organisation handed it out, and where it was mailed, if it was."""

    link: UUID
    handed_out_by: str
    address: str


def page_of(offer: UUID, *, on: date) -> Page | None:
    """The own page of the place of an offer, if it has one today."""
    link = pages_of([offer], on=on).get(offer)
    return _page(link) if link else None


def _page(link: PlaceLink) -> Page:
    return Page(link.id, link.organisation.name, link.address)


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Of an introduction: the page of its place, and whether it is `shown` there."""

    page: Page
    shown: bool


def at_places(met: Iterable[Met], *, on: date) -> dict[UUID, AtPlace]:
    """By introduction of which the place may know: what its page shows. Missing where it has no page."""
    told = [each for each in met if not each.sealed]
    pages = pages_of({each.offer for each in told}, on=on) if told else {}
    found = ((each, pages[each.offer]) for each in told if each.offer in pages)
    return {each.id: AtPlace(_page(link), _lies_there(each, link.id, on)) for each, link in found}


def _lies_there(met: Met, link: UUID, on: date) -> bool:
    if met.announcement is None:
        return False
    return on_the_shelf(shelf_of_link(link), on).filter(id=met.announcement).exists()
