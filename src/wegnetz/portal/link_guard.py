"""What stands before every page that a secret link opens: nobody is signed in there, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from wegnetz.core.public import Policy, View
from wegnetz.core.reading import only_reading
from wegnetz.core.turns import HOUR

Answer = Callable[..., HttpResponse]


def behind_a_link(
    view: Answer, answer: Answer, methods: Iterable[str], language_of: Callable[[HttpRequest], str]
) -> View:
    """Declare `view` a page behind a link; `answer` admits to it. It is in no cache and no search engine.

    A page that a browser fetches on a guess would be recorded as read by somebody who never saw it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        language = language_of(request)
        with translation.override(language):
            guessed = request.headers.get("Sec-Purpose", "").startswith("prefetch")
            response = HttpResponse(status=204) if guessed else answer(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    found = cast("View", require_http_methods(list(methods))(guarded))
    found.policy = Policy.LINK
    return found


def as_asked(request: HttpRequest) -> AbstractContextManager[None]:
    """What is fetched only reads."""
    return only_reading() if request.method in {"GET", "HEAD"} else nullcontext()


def later(response: HttpResponse) -> HttpResponse:
    """Say when to come back, where it is worth it."""
    if response.status_code in {429, 503}:
        response.headers["Retry-After"] = str(60 if response.status_code == 503 else HOUR)
    return response
