"""How it is proved that somebody was there: signed on the screen or on paper, or confirmed by the workshop."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.network.selectors.evenings import Expected, expected_at
from wegnetz.network.services.attendance import NotOnTheListError, SignatureError
from wegnetz.network.services.attendance import sign as sign_there
from wegnetz.network.services.workshops import SettledError
from wegnetz.portal.evening_guard import EveningRequest, evening_screen
from wegnetz.portal.host_guard import said
from wegnetz.portal.views.evening import address, evening_frame, settled_text
from wegnetz.rules.workshops import Proof


@evening_screen("GET", "HEAD")
def page(request: EveningRequest) -> HttpResponse:
    """Those who are there. What somebody drew is not shown again."""
    return _page(request)


@evening_screen("POST")
def sign(request: EveningRequest) -> HttpResponse:
    try:
        proof, invitation = Proof(request.POST.get("proof", "")), UUID(request.POST.get("invitation", ""))
    except ValueError as error:
        raise Http404 from error
    drawn = request.POST.get("signature", "") if proof is Proof.SCREEN else ""
    try:
        sign_there(request.evening, invitation, proof, drawn)
    except SignatureError:
        return _page(request, wrong=str(invitation))
    except NotOnTheListError as error:
        raise Http404 from error
    except SettledError:
        return said(request, 409, _("Die Liste ist abgeschlossen"), settled_text())
    wished = address(request).partition("?")[2]
    return redirect(f"{reverse('portal:evening-signatures')}{'?' if wished else ''}{wished}#a{invitation}")


def _page(request: EveningRequest, wrong: str = "") -> HttpResponse:
    """`wrong` is the invitation of whom what was drawn could not be kept."""
    words = proof_words()
    people = [
        _line(each, words, wrong) for each in expected_at(request.evening, purpose="sign-in sheet") if each.present
    ]
    context = evening_frame(request) | {"people": people, "open": sum(not each["proof"] for each in people)}
    return render(request, "portal/evening/signatures.html", context, status=422 if wrong else 200)


def _line(each: Expected, words: dict[str, str], wrong: str) -> dict[str, object]:
    return {
        "id": each.invitation, "name": each.name, "proof": words.get(each.proof, ""),
        "wrong": str(each.invitation) == wrong,
    }  # fmt: skip


def proof_words() -> dict[str, str]:
    return {
        Proof.SCREEN: _("hat hier unterschrieben"),
        Proof.PAPER: _("hat auf Papier unterschrieben"),
        Proof.CONFIRMED: _("von der Workshop-Leitung bestätigt"),
    }
