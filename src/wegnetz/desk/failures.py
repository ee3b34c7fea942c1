"""Pages that say what went wrong, that nothing is lost, and what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.desk.acting import viewer_now
from wegnetz.desk.kept import Owner, keep, made_for, owner_of, shows_a_form


def unavailable(request: HttpRequest) -> HttpResponse:
    """The reading could not be recorded, so nothing is shown."""
    context = {
        "heading": _("Im Moment nicht verfügbar"),
        "what": _("Wir konnten nicht festhalten, dass Sie diese Daten öffnen. Darum zeigen wir sie nicht."),
        "kept": _("Es ist nichts verloren. Gespeicherte Daten sind unverändert."),
        "todo": _("Versuchen Sie es in einer Minute noch einmal. Oder sagen Sie dem technischen Betrieb Bescheid."),
    }
    response = render(request, "core/error.html", context, status=503)
    response.headers["Retry-After"] = "60"
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here. What was typed is kept meanwhile, if the form says for whom it was made."""
    owner = made_for(request)
    if owner is None:
        return redirect_to_login(_way_back(request), settings.LOGIN_URL)
    return _keep_and_go(request, owner, signed_in=False)


def _way_back(request: HttpRequest) -> str:
    """This address; for a button without a page of its own, the page it was on."""
    page = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and not shows_a_form(request) and page.netloc == request.get_host():
        return page._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


def _keep_and_go(request: HttpRequest, owner: Owner, *, signed_in: bool) -> HttpResponse:
    entry = keep(request, owner)
    if entry is None:
        return _not_kept(request)
    page = entry.address(request)
    sign_in = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page, 'kept': 'yes'})}"
    return entry.give_key(redirect(page if signed_in else sign_in))


def _not_kept(request: HttpRequest) -> HttpResponse:
    """Too much, or too often: it stays in the browser only."""
    context = {
        "heading": _("Sie sind nicht mehr angemeldet"),
        "what": _("Was Sie eingegeben haben, ist zu viel, um es bis zur neuen Anmeldung aufzuheben."),
        "kept": _("Mit „Zurück“ im Browser sehen Sie Ihre Eingaben meist wieder. Gespeichertes ist unverändert."),
        "todo": _("Kopieren Sie dort längere Texte. Melden Sie sich dann neu an und fügen Sie sie wieder ein."),
    }
    return render(request, "core/error.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's signature
    """The form was open for too long, or the browser keeps no cookies.

    A form may be older than the session: somebody signed in again in another window. When it was made for the same
    account and organisation, what was typed is shown again; it is not saved.
    """
    viewer, owner = viewer_now(request), made_for(request)
    if owner is not None and (viewer is None or owner == owner_of(viewer)):
        return _keep_and_go(request, owner, signed_in=viewer is not None)
    context = {
        "heading": _("Diese Seite war zu lange offen"),
        "what": _("Zu Ihrer Sicherheit nehmen wir Eingaben nur eine Zeit lang an."),
        "kept": _("Gespeichertes ist unverändert. Mit „Zurück“ im Browser sehen Sie meist auch Ihre Eingaben wieder."),
        "todo": _("Kopieren Sie dort längere Texte, laden Sie die Seite neu und schicken Sie sie noch einmal ab."),
    }
    return render(request, "core/error.html", context, status=403)
