"""What is recorded, how accessible this is, and the choice of light or dark."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wegnetz.desk.context import THEMES
from wegnetz.desk.guard import screen
from wegnetz.desk.pages import next_page
from wegnetz.desk.policies import Policy


@screen(Policy.STAFF)
def log(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help/log.html")


@screen(Policy.PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help/accessibility.html")


@screen(Policy.PUBLIC, "POST")
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie, and go back to the page it was chosen on."""
    response = redirect(next_page(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=31_536_000, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response
