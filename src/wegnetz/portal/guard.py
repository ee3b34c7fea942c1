"""What stands before every page of the portal: it is public, and in the language of its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from wegnetz.core.public import View, public
from wegnetz.portal.languages import DEFAULT, PUBLIC_LANGUAGES


def page(view: Callable[..., HttpResponse]) -> View:
    """Declare a public page. A language in which there are no words is an address that does not exist."""

    @wraps(view)
    def in_its_language(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = kwargs.get("language", DEFAULT)
        if language not in PUBLIC_LANGUAGES:
            raise Http404
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        return response

    return public(in_its_language)
