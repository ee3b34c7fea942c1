"""Settle who came to a workshop: first who the guests are, then the list itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.errors import DomainError
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import wording_now
from wegnetz.desk.policies import Policy
from wegnetz.network.openings import in_language
from wegnetz.network.selectors.evenings import evening_of
from wegnetz.network.selectors.evidence import may_open_again, unsettled, who_it_may_be
from wegnetz.network.services import settling
from wegnetz.network.services.settling import (
    GuestGoneError,
    GuestsWaitError,
    NotBegunError,
    SettledByOthersError,
)
from wegnetz.network.services.workshops import SettledError, WorkshopNotFoundError
from wegnetz.participants.selectors import PersonNotFoundError

SETTLE, UNSETTLE, NAME, DROP = ACTS = ("settle", "unsettle", "name", "drop")


@screen(Policy.WORKSHOPS)
def evening(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """Who the guests are, then how many came; and opening the list again, while that may be."""
    found = evening_of(request.viewer, date_id)
    if found is None:
        raise Http404
    open_list = unsettled(request.viewer, date_id)
    guests = open_list.guests if open_list else ()
    pack = wording_now(get_language()).pack
    context = {
        "evening": found, "title": in_language(found.named, get_language() or "de").title, "open": open_list,
        "guests": guests, "people": who_it_may_be(request.viewer, pack=pack) if guests else (),
        "may_open_again": may_open_again(request.viewer, date_id),
    }  # fmt: skip
    return render(request, "desk/workshops/settle.html", context)


@screen(Policy.WORKSHOPS, "POST")
def act(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """Any of the four acts; what is none of them is not there."""
    try:
        messages.success(request, _done(request, date_id, request.POST.get("do", "")))
    except WorkshopNotFoundError as error:
        raise Http404 from error
    except (SettledError, GuestGoneError, GuestsWaitError, NotBegunError, SettledByOthersError) as error:
        messages.error(request, _sentence(error))
    except PersonNotFoundError:
        messages.error(request, _("Bitte auswählen, wer es ist. Es ist noch nichts geschehen."))
    return redirect("desk:settle-evening", date_id)


def _done(request: StaffRequest, date_id: UUID, wanted: str) -> str:
    """Do it, and say so. Raises what the services raise."""
    if wanted not in ACTS:
        raise WorkshopNotFoundError
    if wanted == SETTLE:
        number = settling.settle(date_id, by=request.viewer)
        return ngettext("Abgeschlossen: Eine Person war da.", "Abgeschlossen: %(n)s Personen waren da.", number) % {
            "n": number
        }
    if wanted == UNSETTLE:
        settling.unsettle(date_id, by=request.viewer)
        return _("Die Liste ist wieder offen.")
    guest = _identifier(request, "guest", GuestGoneError())
    if wanted == DROP:
        settling.drop_guest(date_id, guest, by=request.viewer)
        return _("Gelöscht. Wer es war, wird nicht gezählt.")
    settling.is_person(date_id, guest, _identifier(request, "person", PersonNotFoundError()), by=request.viewer)
    return _("Gespeichert: Die Person war da.")


def _identifier(request: StaffRequest, name: str, otherwise: DomainError) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise otherwise from error


def _sentence(error: DomainError) -> str:
    return {
        SettledError: _("Die Liste ist schon abgeschlossen."),
        GuestGoneError: _("Das hat inzwischen jemand anderes geklärt."),
        GuestsWaitError: _("Bitte zuerst klären, wer die Gäste sind. Es ist noch nichts geschehen."),
        NotBegunError: _("Der Workshop hat noch nicht begonnen, oder er fällt aus."),
        SettledByOthersError: _("Nur wer abgeschlossen hat, kann die Liste am selben Tag wieder öffnen."),
    }[type(error)]
