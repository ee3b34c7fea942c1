"""Breaking the glass: asking, the second person, looking for hours, and telling the person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.forms.glass import GlassForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import open_person
from wegnetz.participants.selectors.glass import (
    glass_to_confirm,
    glass_to_tell,
    glasses_asked_of,
    glasses_of,
    hours_open,
    people_behind_glass,
)  # fmt: skip
from wegnetz.participants.services import (
    TooLateError,
    close_glass,
    confirm_glass,
    note_person_told,
    refuse_glass,
    request_glass,
)  # fmt: skip


@screen(Policy.TEAM, "GET", "POST")
def glasses(request: StaffRequest) -> HttpResponse:
    """A lead's requests, and the form for a new one."""
    form = GlassForm(people_behind_glass(request.viewer), request.POST or None)
    if request.method == "POST" and form.is_valid():
        request_glass(UUID(form.cleaned_data["person"]), reason=form.cleaned_data["reason"].strip(), by=request.viewer)
        messages.success(request, _("Ihre Anfrage ist gestellt. Bitten Sie jetzt eine zweite Person um Zustimmung."))
        return redirect("desk:glasses")
    context = {"form": form, "glasses": glasses_of(request.viewer), "hours": hours_open()}
    return render(request, "desk/glass/requests.html", context, status=422 if form.is_bound else 200)


@screen(Policy.PEOPLE)
def asked(request: StaffRequest) -> HttpResponse:
    """What waits for the viewer as the second person."""
    return render(request, "desk/glass/asked.html", {"glasses": glasses_asked_of(request.viewer)})


@screen(Policy.PEOPLE, "GET", "POST")
def confirm(request: StaffRequest, glass_id: UUID) -> HttpResponse:
    """The second person reads the reason, and agrees or does not."""
    found = glass_to_confirm(request.viewer, glass_id)
    if request.method == "POST":
        agrees = request.POST.get("answer") == "yes"
        try:
            (confirm_glass if agrees else refuse_glass)(glass_id, by=request.viewer)
        except TooLateError:
            messages.error(request, _("Geöffnet wurde nichts: Die Anfrage ist älter als einen Tag oder beantwortet."))
        else:
            said = _("Sie haben zugestimmt. Die Einsicht endet von selbst.") if agrees else _("Sie haben abgelehnt.")
            messages.success(request, said)
        return redirect("desk:start")
    return render(request, "desk/glass/confirm.html", {"glass": found, "hours": hours_open()})


@screen(Policy.TEAM, "POST")
def close(request: StaffRequest, glass_id: UUID) -> HttpResponse:
    close_glass(glass_id, by=request.viewer)
    messages.success(request, _("Die Einsicht ist beendet."))
    return redirect("desk:glasses")


@screen(Policy.WORK, "GET", "POST")
def tell(request: StaffRequest, person_id: UUID, glass_id: UUID) -> HttpResponse:
    """Tell the person that a lead looked, and why; then tick it off."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="tell the person", also=("break-glass",), pack=words.pack)
    glass = glass_to_tell(request.viewer, found, glass_id)
    if request.method == "POST":
        note_person_told(glass_id, on=working_day(), by=request.viewer)
        messages.success(request, _("Vermerkt: Die Person weiß von der Einsicht."))
        return redirect("desk:person", person_id)
    context = {"person": found, "speaks": language_name(found.contact.language), "glass": glass}
    return render(request, "desk/glass/tell.html", context)
