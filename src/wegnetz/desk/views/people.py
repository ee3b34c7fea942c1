"""Registration, and one person's page."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.selectors import assessments_of, latest_entries, letters_about, plans_of, reminders_of
from wegnetz.core.days import working_day
from wegnetz.desk.forms import GroundForm, PersonForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.overview import MIDDLE, areas_then_and_now, height_of, hub, involved
from wegnetz.desk.pages import fact_groups, language_name, to_read, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.views.plan import next_thing
from wegnetz.participants.access import FUNCTIONS
from wegnetz.participants.selectors import (
    ConflictError,
    OpenPerson,
    accompanying,
    may_take_the_lead,
    open_person,
)  # fmt: skip
from wegnetz.participants.services import StillLedError, change_contact, register_person, take_the_lead
from wegnetz.programme.pack.wording import Wording

# What the page of a person shows beside name, contact and answers.
ON_THE_PAGE = ("plan", "assessment", "journal", "involvement", "referral")

SHOW = "show"


@screen(Policy.LEADING, "GET", "POST")
def register(request: StaffRequest) -> HttpResponse:
    words, today = wording_now(get_language()), timezone.localdate()
    # Who wants to read the text in another language has not finished: what is typed stays, and nothing is wrong yet.
    reading = request.POST.dict() if SHOW in request.POST else None
    sent = None if reading else request.POST or None
    form = PersonForm(sent, initial=reading)
    ground = GroundForm(words, FUNCTIONS[request.viewer.role], sent, initial=reading)
    if request.method == "POST" and form.is_valid() and ground.is_valid():
        person_id = register_person(
            name=form.name, contact=form.contact, ground=ground.ground_for(request.viewer, today),
            by=request.viewer, on=today,
        )  # fmt: skip
        messages.success(request, _("Die Person ist aufgenommen. Als Nächstes fragen Sie, was am meisten klärt."))
        return redirect("desk:blocks", person_id)
    here = request.viewer.organisation_name
    texts = to_read(words.pack, ground.purpose, to=here, by=here, language=ground.asked_in, on=today)
    context = {"form": form, "ground": ground, "reads": reading is not None, **texts}
    return render(request, "desk/people/register.html", context, status=422 if form.is_bound else 200)


@screen(Policy.PEOPLE)
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What comes next, where the person stands, who is involved, and what was written last."""
    viewer, words, today = request.viewer, wording_now(get_language()), working_day()
    found = open_person(viewer, person_id, purpose="person page", decisions=True, also=ON_THE_PAGE, pack=words.pack)
    plans, companions = plans_of(viewer, found), accompanying(viewer, found)
    lines = involved(companions, letters_about(viewer, found), words)
    nodes = hub(lines)
    context = {
        "person": found, "tab": "person", "speaks": language_name(found.contact.language), "today": today,
        "acts": found.involvement is not None, "plans": plans,
        "next": next_thing(plans, reminders_of(viewer, found)),
        "picture": areas_then_and_now(assessments_of(viewer, found), words),
        "entries": [
            (entry, words.text("care", "contact-kinds", entry.kind)) for entry in latest_entries(viewer, found)
        ],
        "involved": lines, "hub": nodes, "middle": MIDDLE, "hub_height": height_of(nodes),
        "may_take_the_lead": may_take_the_lead(viewer, found, companions),
        "short_name": found.display_name.split()[0][:10],
        **(_answers(found, words, today) if found.leads else {}),
    }  # fmt: skip
    return render(request, "desk/people/person.html", context)


def _answers(found: OpenPerson, words: Wording, today: date) -> dict[str, object]:
    """What was asked and what was not, for who leads the way."""
    known = {entry.id for entry in found.history}
    missing = [
        {"id": fact, "question": words.text("facts", fact, "question")}
        for fact in words.pack.facts
        if fact not in known
    ]
    return {"facts": fact_groups(found, words, today), "missing": missing}


@screen(Policy.LEADING, "POST")
def lead(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Lead the way of somebody whom nobody leads any more."""
    try:
        take_the_lead(person_id, by=request.viewer)
    except StillLedError:
        messages.error(request, _("Geändert wurde nichts: Jemand ist schon fallführend."))
    else:
        said = _("Ihre Organisation ist jetzt fallführend. Prüfen Sie, ob die Angaben noch stimmen.")
        messages.success(request, said)
    return redirect("desk:person", person_id)


@screen(Policy.LEADING, "GET", "POST")
def contact(request: StaffRequest, person_id: UUID) -> HttpResponse:
    found = open_person(request.viewer, person_id, purpose="change name and contact")
    initial = {**asdict(found.name), **asdict(found.contact), "version": found.version}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(
                person_id, name=form.name, contact=form.contact, version=form.cleaned_data["version"] or 0,
                by=request.viewer,
            )  # fmt: skip
        except ConflictError:
            return _conflict(request, form, found)
        messages.success(request, _("Gespeichert."))
        return redirect("desk:person", person_id)
    status = 422 if form.is_bound else 200
    return render(request, "desk/people/contact.html", {"form": form, "person": found}, status=status)


def _conflict(request: StaffRequest, form: PersonForm, found: OpenPerson) -> HttpResponse:
    """Show both versions; sending again keeps what stands in the form."""
    stored = {**asdict(found.name), **asdict(found.contact)}
    rows = [
        {"label": field.label, "mine": form.cleaned_data[name], "theirs": stored[name]}
        for name, field in form.fields.items()
        if name in stored and form.cleaned_data[name] != stored[name]
    ]
    again = PersonForm(initial=form.cleaned_data | {"version": found.version})
    context = {"form": again, "person": found, "conflict": rows}
    return render(request, "desk/people/contact.html", context, status=409)
