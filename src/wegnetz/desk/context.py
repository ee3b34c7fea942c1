"""What every page's frame needs: who is here, where they can go, which look they chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import DEMO_PASSWORD, demo_accounts
from wegnetz.desk.acting import choices, viewer_now
from wegnetz.desk.policies import Policy

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main menu."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    role_label: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame. The account and its role were loaded with the session."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None and hasattr(request, "user"):
        viewer = viewer_now(request)
    theme = request.COOKIES.get("theme", "")
    return {
        "viewer": viewer,
        "demo": settings.DEMO,
        "demo_day": settings.DEMO_DAY,
        "demo_accounts": demo_sign_ins,
        "demo_password": DEMO_PASSWORD if settings.DEMO else "",
        "nav": _places(request, viewer) if viewer else [],
        "plans_workshops": bool(viewer and viewer.role in (Policy.WORKSHOPS.roles or ())),
        "role_choices": choices(request) if viewer else [],
        "search_url": reverse("desk:people") if viewer and viewer.role in (Policy.PEOPLE.roles or ()) else "",
        "theme": theme if theme in THEMES else "",
    }


def demo_sign_ins() -> list[DemoAccount]:
    """The open sign-ins of a demo; read only by the page that shows them."""
    return [DemoAccount(email, role) for email, role in demo_accounts()] if settings.DEMO else []


def _places(request: HttpRequest, viewer: Viewer) -> list[Place]:
    found = [("desk:start", _("Start"), Policy.STAFF)]
    found += [("desk:people", _("Menschen"), Policy.PEOPLE), ("desk:week", _("Termine"), Policy.WORK)]
    found += [
        ("desk:letters-in", _("Überweisungen"), Policy.WORK),
        ("desk:workshops", _("Workshops"), Policy.WORKSHOPS),
    ]
    found += [("desk:programme", _("Programm"), Policy.STAFF), ("desk:directory", _("Orte"), Policy.DIRECTORY)]
    found += [("desk:team", _("Team"), Policy.TEAM), ("desk:glasses", _("Notfall"), Policy.TEAM)]
    places = []
    for name, label, policy in found:
        if policy.roles and viewer.role in policy.roles:
            url = reverse(name)
            current = request.path == url or (url != reverse("desk:start") and request.path.startswith(url))
            places.append(Place(url, label, current))
    return places
