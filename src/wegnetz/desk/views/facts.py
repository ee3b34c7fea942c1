"""Record an answer, take it back, bring it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.forms import FactForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import fact_groups, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.views.eligibility import chosen_day
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services import record_fact, restore_fact, retract_fact
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.facts import Fact, FactDefinition, FactError, FactKind, read_value


def _definition(fact_id: str) -> FactDefinition:
    definition = active_pack().definitions.get(fact_id)
    if definition is None:
        raise Http404
    return definition


@screen(Policy.LEADING, "GET", "POST")
def record(request: StaffRequest, person_id: UUID, fact_id: str) -> HttpResponse:
    definition, words = _definition(fact_id), wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="record an answer")
    form = FactForm(definition, words, request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_fact(person_id, form.fact, by=request.viewer)
        messages.success(request, _("Festgehalten: %(label)s.") % {"label": words.text("facts", fact_id, "label")})
        return (
            _blocks(person_id, request.GET)
            if request.GET.get("from") == "blocks"
            else redirect("desk:person", person_id)
        )
    groups = [group for group in fact_groups(found, words, working_day()) if group.id == fact_id]
    context = {
        "form": form, "person": found, "group": groups[0] if groups else None,
        "label": words.text("facts", fact_id, "label"), "question": words.text("facts", fact_id, "question"),
        "why": words.text("facts", fact_id, "why"),
        "warning": words.text("facts", fact_id, "warning"),
    }  # fmt: skip
    return render(request, "desk/people/fact.html", context, status=422 if form.is_bound else 200)


@screen(Policy.LEADING, "POST")
def answer(request: StaffRequest, person_id: UUID, fact_id: str) -> HttpResponse:
    """A question answered with one button on the blocks page; it counts as said by the person."""
    definition = _definition(fact_id)
    raw: object = request.POST.get("value", "")
    if definition.kind is FactKind.BOOLEAN:
        raw = {"true": True, "false": False}.get(str(raw), raw)
    try:
        fact = Fact(fact_id, read_value(definition, raw), recorded_on=timezone.localdate())
        new = record_fact(person_id, fact, by=request.viewer)
    except FactError:
        return redirect("desk:fact", person_id, fact_id)
    undo = reverse("desk:retract", args=[person_id, new])
    messages.success(request, _("Festgehalten als „selbst gesagt“."), extra_tags=f"undo:{undo}")
    return _blocks(person_id, request.POST)


def _blocks(person_id: UUID, data: QueryDict) -> HttpResponse:
    """Back to the blocks page, on the day it was left on."""
    day, _problem = chosen_day(data)
    return redirect(f"{reverse('desk:blocks', args=[person_id])}?on={day.isoformat()}")


@screen(Policy.LEADING, "POST")
def retract(request: StaffRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    retract_fact(person_id, record_id, by=request.viewer)
    undo = reverse("desk:restore", args=[person_id, record_id])
    messages.success(request, _("Zurückgenommen. Im Verlauf bleibt die Angabe sichtbar."), extra_tags=f"undo:{undo}")
    return redirect("desk:person", person_id)


@screen(Policy.LEADING, "POST")
def restore(request: StaffRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    restore_fact(person_id, record_id, by=request.viewer)
    messages.success(request, _("Die Angabe ist wiederhergestellt."))
    return redirect("desk:person", person_id)
