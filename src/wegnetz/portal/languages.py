"""The languages in which there are public pages, and which of them a browser asks for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from wegnetz.core.languages import OWN_NAMES

# Each has a catalogue in `locale` that holds every word of the portal.
PUBLIC_LANGUAGES = OWN_NAMES
# All others are drafts that nobody has checked who speaks the language; their pages say so.
CHECKED = frozenset({"de", "en"})
# As browsers name them.
ALSO = {"ku": "kmr", "fa-af": "prs", "ku-arab": "ckb"}
DEFAULT = "de"


def wanted_language(request: HttpRequest) -> str:
    """The first language of the browser in which there are pages."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for name in (code.lower(), code.lower().split("-")[0]):
            found = ALSO.get(name, name)
            if found in PUBLIC_LANGUAGES:
                return found
    return DEFAULT
