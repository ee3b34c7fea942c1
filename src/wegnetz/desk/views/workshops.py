"""Workshops: plan them and their times. Nobody's data are on these pages but numbers of seats."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.languages import name_beside_own
from wegnetz.desk.conflicts import differences
from wegnetz.desk.forms import language_choices
from wegnetz.desk.forms.workshops import (
    MoveForm,
    TimesForm,
    WorkshopForm,
    WorkshopWordsForm,
    in_more_words,
    move_initial,
    workshop_initial,
)
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.network.openings import Named
from wegnetz.network.selectors.workshops import (
    OpenWorkshop,
    Time,
    coming_times,
    past_times,
    time_of,
    times_of,
    workshop_of,
    workshops_of,
)
from wegnetz.network.services import EditConflictError
from wegnetz.network.services.seating import TooFewError, mix_series
from wegnetz.network.services.workshops import (
    DateTakenError,
    SettledError,
    WorkshopNotFoundError,
    add_dates,
    cancel_date,
    change_workshop,
    end_workshop,
    move_date,
    plan_workshop,
)

LATELY = 12


def language_now() -> str:
    return get_language() or "de"


def opened_time(request: StaffRequest, date_id: UUID) -> Time:
    """Raises Http404."""
    found = time_of(request.viewer, date_id, language_now())
    if found is None:
        raise Http404
    return found


def _opened(request: StaffRequest, workshop_id: UUID) -> OpenWorkshop:
    found = workshop_of(request.viewer, workshop_id)
    if found is None:
        raise Http404
    return found


@screen(Policy.WORKSHOPS)
def workshops(request: StaffRequest) -> HttpResponse:
    """What is coming, first of all what still has room."""
    language = language_now()
    coming = coming_times(request.viewer, language)
    context = {
        "coming": coming, "past": past_times(request.viewer, language, most=LATELY),
        "next": next((each for each in coming if each.open), None),
        "workshops": workshops_of(request.viewer), "ended": workshops_of(request.viewer, ended=True),
    }  # fmt: skip
    return render(request, "desk/workshops/list.html", context)


@screen(Policy.WORKSHOPS, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    form = WorkshopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = plan_workshop(form.outline(), by=request.viewer)
        messages.success(request, _("Der Workshop ist angelegt. Als Nächstes: Wann findet er statt?"))
        return redirect("desk:workshop", made)
    return render(request, "desk/workshops/form.html", {"form": form}, status=422 if form.is_bound else 200)


@screen(Policy.WORKSHOPS, "GET", "POST")
def workshop(request: StaffRequest, workshop_id: UUID) -> HttpResponse:
    """A workshop with its times; the form adds some."""
    found = _opened(request, workshop_id)
    form = TimesForm(request.POST or None, initial={"day": working_day()})
    if request.method == "POST" and form.is_valid():
        added = add_dates(workshop_id, form.times, by=request.viewer)
        messages.success(request, _added(added))
        return redirect("desk:workshop", workshop_id)
    times = times_of(request.viewer, workshop_id, language_now())
    context = {
        "found": found, "first": found.named[0], "form": form, "coming": [each for each in times if not each.over],
        "past": [each for each in reversed(times) if each.over], "spoken": _languages(found),
    }  # fmt: skip
    return render(request, "desk/workshops/workshop.html", context, status=422 if form.is_bound else 200)


def _added(number: int) -> str:
    if not number:
        return _("Diese Termine gab es schon.")
    return ngettext("Ein Termin steht.", "%(n)d Termine stehen.", number) % {"n": number}


def _languages(found: OpenWorkshop) -> list[tuple[str, str, bool]]:
    """Each other language with its name, and whether the workshop is said in it."""
    said = {each.language for each in found.named}
    first = found.named[0].language
    return [(code, name, code in said) for code, name in language_choices()[1:] if code != first]


@screen(Policy.WORKSHOPS, "GET", "POST")
def change(request: StaffRequest, workshop_id: UUID) -> HttpResponse:
    found = _opened(request, workshop_id)
    form = WorkshopForm(request.POST or None, initial=workshop_initial(found))
    context: dict[str, Any] = {"form": form, "found": found, "first": found.named[0]}
    if request.method == "POST" and form.is_valid():
        try:
            change_workshop(workshop_id, form.outline(found), version=form.since["version"], by=request.viewer)
        except EditConflictError as conflict:
            rows = differences(form, workshop_initial(found))
            context |= {"conflict": rows, "form": WorkshopForm(initial=form.again(conflict, found.version))}
            return render(request, "desk/workshops/form.html", context, status=409)
        messages.success(request, _("Gespeichert. Wer eingeladen ist, sieht die Änderung auf der eigenen Seite."))
        return redirect("desk:workshop", workshop_id)
    return render(request, "desk/workshops/form.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WORKSHOPS, "GET", "POST")
def words(request: StaffRequest, workshop_id: UUID, language: str) -> HttpResponse:
    """The workshop in another language."""
    found = _opened(request, workshop_id)
    first = found.named[0]
    if language == first.language or language not in dict(language_choices()[1:]):
        raise Http404
    stored = next((each for each in found.named if each.language == language), Named(language, ""))
    initial = {"title": stored.title, "text": stored.text, "version": found.version}
    form = WorkshopWordsForm(first, language, request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "found": found, "first": first, "name": name_beside_own(language)}
    if request.method == "POST" and form.is_valid():
        said = Named(language, form.cleaned_data["title"], form.cleaned_data["text"])
        try:
            outline = in_more_words(found, said)
            change_workshop(workshop_id, outline, version=form.since["version"], by=request.viewer)
        except EditConflictError as conflict:
            again = WorkshopWordsForm(first, language, initial=form.again(conflict, found.version))
            context |= {"conflict": differences(form, initial), "form": again}
            return render(request, "desk/workshops/words.html", context, status=409)
        messages.success(request, _("Gespeichert."))
        return redirect("desk:workshop", workshop_id)
    return render(request, "desk/workshops/words.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WORKSHOPS, "POST")
def end(request: StaffRequest, workshop_id: UUID) -> HttpResponse:
    """It goes on no longer. Times that stand already stay."""
    return _ended(request, workshop_id, ended=True)


@screen(Policy.WORKSHOPS, "POST")
def go_on(request: StaffRequest, workshop_id: UUID) -> HttpResponse:
    """After all."""
    return _ended(request, workshop_id, ended=False)


def _ended(request: StaffRequest, workshop_id: UUID, *, ended: bool) -> HttpResponse:
    try:
        end_workshop(workshop_id, ended=ended, by=request.viewer, on=working_day())
    except WorkshopNotFoundError as error:
        raise Http404 from error
    said = _("Der Workshop ist beendet.") if ended else _("Der Workshop geht weiter.")
    undo = reverse("desk:resume-workshop" if ended else "desk:end-workshop", args=[workshop_id])
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("desk:workshop", workshop_id)


@screen(Policy.WORKSHOPS, "POST")
def mix(request: StaffRequest, workshop_id: UUID) -> HttpResponse:
    """Tables for all coming times at once."""
    try:
        found = mix_series(workshop_id, by=request.viewer)
    except WorkshopNotFoundError as error:
        raise Http404 from error
    except TooFewError:
        messages.warning(request, _("Bisher hat höchstens eine Person zugesagt. Tische gibt es ab zwei."))
        return redirect("desk:workshop", workshop_id)
    said = ngettext(
        "Die Tische stehen fest: Zwei Menschen lernen sich kennen.",
        "Die Tische stehen fest: %(n)d neue Bekanntschaften. Mehr als %(most)d sind nicht möglich.",
        found.new_pairs,
    )
    messages.success(request, said % {"n": found.new_pairs, "most": found.upper_bound})
    return redirect("desk:workshop", workshop_id)


@screen(Policy.WORKSHOPS, "GET", "POST")
def move(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """Another time for a date; everybody who was invited is told."""
    time = opened_time(request, date_id)
    form = MoveForm(request.POST or None, initial=move_initial(time))
    if request.method == "POST" and form.is_valid():
        starts, ends = form.span()
        try:
            move_date(date_id, starts, ends, by=request.viewer)
        except SettledError:
            form.add_error(None, _("Die Liste dieses Termins ist abgeschlossen. Er bleibt, wie er war."))
        except DateTakenError:
            form.add_error("begins", _("Zu dieser Zeit findet der Workshop schon statt."))
        else:
            messages.success(request, _("Der Termin ist verschoben."))
            return redirect("desk:workshop-date", date_id)
    return render(
        request, "desk/workshops/move.html", {"form": form, "time": time}, status=422 if form.is_bound else 200
    )


@screen(Policy.WORKSHOPS, "POST")
def cancel(request: StaffRequest, date_id: UUID) -> HttpResponse:
    return _takes_place(request, date_id, takes_place=False)


@screen(Policy.WORKSHOPS, "POST")
def take_place(request: StaffRequest, date_id: UUID) -> HttpResponse:
    """After all."""
    return _takes_place(request, date_id, takes_place=True)


def _takes_place(request: StaffRequest, date_id: UUID, *, takes_place: bool) -> HttpResponse:
    try:
        cancel_date(date_id, takes_place=takes_place, by=request.viewer)
    except WorkshopNotFoundError as error:
        raise Http404 from error
    except SettledError:
        messages.warning(request, _("Die Liste dieses Termins ist abgeschlossen. Er bleibt, wie er war."))
        return redirect("desk:workshop-date", date_id)
    said = _("Der Termin findet doch statt.") if takes_place else _("Der Termin ist abgesagt.")
    undo = reverse("desk:cancel-workshop-date" if takes_place else "desk:hold-workshop-date", args=[date_id])
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("desk:workshop-date", date_id)
