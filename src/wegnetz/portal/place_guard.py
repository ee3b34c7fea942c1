"""What stands before the own page of a contact point: its link, and nothing that could be found out without it."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

from django.http import HttpRequest, HttpResponse

from wegnetz.core.days import working_day
from wegnetz.core.scope import NOBODY, acting_as
from wegnetz.core.turns import is_too_often
from wegnetz.network.selectors import OpenLink, open_link
from wegnetz.portal.host_guard import HostRequest, asked_too_often, host_screen
from wegnetz.portal.visits import PLACES

ASKED_AT_MOST: Final = 300  # times an hour, with one link


class PlaceRequest(HostRequest):
    """A request with the link that was followed."""

    link: OpenLink


def _admit(request: HttpRequest, secret: str, _opened: bool) -> HttpResponse | None:  # noqa: FBT001  as `Admit` has it
    with acting_as(NOBODY):
        link = open_link(secret, on=working_day())
    cast("PlaceRequest", request).link = link
    # By the shelf, which names no place: what is counted stands in the database beside the hour of each reading.
    return asked_too_often(request) if is_too_often(f"place|{link.shelf}", ASKED_AT_MOST) else None


place_screen = partial(host_screen, PLACES, _admit)
