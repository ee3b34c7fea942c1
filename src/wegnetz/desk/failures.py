"""Pages that say what went wrong, that nothing is lost, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's signature
    """The form was open for too long, or the browser keeps no cookies."""
    context = {
        "heading": _("Diese Seite war zu lange offen"),
        "what": _("Zu Ihrer Sicherheit nehmen wir Eingaben nur eine Zeit lang an."),
        "kept": _("Gespeichertes ist unverändert. Mit „Zurück“ im Browser sehen Sie meist auch Ihre Eingaben wieder."),
        "todo": _("Kopieren Sie dort längere Texte, laden Sie die Seite neu und schicken Sie sie noch einmal ab."),
    }
    return render(request, "core/error.html", context, status=403)
