"""Headers that belong on every answer, and how much a request may bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

# What is typed is far smaller. Views marked with `takes_files` also take a file of the size that `core.uploads` keeps.
MAX_BODY = 1_000_000
MAX_BODY_WITH_FILE = 11_000_000

View = TypeVar("View", bound=Callable[..., HttpResponse])
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


def takes_files(view: View) -> View:
    """Let a view take files. Stands next to the view, below `screen`, which hands the mark on."""
    view.__dict__["takes_files"] = True
    return view


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Answer before anything of an oversized request is read. Stands inside those that add headers."""

    def respond(request: HttpRequest) -> HttpResponse:
        return render(request, "413.html", status=413) if _is_too_long(request) else get_response(request)

    return respond


def _is_too_long(request: HttpRequest) -> bool:
    """Also when nobody says how long it is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.META.get("HTTP_TRANSFER_ENCODING") or not length.isdecimal() or len(length) > len("123456789"):
        return True
    return int(length) > MAX_BODY and int(length) > _most_for(request.path_info)


def _most_for(path: str) -> int:
    try:
        view = resolve(path).func
    except Resolver404:
        return MAX_BODY
    return MAX_BODY_WITH_FILE if getattr(view, "takes_files", False) else MAX_BODY
