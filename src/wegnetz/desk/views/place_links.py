"""The link to a contact point's own page: shown once, mailed if wanted, ended at once."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.mails import Sending, sends_mails
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.place_mail import send_link
from wegnetz.desk.policies import Policy
from wegnetz.directory import entries
from wegnetz.directory.selectors import PointNotFoundError, kept_point
from wegnetz.directory.selectors.words import said
from wegnetz.network import services
from wegnetz.network.services import AddressChangedError


@screen(Policy.DIRECTORY, "POST")
def make(request: StaffRequest, point_id: UUID) -> HttpResponse:
    """The link stands on the answer to this button, and never again."""
    mailed_to = request.POST.get("mail", "")[:254] if sends_mails() else ""
    try:
        token, until = services.make_link(point_id, by=request.viewer, on=working_day(), address=mailed_to)
        found = kept_point(request.viewer, point_id)
    except PointNotFoundError as error:
        raise Http404 from error
    except AddressChangedError:
        messages.error(request, _("Inzwischen hat der Ort eine andere E-Mail-Adresse. Es ist noch nichts geschehen."))
        return redirect("desk:point", point_id)
    address = reverse("portal:place-link", args=[token])
    link = f"{settings.ADDRESS}{address}" if settings.ADDRESS else request.build_absolute_uri(address)
    sending = send_link(mailed_to, link=link, until=until) if mailed_to else Sending.OFF
    name = said(found.point.wording, entries.NAME, get_language() or "de").text
    context = {"found": found, "name": name, "link": link, "until": until, "sending": sending.value}
    return render(request, "desk/directory/link.html", context)


@screen(Policy.DIRECTORY, "POST")
def revoke(request: StaffRequest, point_id: UUID) -> HttpResponse:
    try:
        services.revoke_link(point_id, by=request.viewer)
    except PointNotFoundError as error:
        raise Http404 from error
    messages.success(request, _("Der Link öffnet nichts mehr."))
    return redirect("desk:point", point_id)
