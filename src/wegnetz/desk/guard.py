"""What stands before every screen: sign-in, second factor, role, and no writing while reading."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import viewer_of
from wegnetz.audit.services import AuditUnavailableError
from wegnetz.core.reading import only_reading
from wegnetz.desk.failures import unavailable
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import PersonNotFoundError


class StaffRequest(HttpRequest):
    """A request whose viewer is known."""

    viewer: Viewer


class View(Protocol):
    """A guarded view; `policy` is what the tests look for."""

    policy: Policy

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def screen(policy: Policy, *methods: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Declare a view's policy and its methods (GET unless named), and enforce both.

    A role that has no business here gets the same 404 as an address that does not exist.
    """

    def declare(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if policy.roles is not None:
                detour = _admit(request, policy.roles)
                if detour is not None:
                    return detour
            return _answer(view, request, *args, **kwargs)

        answered = set(methods or ("GET",))
        allowed = require_http_methods(sorted(answered | ({"HEAD"} if "GET" in answered else set())))(guarded)
        found = cast("View", allowed)
        found.policy = policy
        return found

    return declare


def _admit(request: HttpRequest, roles: frozenset[Any]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    viewer = viewer_of(request.user)
    if viewer is None or viewer.role not in roles:
        raise Http404
    cast("StaffRequest", request).viewer = viewer
    if not _second_factor_done(request, viewer):
        return redirect("mfa_index")
    return None


def _second_factor_done(request: HttpRequest, viewer: Viewer) -> bool:
    """Demo accounts of a demo installation are let off; everybody else has proved a second factor."""
    if settings.DEMO and viewer.is_demo:
        return True
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user)):
        return True
    # Just set up in this session: allauth asks for it from the next sign-in on.
    return bool(is_mfa_enabled(request.user))


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        if request.method in {"GET", "HEAD"}:
            with only_reading():
                return view(request, *args, **kwargs)
        return view(request, *args, **kwargs)
    except PersonNotFoundError as error:
        raise Http404 from error
    except AuditUnavailableError:
        return unavailable(request)
