"""What somebody typed while their session ended: kept for half an hour, for them alone, and shown again once.

Every form of the desk says, signed, for whom it was made (`form_token`). Sent without a live session, what was typed
is sealed under two keys, the installation's and one that only the browser gets, and bound to the account, its
organisation and role, and the address. Whoever has the database reads nothing of it, nor does another account in the
same browser. Nobody without such a form can have anything kept, and each account has a few places and no more.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Role, Viewer
from wegnetz.core.crypto import CannotOpenError, derive_key, key_from_text, seal, unseal
from wegnetz.desk.acting import Choice, choices

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

TOKEN = "made_for"  # noqa: S105  the name of a hidden field
PARAMETER = "kept"
COOKIE = "__Host-kept" if settings.HTTPS else "kept"
GOOD_FOR = timedelta(days=3)  # a form that stands open over a weekend
KEPT_FOR = timedelta(minutes=30)
PLACES = 10  # at a time, for each account
MOST = 100_000  # bytes; some fifty pages

_LONGEST_ROLE = max(map(len, Role))
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
_NAME = re.compile(r"(\d)[0-9a-f]{16}", re.ASCII)
# Of the sign-in, should a form of the desk ever ask for one of them.
_NEVER = re.compile(r"password|^code$|^credential$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owner:
    """For whom a form was made: an account, acting for one of its organisations in one role."""

    account: UUID
    organisation: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Entry:
    """Where something is kept: `name` stands in the address, `secret` in the browser's cookie alone."""

    name: str
    secret: str

    def address(self, request: HttpRequest) -> str:
        """The page of the form, on which what was typed is shown again."""
        parameters = request.GET.copy()
        parameters[PARAMETER] = self.name
        return f"{request.path}?{parameters.urlencode()}"

    def give_key(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie(
            COOKIE, self.secret, max_age=KEPT_FOR, secure=settings.HTTPS, httponly=True, samesite="Strict"
        )
        return response


class FilledInAgain(HttpRequest):
    """A request whose page says that what was typed is still there, or in which other role (`core/messages.html`)."""

    kept_note: str
    kept_elsewhere: Choice


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and whether a file was chosen with it: files are not kept."""

    fields: _ImmutableQueryDict
    with_file: bool


# --- whose form it is --------------------------------------------------------------------------------


def owner_of(viewer: Viewer) -> Owner:
    return Owner(viewer.user, viewer.organisation, viewer.role)


def _signer(path: str) -> TimestampSigner:
    return TimestampSigner(salt=f"wegnetz.desk.kept {path}")


def form_token(owner: Owner, path: str) -> str:
    """What a form that is sent to `path` carries. Always of one length, so that no page's size tells anything."""
    return _signer(path).sign(owner.account.hex + owner.organisation.hex + owner.role.ljust(_LONGEST_ROLE, "."))


def shows_a_form(request: HttpRequest) -> bool:
    """Whether the view of this address both shows a page and takes what is typed there (`guard.screen`)."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "methods", frozenset()) >= {"GET", "POST"}


def made_for(request: HttpRequest) -> Owner | None:
    """For whom the form that was sent here was made; None without a valid token for this very address.

    Only for a page that a browser goes to: scripts that save drafts try again by themselves.
    """
    navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if request.method != "POST" or not navigates or not shows_a_form(request):
        return None
    try:
        signed = _signer(request.path).unsign(request.POST.get(TOKEN, ""), max_age=GOOD_FOR)
        return Owner(UUID(signed[:32]), UUID(signed[32:64]), Role(signed[64:].rstrip(".")))
    except (BadSignature, ValueError):  # also a form that was made before an update changed what it says
        return None


# --- keeping -----------------------------------------------------------------------------------------


def keep(request: HttpRequest, owner: Owner) -> Entry | None:
    """Keep what was typed for `owner`. None when it is too much, or when all places of the account are taken."""
    content = json.dumps({"fields": _worth_keeping(request.POST).urlencode(), "with_file": bool(request.FILES)})
    if len(content) > MOST:
        return None
    known = request.COOKIES.get(COOKIE, "")
    secret = known if _SECRET.fullmatch(known) else secrets.token_urlsafe(32)
    for place in range(PLACES):
        entry = Entry(f"{place}{secrets.token_hex(8)}", secret)
        box = seal(_key(secret), content.encode(), _context(owner, request.path, entry.name))
        if cache.add(_place(owner, entry.name), box, KEPT_FOR.total_seconds()):
            return entry
    return None


def find(request: HttpRequest, owner: Owner) -> tuple[str, Typed] | None:
    """What is kept for this page and its place in the cache; None when there is nothing, or nothing of `owner`."""
    name, secret = request.GET.get(PARAMETER, ""), request.COOKIES.get(COOKIE, "")
    if not _NAME.fullmatch(name) or not _SECRET.fullmatch(secret):
        return None
    place = _place(owner, name)
    box = cache.get(place)
    try:
        content = json.loads(unseal(_key(secret), box or b"", _context(owner, request.path, name)))
    except CannotOpenError:
        return None
    return place, Typed(QueryDict(content["fields"]), content["with_file"])


def note_elsewhere(request: HttpRequest) -> None:
    """Let the page say so when what is kept for it was typed in another of one's roles: nothing of it is opened here.

    A session begins in the longest-standing role, in which there may not even be such a page.
    """
    if request.method != "GET" or PARAMETER not in request.GET or not request.user.is_authenticated:
        return
    for choice in choices(request):
        owner = Owner(request.user.id, choice.organisation, choice.role)
        if not choice.current and find(request, owner):
            cast("FilledInAgain", request).kept_elsewhere = choice


def _worth_keeping(typed: QueryDict) -> QueryDict:
    kept = typed.copy()
    for name in typed:
        if name in {TOKEN, "csrfmiddlewaretoken"} or _NEVER.search(name):
            del kept[name]
    return kept


def _place(owner: Owner, name: str) -> str:
    return f"kept|{owner.account.hex}|{name[0]}"


def _context(owner: Owner, path: str, name: str) -> str:
    return f"kept|{owner.account}|{owner.organisation}|{owner.role}|{path}|{name}"


def _key(secret: str) -> bytes:
    return derive_key(derive_key(key_from_text(settings.MASTER_KEY), "kept input"), secret)


# --- showing it again --------------------------------------------------------------------------------


def shown_again(request: HttpRequest, owner: Owner, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a page; where something is kept for it, with its forms filled in as they were sent.

    The view is still asked for a page (GET) and may only read, so nothing is saved without a new click. But it finds
    in `request.POST` what was typed, and binds its forms to it as always. What was shown is kept no longer.
    """
    found = find(request, owner) if request.method == "GET" else None
    if found is None:
        return answer()
    place, typed = found
    request.POST = typed.fields
    note = _("Ihre Eingaben sind noch da. Bitte prüfen Sie sie und speichern Sie noch einmal.")
    more = _("Die Datei wählen Sie bitte noch einmal aus.") if typed.with_file else ""
    cast("FilledInAgain", request).kept_note = f"{note} {more}".strip()
    try:
        response = answer()
    except Http404:
        del cast("FilledInAgain", request).kept_note
        raise
    if response.status_code in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}:
        cache.delete_many([place])
        response.status_code = HTTPStatus.OK
    return response
