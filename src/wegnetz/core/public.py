"""What stands before everything that is for anybody: only reading, and for nobody in particular."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wegnetz.core.reading import only_reading
from wegnetz.core.scope import NOBODY, acting_as


class Policy(Enum):
    """Who may open it."""

    PUBLIC = "public"
    LINK = "link"  # who followed a secret link, without an account


class View(Protocol):
    policy: Policy

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def public(view: Callable[..., HttpResponse]) -> View:
    """A page or a file for anybody. It can only read, and sees no row about a person.

    Who is signed in is nobody here: neither the session nor the account is asked for.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        with only_reading(), acting_as(NOBODY):
            return view(request, *args, **kwargs)

    found = cast("View", require_safe(guarded))
    found.policy = Policy.PUBLIC
    return found
