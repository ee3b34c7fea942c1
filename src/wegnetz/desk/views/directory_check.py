"""Contact points that nobody has confirmed for half a year: read through, tick what still holds, and be reminded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.casework.selectors import wants_reminders
from wegnetz.casework.services import choose_reminders
from wegnetz.core.days import working_day
from wegnetz.core.mails import sends_mails
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.directory import entries
from wegnetz.directory.access import KEEPS_ALL
from wegnetz.directory.selectors import StoredPoint, points_to_check, stored_point
from wegnetz.directory.selectors.words import said, when
from wegnetz.directory.services import confirm_all

PAGE = 20  # as many as somebody reads through at once


@screen(Policy.DIRECTORY, "GET", "POST")
def check(request: StaffRequest) -> HttpResponse:
    """A page of them, the longest unconfirmed first. What is ticked is confirmed; the rest waits on."""
    ticked = frozenset(_identifiers(request.POST.getlist("point")[:PAGE]))
    if request.method == "POST":
        return _confirm(request, ticked)
    page = Paginator(points_to_check(request.viewer, on=working_day()), PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "page": page, "points": [_line(stored_point(row)) for row in page.object_list], "total": page.paginator.count,
        "ticked": ticked, "all_ticked": request.GET.get("alle") == str(page.number),
        "keeps_all": request.viewer.role in KEEPS_ALL, "reminders": wants_reminders(request.viewer),
        "mails": sends_mails(),
    }  # fmt: skip
    return render(request, "desk/directory/check.html", context)


def _confirm(request: StaffRequest, ticked: frozenset[UUID]) -> HttpResponse:
    number = confirm_all(ticked, by=request.viewer, on=working_day())
    if number:
        sentence = ngettext(
            "Ein Ort ist bestätigt. Danke.", "%(n)d Orte sind bestätigt. Danke.", number
        ) % {"n": number}  # fmt: skip
        messages.success(request, sentence)
    else:
        messages.info(request, _("Bestätigt wurde nichts: Haken Sie zuerst an, welche Orte noch stimmen."))
    return redirect("desk:check-points")


def _line(found: StoredPoint) -> dict[str, Any]:
    language = get_language() or "de"
    return {
        "found": found, "name": said(found.point.wording, entries.NAME, language),
        "offers": [
            (said(each.offer.wording, entries.TITLE, language), when(each.offer.hours)) for each in found.offers
        ],
        "when": when(found.point.hours),
    }  # fmt: skip


def _identifiers(sent: Iterable[str]) -> Iterator[UUID]:
    """What is no identifier is left out."""
    for word in sent:
        try:
            yield UUID(word)
        except ValueError:
            continue


@screen(Policy.DIRECTORY, "POST")
def reminders(request: StaffRequest) -> HttpResponse:
    """The same choice as beside the calendar, for those as well who have none."""
    wanted = request.POST.get("wanted") == "yes"
    choose_reminders(wanted=wanted, by=request.viewer)
    said_so = _("Sie bekommen Erinnerungen.") if wanted else _("Sie bekommen keine Erinnerungen mehr.")
    messages.success(request, said_so)
    return redirect("desk:check-points")
