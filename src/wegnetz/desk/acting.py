"""In which of their roles somebody acts: chosen in the menu, kept in the session, held against the roles in force."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import acting_membership, viewer_of

KEPT = "membership"


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of the menu: one of the roles somebody has."""

    id: UUID
    role: Role
    role_label: str
    organisation: UUID
    organisation_name: str
    current: bool


def viewer_now(request: HttpRequest) -> Viewer | None:
    """Who is at the desk, in the role of this session. Asks the database nothing: the roles came with the account."""
    if not request.user.is_authenticated:
        return None
    return viewer_of(request.user, membership=request.session.get(KEPT))


def choices(request: HttpRequest) -> list[Choice]:
    """What there is to choose from; nothing for somebody with a single role."""
    if not request.user.is_authenticated or len(request.user.standing) < 2:
        return []
    now = acting_membership(request.user, request.session.get(KEPT))
    return [
        Choice(row.id, Role(row.role), row.role_label, row.organisation_id, row.organisation.name, current=row is now)
        for row in request.user.standing
    ]


def choose(request: HttpRequest, membership: str) -> bool:
    """Act in another of one's roles from now on. False when one has no such role.

    Forms that are still open in other windows were filled in the role before: they are refused.
    """
    if not request.user.is_authenticated or all(str(row.id) != membership for row in request.user.standing):
        return False
    request.session[KEPT] = membership
    rotate_token(request)
    return True


def settle(request: HttpRequest, viewer: Viewer) -> HttpResponse | None:
    """Keep the role a session began with. When it has ended, say so, and let nothing happen in another unawares."""
    user, kept = request.user, request.session.get(KEPT)
    if not user.is_authenticated or any(str(row.id) == kept for row in user.standing):
        return None
    request.session[KEPT] = str(user.standing[0].id)
    if kept is None:
        return None
    reads = request.method in {"GET", "HEAD"}
    told = [_("Ihre bisherige Aufgabe ist beendet.")]
    told += [] if reads else [_("Was Sie eben abgeschickt haben, ist nicht gespeichert.")]
    told += [_("Jetzt arbeiten Sie hier: %s, %s.") % (viewer.role_label, viewer.organisation_name)]
    messages.warning(request, " ".join(told))
    return None if reads else redirect("desk:start")
