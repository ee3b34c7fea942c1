"""What stands before every public page: only reading, for nobody in particular, in the language of the address."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, Protocol, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from wegnetz.core.reading import only_reading
from wegnetz.core.scope import NOBODY, acting_as
from wegnetz.portal.languages import PUBLIC_LANGUAGES

CACHED_SECONDS = 300


class Policy(Enum):
    """Who may open a page of the portal."""

    PUBLIC = "public"


class View(Protocol):
    policy: Policy

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def public(view: Callable[..., HttpResponse]) -> View:
    """A page for anybody. It can only read, sees no row about a person, and may be kept by a browser for a while.

    Where its address has a `language`, the page is in that one; a language without texts is an address that is none.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = kwargs.get("language", settings.LANGUAGE_CODE)
        if language not in PUBLIC_LANGUAGES:
            raise Http404
        with only_reading(), acting_as(NOBODY), translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        return response

    found = cast("View", require_safe(guarded))
    found.policy = Policy.PUBLIC
    return found
