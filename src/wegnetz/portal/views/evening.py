"""The list of an evening on the phone of whoever leads the workshop: who is there, with or without a network.

It shows first names, and nothing else of anybody. Without JavaScript it is a form with one button.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.core.days import working_moment
from wegnetz.core.public import public
from wegnetz.network.openings import in_language
from wegnetz.network.selectors import LinkGoneError
from wegnetz.network.selectors.evenings import Expected, GuestNamed, OpenEvening, expected_at, guests_at, presence
from wegnetz.network.services.attendance import LONGEST_NAME, Mark, NewGuest, mark
from wegnetz.network.services.workshops import SettledError
from wegnetz.portal.evening_guard import EveningRequest, evening_screen
from wegnetz.portal.host_guard import LANGUAGES, frame, language_of, said
from wegnetz.portal.list_words import notes, script_texts
from wegnetz.portal.visits import EVENINGS
from wegnetz.rules.workshops import Answer

MOST_AT_ONCE: Final = 500  # marks in one message of a phone
# What is raised by a message that no phone of ours sends.
UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
# All that the page needs to stand on a phone without a network.
KEPT_FILES: Final = (
    "wegnetz/vendor/kern.css", "wegnetz/wegnetz.css", "wegnetz/mark.svg", "wegnetz/evening.js",
    "wegnetz/evening-store.js",
    *(f"wegnetz/vendor/fonts/fira-sans-{cut}-normal.woff2" for cut in ("latin-400", "latin-600", "latin-ext-400")),
)  # fmt: skip


@evening_screen("GET", "HEAD", unopened=True)
def follow(request: EveningRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, where histories, proxies and other pages would find it."""
    response = EVENINGS.begin(redirect(address(request)), token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@evening_screen("GET", "HEAD", unopened=True)
def page(request: EveningRequest) -> HttpResponse:
    """Nobody is shown before somebody has pressed a button: programs that look through mails follow links too."""
    if not request.opened:
        return render(request, "portal/evening/enter.html", evening_frame(request))
    return _page(request)


@evening_screen("POST", unopened=True)
def enter(request: EveningRequest) -> HttpResponse:
    return EVENINGS.go_on(redirect(address(request)), request.token)


@evening_screen("POST", unopened=True)
def leave(request: EveningRequest) -> HttpResponse:
    context = frame(request) | {
        "heading": _("Die Liste ist von diesem Handy gelöscht"),
        "text": _("Mit dem Link öffnen Sie sie wieder. Danke für heute."),
    }
    return EVENINGS.end(render(request, "portal/link_said.html", context))


@evening_screen("POST")
def tick(request: EveningRequest) -> HttpResponse:
    """The form without JavaScript: only what was changed on it counts, so that two phones do not undo each other."""
    _is_of(request, request.POST.get("evening"))
    now = working_moment()
    shown, before = _identifiers(request, "shown"), set(_identifiers(request, "before"))
    present = set(_identifiers(request, "present"))
    changed = [each for each in shown if (each in present) != (each in before)]
    marks = [Mark(str(each), each, each in present, now) for each in changed]
    typed = request.POST.get("guest", "").strip()[:LONGEST_NAME]
    guests = [NewGuest(_identifiers(request, "guest_id")[0], typed)] if typed and request.POST.get("guest_id") else []
    try:
        mark(request.evening, marks, guests)
    except SettledError:
        return said(request, 409, _("Die Liste ist abgeschlossen"), settled_text())
    return redirect(address(request))


@evening_screen("POST")
def take_in(request: EveningRequest) -> HttpResponse:
    """What a phone sends: marks and guests, each with an id of its own, and when it is sent by the phone's clock.

    Returns which arrived, and how it stands now, without a name of anybody on the list.
    """
    try:
        content = json.loads(request.body)
        _is_of(request, content.get("evening"))
        marks, guests, unreadable = _sent(content)
    except UNREADABLE:
        return JsonResponse({"error": "unreadable"}, status=400)
    try:
        taken = mark(request.evening, marks, guests)
    except SettledError:
        return JsonResponse({"settled": True}, status=409)
    answer = {"done": taken.done, "gone": [*taken.gone, *unreadable]} | _state(request.evening)
    return JsonResponse(answer)


@public
def shell(request: HttpRequest) -> HttpResponse:
    """The page without anybody on it. Phones keep it, and put the list into it that they hold sealed."""
    language = language_of(request)
    with translation.override(language):
        context = {"language": language, "own_languages": LANGUAGES, "page": reverse("portal:evening")}
        return render(request, "portal/evening/page.html", context | {"texts": script_texts()})


@public
def worker(request: HttpRequest) -> HttpResponse:
    """What answers on a phone in place of a server while there is no network. It keeps no page on which names stand."""
    page = f"{reverse('portal:evening-shell')}?{urlencode({'sprache': language_of(request)})}"
    files = [*map(static, KEPT_FILES), page]
    known = {"name": hashlib.sha256("|".join(files).encode()).hexdigest()[:16], "files": files, "shell": page}
    script = f"self.known = {json.dumps(known)};\nimportScripts({json.dumps(static('wegnetz/evening-worker.js'))});\n"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _is_of(request: EveningRequest, evening: object) -> None:
    """Two lists can be open in one browser, and the cookie is that of the latter: nothing of one gets to the other.

    Raises LinkGoneError.
    """
    if evening not in {None, str(request.evening.date)}:
        raise LinkGoneError


def _sent(content: dict[str, Any]) -> tuple[list[Mark], list[NewGuest], list[str]]:
    """How long ago something was ticked off counts, not what the phone believes the time to be."""
    now, sent = working_moment(), int(content["sent"])
    marks, guests, unreadable = [], [], []
    for each in content["items"][:MOST_AT_ONCE]:
        name = str(each["id"])[:64]
        try:
            if each["kind"] == "guest":
                guests.append(NewGuest(UUID(name), str(each["name"])))
            else:
                ago = timedelta(milliseconds=max(sent - int(each["at"]), 0))
                marks.append(Mark(name, UUID(each["invitation"]), each["present"] is True, now - ago))
        except UNREADABLE:
            unreadable.append(name)
    return marks, guests, unreadable


def _state(evening: OpenEvening) -> dict[str, Any]:
    return {
        "people": {str(who): [present, _milliseconds(at)] for who, (present, at) in presence(evening).items()},
        "guests": [{"id": str(each.id), "name": each.name} for each in guests_at(evening)],
    }


def _milliseconds(at: datetime | None) -> int:
    return round(at.timestamp() * 1000) if at else 0


def _identifiers(request: EveningRequest, name: str) -> list[UUID]:
    try:
        return [UUID(each) for each in request.POST.getlist(name)]
    except ValueError as error:
        raise Http404 from error


def address(request: EveningRequest) -> str:
    wished = urlencode({"sprache": language_of(request)}) if request.GET.get("sprache") else ""
    return f"{reverse('portal:evening')}{'?' if wished else ''}{wished}"


def settled_text() -> str:
    return _("Was jetzt noch fehlt, sagen Sie bitte dem Team, das den Workshop plant.")


def evening_frame(request: EveningRequest) -> dict[str, Any]:
    evening = request.evening
    return frame(request) | {"evening": evening, "name": in_language(evening.named, language_of(request)).title}


def _page(request: EveningRequest) -> HttpResponse:
    people = expected_at(request.evening, purpose="attendance")
    tells_new = not all(each.first_time for each in people)
    lines = [_line(each, tells_new=tells_new) for each in people]
    guests = guests_at(request.evening)
    context = evening_frame(request) | {
        "listed": [each for each in lines if not each["declined"]],
        "declined": [each for each in lines if each["declined"]],
        "guests": guests, "guest_id": uuid4(), "longest_name": LONGEST_NAME,
        "present": sum(each["present"] for each in lines) + len(guests), "all": len(lines) + len(guests),
        "texts": script_texts(), "state": _snapshot(request, lines, guests),
    }  # fmt: skip
    return render(request, "portal/evening/page.html", context)


def _line(each: Expected, *, tells_new: bool) -> dict[str, Any]:
    return {
        "id": str(each.invitation), "name": each.name, "notes": notes(each, tells_new=tells_new),
        "present": each.present is True, "at": _milliseconds(each.marked_at),
        "declined": each.answer is Answer.DECLINED,
    }  # fmt: skip


def _snapshot(
    request: EveningRequest, lines: list[dict[str, Any]], guests: tuple[GuestNamed, ...]
) -> dict[str, Any]:  # fmt: skip
    """What the page keeps on the phone, sealed, so that it stands there without a network too."""
    evening = request.evening
    return {
        "evening": str(evening.date), "until": _milliseconds(evening.until), "settled": evening.settled,
        "now": _milliseconds(working_moment()), "token": get_token(request), "people": lines,
        "title": in_language(evening.named, language_of(request)).title,
        "guests": [{"id": str(each.id), "name": each.name} for each in guests],
    }  # fmt: skip
