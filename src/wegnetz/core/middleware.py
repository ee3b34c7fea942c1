"""Headers that belong on every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No screen takes files; what is larger than this is not meant well, or not meant for us.
MAX_BODY = 1_000_000

GetResponse = Callable[[HttpRequest], HttpResponse]


def protect_responses(get_response: GetResponse) -> GetResponse:
    """Keep personal pages out of every cache, and switch off what no page needs."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return respond


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Answer before anything of an oversized request is read. Stands inside those that add headers."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.META.get("HTTP_TRANSFER_ENCODING") or not length.isdecimal() or int(length) > MAX_BODY:
            return HttpResponse(
                "Zu viel auf einmal. / Too much at once.", status=413, content_type="text/plain; charset=utf-8"
            )
        return get_response(request)

    return respond
