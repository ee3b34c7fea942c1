"""The page of an invitation to a workshop: what it is, two buttons, and after it three times three faces.

Nobody has an account here; whoever holds the link answers with it, until the workshop begins. Nothing is answered by
fetching a page: programs that look through mails follow links too.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.core.calendars import CONTENT_TYPE, FILE_NAME
from wegnetz.core.days import working_day, working_moment
from wegnetz.core.languages import language_name
from wegnetz.network.selectors.own_invitations import OpenInvitation, open_evening_invitation
from wegnetz.network.services.answers import LONGEST_NOTE, answer, note_needs
from wegnetz.network.services.feedback import NotAskedError, give_feedback
from wegnetz.network.services.invitations import OverError
from wegnetz.network.services.workshops import SettledError
from wegnetz.portal.invitation_guard import InvitationRequest, frame, invitation_screen, language_of
from wegnetz.portal.invitation_visits import address_of, carry
from wegnetz.portal.invitation_words import calendar_of, when
from wegnetz.rules.feedback import FACES, QUESTIONS
from wegnetz.rules.news import ASKED_FOR
from wegnetz.rules.workshops import Answer

YES, NO = "yes", "no"
SAVED: Final = "gespeichert"


@invitation_screen("GET", "HEAD")
def follow(request: InvitationRequest) -> HttpResponse:
    """Take the secret out of the address, where histories, proxies and other pages would find it."""
    response = _back(request)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@invitation_screen("GET", "HEAD")
def page(request: InvitationRequest) -> HttpResponse:
    return _page(request)


@invitation_screen("POST")
def reply(request: InvitationRequest) -> HttpResponse:
    """One tap: yes or no."""
    comes = request.POST.get("comes")
    if comes not in {YES, NO}:
        return _page(request, status=422)
    try:
        answer(request.token, comes=comes == YES, on=working_day())
    except (OverError, SettledError):
        return _page(request, status=409)
    return _back(request)


@invitation_screen("POST")
def needs(request: InvitationRequest) -> HttpResponse:
    """What somebody needs to come, and a few words."""
    sent = request.POST
    note = sent.get("note", "").replace("\r\n", "\n").replace("\0", "").strip()
    typed: dict[str, Any] = {"childcare": "childcare" in sent, "ticket": "ticket" in sent, "note": note}
    if len(note) > LONGEST_NOTE:
        return _page(request, status=422, typed=typed)
    try:
        note_needs(request.token, **typed, on=working_day())
    except (OverError, SettledError):
        return _page(request, status=409, typed=typed)
    return _back(request, saved=True)


@invitation_screen("POST")
def feedback(request: InvitationRequest) -> HttpResponse:
    """One tap for each question. Until the third the answers travel with the form; only then are they counted."""
    given = {
        question: int(face) for question in QUESTIONS
        if (face := request.POST.get(question, "")) in {str(each) for each in FACES}
    }  # fmt: skip
    if len(given) < len(QUESTIONS):
        return _page(request, given=given)
    try:
        give_feedback(request.token, given, on=working_day())
    except NotAskedError:
        return _page(request, status=409)
    return _back(request)


@invitation_screen("GET", "HEAD")
def calendar(request: InvitationRequest) -> HttpResponse:
    found = open_evening_invitation(request.token, on=working_day(), act="export")
    content = calendar_of(found.evening, found.uid, language_of(request), now=timezone.now())
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _back(request: InvitationRequest, *, saved: bool = False) -> HttpResponse:
    wished = request.GET.get("sprache", "")
    parts = ({"sprache": language_of(request)} if wished else {}) | ({SAVED: "1"} if saved else {})
    query = f"?{urlencode(parts)}" if parts else ""
    return carry(redirect(f"{address_of(request.handle)}{query}"), request.token)


def _page(
    request: InvitationRequest,
    *,
    status: int = 200,
    typed: dict[str, Any] | None = None,
    given: dict[str, int] | None = None,
) -> HttpResponse:
    """`typed` is what somebody needs and is not kept; `given` are the faces so far."""
    found, language = open_evening_invitation(request.token, on=working_day()), language_of(request)
    evening = found.evening
    words = evening.said(language)
    context = frame(request) | {
        "handle": request.handle, "evening": evening, "words": words, "when": when(evening, language),
        "words_in": "" if words.language == language else language_name(words.language, language),
        "state": _state(found), "answer": str(found.answer), "place": found.place, "saved": SAVED in request.GET,
        "moved_up": found.answer is Answer.COMING and found.invited.heard == Answer.WAITING,
        "changed": found.invited.known is not None and found.invited.known < evening.sequence,
        "needs": typed or found.invited, "typed": typed, "longest": LONGEST_NOTE,
        "too_long": typed is not None and len(typed["note"]) > LONGEST_NOTE,
        "asked": _asked(given or {}),
    }  # fmt: skip
    response = render(request, "portal/invitation/page.html", context, status=status)
    return carry(response, request.token)


def _state(found: OpenInvitation) -> str:
    evening, now = found.evening, working_moment()
    if evening.cancelled:
        return "cancelled"
    if evening.ends_at <= now:
        if found.invited.said:
            return "thanks"
        asked = found.attended is True and now < evening.ends_at + ASKED_FOR
        return "feedback" if asked else "over"
    if evening.starts_at <= now:
        return "begun"
    return "settled" if evening.settled else "open"


def _asked(given: dict[str, int]) -> dict[str, Any]:
    """The question that comes next, with a word for each face, and which faces were given before."""
    question = next(each for each in QUESTIONS if each not in given)
    words = {
        "how": ("star", _("Wie war es?"), (_("gut"), _("geht so"), _("nicht gut"))),
        "welcome": ("heart", _("Warst du willkommen?"), (_("ja"), _("ein bisschen"), _("nein"))),
        "again": ("again", _("Möchtest du wieder kommen?"), (_("ja"), _("vielleicht"), _("nein"))),
    }
    picture, sentence, faces = words[question]
    return {
        "question": question, "picture": picture, "sentence": sentence, "given": given, "number": len(given) + 1,
        "of": len(QUESTIONS), "faces": [(face, f"face-{face}", word) for face, word in zip(FACES, faces, strict=True)],
    }  # fmt: skip
