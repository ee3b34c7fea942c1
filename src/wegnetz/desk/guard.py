"""What stands before every screen: sign-in, second factor, role, and no writing while reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, Protocol, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import StaffNotFoundError
from wegnetz.audit.services import AuditUnavailableError
from wegnetz.casework.selectors import FeedGoneError, holder_of
from wegnetz.core.errors import GoneError
from wegnetz.core.reading import only_reading
from wegnetz.core.scope import NOBODY, Scope, acting_as
from wegnetz.desk.acting import settle, viewer_now
from wegnetz.desk.calendars import asks_too_often, refusal
from wegnetz.desk.failures import signed_out, unavailable
from wegnetz.desk.kept import note_elsewhere, owner_of, shown_again
from wegnetz.desk.policies import Policy
from wegnetz.participants.access import SEES_PEOPLE
from wegnetz.participants.selectors import PersonNotFoundError

PROLONG_EVERY = 300


class StaffRequest(HttpRequest):
    """A request whose viewer is known."""

    viewer: Viewer


class View(Protocol):
    """A guarded view: `policy` is what the tests look for, `methods` says whether it shows a form."""

    policy: Policy
    methods: frozenset[str]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def screen(policy: Policy, *methods: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Declare a view's policy and its methods (GET unless named), and enforce both.

    A role that has no business here gets the same 404 as an address that does not exist.

    A view that answers GET and POST binds its form with `Form(request.POST or None)`, saves only where
    `request.method == "POST"`, and is where its form is sent to. Then nothing typed is lost when the session ends
    meanwhile: after the new sign-in the view is asked with GET, and finds in `request.POST` what was typed (`kept`).
    A form that stands on another page says where it is sent to: `{% csrf_token address %}`.
    """

    def declare(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
                # A page that a browser fetches on a guess would be recorded as read by somebody who never saw it.
                return HttpResponse(status=204)
            _load_account(request)
            answer = partial(_answer, view, request, *args, **kwargs)
            if policy is Policy.TOKEN:
                return _by_token(request, kwargs["token"], answer)
            if policy.roles is None:
                return answer()
            detour = _admit(request, policy.roles)
            return detour or shown_again(request, owner_of(cast("StaffRequest", request).viewer), answer)

        answered = frozenset(methods or ("GET",))
        allowed = require_http_methods(sorted(answered | ({"HEAD"} if "GET" in answered else set())))(guarded)
        found = cast("View", allowed)
        found.policy, found.methods = policy, answered
        return found

    return declare


def _load_account(request: HttpRequest) -> None:
    """Now, and not while the page may only read: Django deletes the session of somebody who was shut out meanwhile."""
    request.user.is_authenticated  # noqa: B018  loads it


def _admit(request: HttpRequest, roles: frozenset[Any]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return signed_out(request)
    viewer = viewer_now(request)
    note_elsewhere(request)
    if viewer is None or viewer.role not in roles:
        raise Http404
    if _is_over(request):
        logout(request)
        return signed_out(request)
    cast("StaffRequest", request).viewer = viewer
    return second_factor_detour(request, viewer) or settle(request, viewer)


def _by_token(request: HttpRequest, token: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Let in whoever holds the secret of a link, as its owner, for this one answer."""
    try:
        viewer, link = holder_of(token)
    except FeedGoneError:
        return refusal(HTTPStatus.NOT_FOUND)
    if asks_too_often(link):
        return refusal(HTTPStatus.TOO_MANY_REQUESTS)
    cast("StaffRequest", request).viewer = viewer
    return answer()


def second_factor_detour(request: HttpRequest, viewer: Viewer | None) -> HttpResponse | None:
    """Where someone goes who has not proved a second factor in this very session; None for everybody else.

    It is the session that counts: one that began with a password alone stays outside, even when the owner of
    the account sets up a factor elsewhere. Demo accounts of a demo installation are let off.
    """
    if settings.DEMO and viewer is not None and viewer.is_demo:
        return None
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user)):
        return None
    if not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted a working day; otherwise prolong it, at most every five minutes."""
    now = int(time.time())
    began = request.session.setdefault("began", now)
    if now - began > settings.SESSION_LONGEST:
        return True
    if now - request.session.get("seen", 0) > PROLONG_EVERY:
        request.session["seen"] = now
    return False


def _scope_of(request: HttpRequest) -> Scope:
    """For whom the database is asked: for the viewer's organisation, and only where the role has to do with people."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return Scope(organisation=viewer.organisation) if viewer and viewer.role in SEES_PEOPLE else NOBODY


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        with only_reading() if request.method in {"GET", "HEAD"} else nullcontext(), acting_as(_scope_of(request)):
            return view(request, *args, **kwargs)
    except (PersonNotFoundError, GoneError, StaffNotFoundError) as error:
        raise Http404 from error
    except AuditUnavailableError:
        return unavailable(request)
