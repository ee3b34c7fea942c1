"""The plan on paper, for the person to take home."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from wegnetz.accounts.access import Role
from wegnetz.casework.selectors import plans_of
from wegnetz.core.days import working_day
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.sheet import Sheet
from wegnetz.participants.selectors import PersonNotFoundError, open_person


@screen(Policy.PEOPLE)
def sheet(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """`sprache` is one of the participants' languages; unless named, the one the person speaks."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="printed plan", also=("plan",), pack=words.pack)
    plan = next(iter(plans_of(request.viewer, found)), None)
    if plan is None:
        raise PersonNotFoundError
    known = words.pack.participant_languages
    wished = request.GET.get("sprache", "") or found.contact.language
    role = "coach" if request.viewer.role is Role.COACH else "case-manager"
    page = Sheet(
        words.pack, wished if wished in known else "de", found.contact.language, role if plan.own else "case-manager"
    )
    context = {
        "person": found, "sheet": page, "rows": list(page.rows(plan, found.display_name, working_day())),
        "foot": list(page.foot(f"{request.viewer.name}, {request.viewer.organisation_name}")),
        "draft": page.say(page.language, "machine-translated") if page.is_draft else None,
        "german_only": page.say(page.language, "german-only"),
        "marked": any(cell.german_only for row in page.rows(plan, "", working_day()) for cell in row.cells),
        "choices": [(code, language_name(code)) for code in known],
    }  # fmt: skip
    return render(request, "desk/plan/printed.html", context)
