"""The people list: saved views, filters, order, pages, search, and the same as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.accounts.selectors import colleagues_of
from wegnetz.casework.selectors import (
    CLOSED,
    GOING,
    MINE,
    NEXT_FIRST,
    OURS,
    UNATTENDED,
    WITHOUT,
    Case,
    Choice,
    any_unattended,
    export_cases,
    list_cases,
    search_cases,
)  # fmt: skip
from wegnetz.core.days import working_day
from wegnetz.core.sheets import harmless
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import ListedPerson, listed, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.access import WORKS_WITH_PEOPLE, may_register
from wegnetz.participants.selectors import SORTS
from wegnetz.participants.services import take_over_unattended
from wegnetz.programme.pack.wording import Wording

# As they stand in addresses, which are German.
VIEWS = {"meine": MINE, "alle": OURS, "ohne": WITHOUT, "ohne-zustaendige": UNATTENDED}
STATES = {"laufend": GOING, "abgeschlossen": CLOSED}


@screen(Policy.PEOPLE, "GET", "POST")
def people(request: StaffRequest) -> HttpResponse:
    """The list; a search arrives by POST, because a name must not stand in an address."""
    viewer, today, words = request.viewer, working_day(), wording_now(get_language())
    context = {
        "today": today, "leads": may_register(viewer), "chooses": viewer.role in WORKS_WITH_PEOPLE,
    }  # fmt: skip
    if query := request.POST.get("q", "").strip()[:80]:
        cases, total = search_cases(viewer, today=today, query=query, pack=words.pack)
        context |= {"rows": _lines(cases, words), "q": query, "total": total}
        return render(request, "desk/people/list.html", context)
    choice = chosen(request.GET)
    cases, page = list_cases(viewer, choice, today=today, page=request.GET.get("page", "1")[:9], pack=words.pack)
    context |= {
        "rows": _lines(cases, words), "page": page,
        "total": page.paginator.count, "sort": choice.sort, "wer": choice.responsible,
        "view": next(name for name, view in VIEWS.items() if view == choice.view),
        "state": next((name for name, state in STATES.items() if state == choice.state), ""),
        "colleagues": colleagues_of(viewer) if context["chooses"] else [],
        "any_unattended": context["chooses"] and any_unattended(viewer),
    }  # fmt: skip
    return render(request, "desk/people/list.html", context)


def _lines(cases: tuple[Case, ...], words: Wording) -> list[tuple[ListedPerson, Case]]:
    return list(zip(listed(tuple(case.row for case in cases), words), cases, strict=True))


@screen(Policy.WORK, "POST")
def take_over(request: StaffRequest) -> HttpResponse:
    """Become responsible for the people of a page of those for whom nobody is any more."""
    number = take_over_unattended(list(_identifiers(request.POST.getlist("person"))), by=request.viewer)
    if number:
        sentence = ngettext(
            "Eine Person übernommen. Sie finden sie unter „Meine“.",
            "%(n)d Menschen übernommen. Sie finden sie unter „Meine“.", number,
        ) % {"n": number}  # fmt: skip
        messages.success(request, sentence)
    else:
        messages.info(request, _("Nichts geändert: Inzwischen ist jemand anderes zuständig."))
    view = "ohne-zustaendige" if any_unattended(request.viewer) else "meine"
    return redirect(reverse("desk:people", query={"sicht": view}))


def _identifiers(sent: Iterable[str]) -> Iterator[UUID]:
    """What is no identifier is left out."""
    for word in sent:
        try:
            yield UUID(word)
        except ValueError:
            continue


def chosen(sent: QueryDict) -> Choice:
    """The choice an address or a form holds; what it does not know it takes as not asked for."""
    sort = sent.get("sort", "")
    return Choice(
        VIEWS.get(sent.get("sicht", ""), OURS), STATES.get(sent.get("stand", ""), ""),
        next(_identifiers([sent.get("wer", "")]), None),
        sort if sort in SORTS or sort == NEXT_FIRST else "pseudonym",
    )  # fmt: skip


@screen(Policy.LEADING, "POST")
def people_csv(request: StaffRequest) -> HttpResponse:
    """The whole list as a file, with what the list shows."""
    today, words = working_day(), wording_now(get_language())
    cases = export_cases(request.viewer, chosen(request.POST), today=today, pack=words.pack)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="menschen-{today.isoformat()}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";", quoting=csv.QUOTE_ALL)
    sheet.writerow([
        _("Deckname"), _("Name"), _("Aufgenommen"), _("Bausteine offen"), _("Fehlende Angaben"),
        _("Nächster Schritt"), _("Bis"), _("Zuständig"), _("Abgeschlossen"),
    ])  # fmt: skip
    for case in cases:
        row = case.row
        missing = ", ".join(words.text("facts", fact, "label") for fact in row.missing)
        cells = [
            row.pseudonym, row.name.called or row.name.full, row.registered_on, row.open_blocks, missing, case.title,
            case.due or "", case.responsible, case.closed_on or "",
        ]  # fmt: skip
        sheet.writerow([harmless(cell) for cell in cells])
    return response
