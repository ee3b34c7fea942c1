"""Who comes to a workshop: invite, note answers, and who sits with whom or never does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.desk.forms.workshops import AnswerNoteForm, InviteForm, PairForm, answer_initial
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.views.workshops import language_now, opened_time
from wegnetz.network.selectors.care import Quiet, quiet_people
from wegnetz.network.selectors.feedback import feedback_of
from wegnetz.network.selectors.pairings import pairings_of
from wegnetz.network.selectors.workshops import Guestlisted, OwnTime, invited_to, not_invited_to, own_people, times_with
from wegnetz.network.services import EditConflictError
from wegnetz.network.services.invitations import (
    ForWomenError,
    InvitedAlreadyError,
    OverError,
    invite_again,
    note_answer,
    take_invitation_back,
)
from wegnetz.network.services.invitations import invite as invite_people
from wegnetz.network.services.pairings import PairedAlreadyError, SamePersonError, pair, pair_again, part
from wegnetz.network.services.workshops import SettledError
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, open_person
from wegnetz.rules.contacts import Help
from wegnetz.rules.feedback import QUESTIONS
from wegnetz.rules.workshops import Answer


@screen(Policy.WORKSHOPS)
def date(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """One time of a workshop: who comes, who waits, what has to be brought along."""
    time = opened_time(request, date_id)
    lines = invited_to(request.viewer, date_id, pack=wording_now(get_language()).pack)
    by_answer = {answer: [each for each in lines if each.answer is answer] for answer in Answer}
    context = {
        "time": time, "lines": lines, "coming": by_answer[Answer.COMING], "waiting": by_answer[Answer.WAITING],
        "open": by_answer[Answer.INVITED], "declined": by_answer[Answer.DECLINED],
        "elsewhere": time.seats.invited - len(lines), "needs": _needs(by_answer[Answer.COMING]),
        "feedback": _feedback(request, date_id) if time.over else None,
    }  # fmt: skip
    return render(request, "desk/workshops/date.html", context)


def _feedback(request: StaffRequest, date_id: UUID) -> dict[str, Any] | None:
    """The faces people gave, or why there are none to see."""
    told = feedback_of(request.viewer, date_id)
    if told is None or told.faces is None:
        few = _("Weniger als fünf Menschen haben geantwortet. Was sie sagten, bleibt bei ihnen.")
        later = _("Wer da war, kann noch antworten. Danach steht es hier, wenn mindestens fünf geantwortet haben.")
        return {"text": few if told and told.too_few else later} if told else None
    words = {"how": _("Wie war es?"), "welcome": _("War man willkommen?"), "again": _("Noch einmal?")}
    return {"rows": [(words[question], told.faces[question]) for question in QUESTIONS]}


def _needs(coming: Iterable[Guestlisted]) -> dict[str, int]:
    """How many of the viewer's people need what."""
    coming = list(coming)
    return {
        "childcare": sum(each.invited.childcare for each in coming),
        "ticket": sum(each.invited.ticket for each in coming),
    }


@screen(Policy.WORKSHOPS, "GET", "POST")
def invite(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """Choose from one's own people; whoever met nobody new for a while stands first."""
    time = opened_time(request, date_id)
    pack = wording_now(get_language()).pack
    found = not_invited_to(request.viewer, date_id, pack=pack)
    quiet = {each.person for each in quiet_people(request.viewer, pack=pack, on=working_day())} & set(found)
    form = InviteForm(_first(found, quiet), request.POST or None)
    refused: list[str] = []
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        done, not_done = invite_people(date_id, form.cleaned_data["people"], by=request.viewer)
        if done:
            messages.success(request, _invited(len(done)))
        if not not_done:
            return redirect("desk:workshop-date", date_id)
        refused, status = [f"{found[person]}: {refusal(error)}" for person, error in not_done], 409
        left = {person: name for person, name in found.items() if person not in done}
        form = InviteForm(_first(left, quiet))
    context = {"time": time, "form": form, "refused": refused, "quiet": len(quiet), "anybody": bool(found)}
    return render(request, "desk/workshops/invite.html", context, status=status)


def _first(found: dict[UUID, str], quiet: set[UUID]) -> dict[UUID, str]:
    """Both by name: those who need it most, with a word, then all others."""
    marked = {person: _("%(name)s: seit sechs Wochen niemand Neues") % {"name": found[person]} for person in found}
    return {person: marked[person] for person in found if person in quiet} | {
        person: name for person, name in found.items() if person not in quiet
    }


def _invited(number: int) -> str:
    return ngettext("Eine Person ist eingeladen.", "%(n)d Menschen sind eingeladen.", number) % {"n": number}


def refusal(error: DomainError) -> str:
    """Why somebody was not invited, in a sentence."""
    match error:
        case InvitedAlreadyError():
            return _("war schon eingeladen.")
        case ForWomenError():
            return _("Der Workshop ist nur für Frauen.")
        case OverError():
            return _("Der Termin ist vorbei oder abgesagt.")
    return _("wird nicht mehr von Ihnen begleitet.")


# --- one person -------------------------------------------------------------------------------------


def _open(request: StaffRequest, person_id: UUID, *also: str) -> OpenPerson:
    pack = wording_now(get_language()).pack
    try:
        return open_person(request.viewer, person_id, purpose="workshop", also=also, pack=pack)
    except PersonNotFoundError as error:
        raise Http404 from error


@screen(Policy.WORKSHOPS, "GET", "POST")
def of_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """To which workshops a person is invited, and who sits with them or never does; the form adds somebody."""
    found = _open(request, person_id, "workshops", "pairings")
    pack = wording_now(get_language()).pack
    pairings = pairings_of(request.viewer, found, pack=pack)
    form = PairForm(_others(request, found, {other for _each, other, _name in pairings}), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pair(person_id, data["other"], together=data["together"], note=data["note"], by=request.viewer)
        except PairedAlreadyError:
            form.add_error(
                "other", _("Für die beiden ist schon etwas festgelegt. Beenden Sie das zuerst mit „Gilt nicht mehr“.")
            )
        except (SamePersonError, PersonNotFoundError):
            form.add_error("other", _("Sie begleiten diese Person nicht mehr."))
        else:
            messages.success(request, _("Festgelegt. Es gilt, sobald Tische neu gemischt werden."))
            return redirect("desk:workshops-of", person_id)
    times = times_with(request.viewer, found, language_now())
    context = {
        "person": found, "tab": "workshops", "speaks": language_name(found.contact.language), "form": form,
        "coming": [each for each in reversed(times) if not each.time.over], "pairings": pairings,
        "past": [each for each in times if each.time.over],
    }  # fmt: skip
    return render(request, "desk/workshops/person.html", context, status=422 if form.is_bound else 200)


def _others(request: StaffRequest, found: OpenPerson, paired: set[UUID]) -> dict[UUID, str]:
    people = own_people(request.viewer, pack=wording_now(get_language()).pack)
    return {person: name for person, name in people.items() if person != found.id and person not in paired}


@screen(Policy.WORKSHOPS, "GET", "POST")
def answer(request: StaffRequest, person_id: UUID, invited_id: UUID) -> HttpResponse:
    """What somebody said who did not answer by themselves; and their own link, to show or to send."""
    found = _open(request, person_id, "workshops")
    own = _own_time(request, found, invited_id)
    form = AnswerNoteForm(request.POST or None, initial=answer_initial(own.line))
    context: dict[str, Any] = {"person": found, "own": own, "form": form, "link": _link(request, own)}
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            seat = note_answer(person_id, invited_id, form.reply, version=data["version"], by=request.viewer)
        except EditConflictError:
            context["changed"], status = True, 409
            context["form"] = AnswerNoteForm(initial=data | {"version": own.line.version})
        except SettledError:
            form.add_error(None, _("Die Liste dieses Termins ist abgeschlossen. Er bleibt, wie er war."))
        except PersonNotFoundError as error:
            raise Http404 from error
        else:
            messages.success(request, _said(seat))
            return redirect("desk:workshop-date", own.time.id)
    return render(request, "desk/workshops/answer.html", context, status=status)


def _said(seat: Answer) -> str:
    return {
        Answer.COMING: _("Notiert: Die Person kommt."),
        Answer.WAITING: _("Notiert: Die Person steht auf der Warteliste."),
    }.get(seat, _("Notiert: Die Person kommt nicht."))


def _own_time(request: StaffRequest, found: OpenPerson, invited_id: UUID) -> OwnTime:
    times = times_with(request.viewer, found, language_now())
    own = next((each for each in times if each.line.id == invited_id), None)
    if own is None:
        raise Http404
    return own


def _link(request: StaffRequest, own: OwnTime) -> str:
    path = reverse("portal:invitation-link", args=[own.line.invited.secret])
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


@screen(Policy.WORKSHOPS, "POST")
def take_back(request: StaffRequest, person_id: UUID, invited_id: UUID) -> HttpResponse:
    own = _own_time(request, _open(request, person_id, "workshops"), invited_id)
    try:
        take_invitation_back(person_id, invited_id, by=request.viewer)
    except SettledError:
        messages.warning(request, _("Die Liste dieses Termins ist abgeschlossen. Er bleibt, wie er war."))
        return redirect("desk:workshop-date", own.time.id)
    undo = reverse("desk:restore-workshop-invitation", args=[person_id, invited_id])
    messages.success(request, _("Die Einladung ist zurückgenommen."), extra_tags=f"undo:{undo}")
    return redirect("desk:workshop-date", own.time.id)


@screen(Policy.WORKSHOPS, "POST")
def restore(request: StaffRequest, person_id: UUID, invited_id: UUID) -> HttpResponse:
    try:
        invite_again(person_id, invited_id, by=request.viewer)
    except InvitedAlreadyError:
        messages.warning(request, _("Die Person wurde inzwischen neu eingeladen."))
    except SettledError:
        messages.warning(request, _("Die Liste dieses Termins ist abgeschlossen. Er bleibt, wie er war."))
    else:
        messages.success(request, _("Die Einladung gilt wieder."))
    return redirect("desk:workshops-of", person_id)


@screen(Policy.WORKSHOPS, "POST")
def unpair(request: StaffRequest, person_id: UUID, pairing_id: UUID) -> HttpResponse:
    part(person_id, pairing_id, by=request.viewer)
    undo = reverse("desk:restore-pairing", args=[person_id, pairing_id])
    messages.success(request, _("Gilt nicht mehr."), extra_tags=f"undo:{undo}")
    return redirect("desk:workshops-of", person_id)


@screen(Policy.WORKSHOPS, "POST")
def restore_pairing(request: StaffRequest, person_id: UUID, pairing_id: UUID) -> HttpResponse:
    pair_again(person_id, pairing_id, by=request.viewer)
    messages.success(request, _("Gilt wieder."))
    return redirect("desk:workshops-of", person_id)


# --- care -------------------------------------------------------------------------------------------


@screen(Policy.WORKSHOPS)
def quiet(request: StaffRequest) -> HttpResponse:
    """Who met nobody new for six weeks, and what would help. By name: nobody is worse than another."""
    found = quiet_people(request.viewer, pack=wording_now(get_language()).pack, on=working_day())
    context = {"lines": [(each, _helps(each)) for each in found]}
    return render(request, "desk/workshops/quiet.html", context)


def _helps(found: Quiet) -> list[tuple[str, str]]:
    """What to do, and where."""
    places, workshops = reverse("desk:places", args=[found.person]), reverse("desk:workshops")
    likes, own = reverse("desk:likes", args=[found.person]), reverse("desk:workshops-of", args=[found.person])
    told = {
        Help.ASK_INTERESTS: (_("Fragen, was die Person gern macht"), likes),
        Help.ASK_WHAT_HINDERS: (_("Fragen, was es schwer macht: Anfahrt, Kinderbetreuung, Uhrzeit, Sprache?"), own),
        Help.GO_ALONG: (_("Beim ersten Besuch mitgehen"), places),
        Help.CALL: (_("Anrufen: Die Einladung ist noch nicht beantwortet"), own),
        Help.INVITE: (_("Zu einem Workshop einladen"), workshops),
        Help.INTRODUCE: (_("Einen Ort vorschlagen"), places),
    }
    return [told[each] for each in found.helps]
