"""What stands before the list of an evening: its link, which shows first names of one evening and nothing else."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

from django.http import HttpRequest, HttpResponse

from wegnetz.core.days import working_moment
from wegnetz.core.turns import is_too_often
from wegnetz.network.selectors.evenings import OpenEvening, open_evening
from wegnetz.portal.host_guard import HostRequest, asked_too_often, host_screen
from wegnetz.portal.visits import EVENINGS

# Two phones that look for each other's marks three times a minute, and tick off forty people each.
ASKED_AT_MOST: Final = 1000  # times an hour, with one link


class EveningRequest(HostRequest):
    """A request with the evening whose link was followed."""

    evening: OpenEvening


def _admit(request: HttpRequest, secret: str, _opened: bool) -> HttpResponse | None:  # noqa: FBT001  as `Admit` has it
    evening = open_evening(secret, at=working_moment())
    cast("EveningRequest", request).evening = evening
    return asked_too_often(request) if is_too_often(f"evening|{evening.link}", ASKED_AT_MOST) else None


evening_screen = partial(host_screen, EVENINGS, _admit)
