"""The link to the list of an evening: shown once, opened on this device, ended at once; and the sheet to sign on."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.network.openings import in_language
from wegnetz.network.selectors.evenings import OpenEvening, evening_link_of, evening_of, expected_at, invited_besides
from wegnetz.network.services.evening_links import make_evening_link, revoke_evening_link
from wegnetz.network.services.invitations import OverError
from wegnetz.network.services.workshops import SettledError, WorkshopNotFoundError
from wegnetz.rules.workshops import Answer

EMPTY_LINES = 6  # on the sheet, for those who come without being on the list


@screen(Policy.WORKSHOPS, "GET", "POST")
def link(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """The link stands on the answer to the button, and never again."""
    evening = _evening(request, date_id)
    context = {"evening": evening, "title": _title(evening), "link": ""}
    if request.method == "POST":
        try:
            secret, context["until"] = make_evening_link(date_id, by=request.viewer)
        except (SettledError, OverError):
            text = _("Der Termin ist abgesagt, vorbei oder abgeschlossen. Für ihn gibt es keinen Link mehr.")
            messages.error(request, text)
            return redirect("desk:evening-link", date_id)
        path = reverse("portal:evening-link", args=[secret])
        context["path"] = path
        context["link"] = f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
    context["standing"] = evening_link_of(request.viewer, date_id)
    return render(request, "desk/workshops/link.html", context)


@screen(Policy.WORKSHOPS, "POST")
def revoke(request: StaffRequest, date_id: UUID) -> HttpResponse:
    try:
        revoke_evening_link(date_id, by=request.viewer)
    except WorkshopNotFoundError as error:
        raise Http404 from error
    text = _(
        "Der Link öffnet nichts mehr. Auf den Handys verschwinden die Namen, sobald die Seite dort offen ist und Netz "
        "hat."
    )
    messages.success(request, text)
    return redirect("desk:evening-link", date_id)


@screen(Policy.WORKSHOPS)
def sheet(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """The list on paper: first name, pseudonym, a line to sign on, and what was signed on the screen."""
    evening = _evening(request, date_id)
    people = [
        each
        for each in expected_at(evening, purpose="sign-in sheet")
        if each.answer is not Answer.DECLINED or each.present
    ]
    context = {"evening": evening, "title": _title(evening), "people": people, "empty": range(EMPTY_LINES)}
    context["besides"] = invited_besides(evening)
    return render(request, "desk/workshops/sheet.html", context)


def _evening(request: StaffRequest, date_id: UUID) -> OpenEvening:
    evening = evening_of(request.viewer, date_id)
    if evening is None:
        raise Http404
    return evening


def _title(evening: OpenEvening) -> str:
    return in_language(evening.named, get_language() or "de").title
