"""Places for one person: what they like, what suits them and why, and how it goes.

Which offer it is about stands in no address beside the person: addresses are written down on their way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.core.mails import Sending
from wegnetz.desk.forms.network import PAGE_CHANGED, STAGES, WHY_ENDED, LikedForm, StepForm, liked_initial
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.next_place import what_next
from wegnetz.desk.offer_lines import named, refusal, suited_line
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.place_mail import send_news
from wegnetz.desk.policies import Policy
from wegnetz.directory.selectors import Search, districts
from wegnetz.directory.selectors.interests import Interests, interests
from wegnetz.directory.selectors.search import search_offers
from wegnetz.engines.announcing import name_to_go_by
from wegnetz.network import services
from wegnetz.network.access import SHOWN
from wegnetz.network.openings import Liked, Met
from wegnetz.network.selectors import (
    AtPlace,
    Born,
    Page,
    Suggestion,
    at_places,
    handed_on_lately,
    interests_of,
    introduction_of,
    introductions_of,
    may_hand_on,
    page_of,
    suggestions,
    unserved,
    why,
)
from wegnetz.network.services import (
    BegunError,
    ClosedError,
    EditConflictError,
    LeadsToSomebodyError,
    NotAgreedError,
    PageChangedError,
    StageError,
    StepDayError,
)
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, open_person
from wegnetz.rules.introductions import FOLLOWS, Stage

ALSO = ("interests", "introductions")
FOUND = 10


@screen(Policy.PEOPLE, "GET", "POST")
def places(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What was begun, what suits and why, what the person likes; and of what is searched for, why it suits or not."""
    return _places(request, _open(request, person_id, "places"))


def _places(
    request: StaffRequest, found: OpenPerson, *, not_noted: tuple[UUID, DomainError] | None = None,
    changed_at: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """`not_noted`: an offer, and why not; `changed_at`: an introduction whose place has another page than agreed."""
    known, liked, language = interests(), interests_of(request.viewer, found), get_language() or "de"
    met = introductions_of(request.viewer, found)
    going = frozenset(each.offer for each in met)
    born = _born(found)
    suited = suggestions(liked, known, on=working_day(), born=born, without=going) if liked else []
    q = request.POST.get("q", "").strip()[:100]
    pages = at_places(met, on=working_day())
    gaps = [known.label(concept, language).text for concept in unserved(liked, known)] if liked else []
    to_hand_on = liked and (gaps or liked.wishes or handed_on_lately(liked, on=working_day()))
    names = named(going | ({not_noted[0]} if not_noted else set()))
    context = _frame(found) | {
        "sought": q, "found": [suited_line(each, known, going) for each in _searched(q, liked or Liked(), known, born)],
        "liked": _liked(liked, known) if liked else None, "met": [_met(each, pages, names) for each in met],
        "suited": [suited_line(each, known, going) for each in suited], "acts": found.involvement is not None,
        "gaps": gaps,
        "hands_on": bool(to_hand_on) and may_hand_on(request.viewer, found.id),
        "deleted": anything_deleted(request.viewer, found.id),
        "refused": refusal(not_noted[1], known) if not_noted else [],
        "wanted": names[not_noted[0]] if not_noted else None,
        "changed_at": changed_at, "page_changed": PAGE_CHANGED,
    }  # fmt: skip
    context["next"] = what_next(context["met"], working_day(), suggests=bool(suited))
    return render(request, "desk/network/places.html", context, status=409 if not_noted or changed_at else 200)


@screen(Policy.WORK, "GET", "POST")
def likes(request: StaffRequest, person_id: UUID) -> HttpResponse:
    found = _open(request, person_id, "write down interests")
    liked, speaks = interests_of(request.viewer, found), found.contact.language
    form = LikedForm(
        interests(), speaks, districts(), request.POST or None, initial=liked_initial(liked, speaks),
        asks_birth=_born(found) is None,
    )  # fmt: skip
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.save_interests(person_id, form.liked, by=request.viewer)
        except EditConflictError:
            form.add_error(
                None,
                _("Inzwischen hat jemand etwas geändert. Speichern Sie noch einmal, wenn das hier gelten soll."),
            )
            again = request.POST.copy()
            again["version"] = str(liked.version if liked else 0)
            form.data, status = again, 409
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:places", person_id)
    return render(request, "desk/network/likes.html", _frame(found) | {"form": form}, status=status)


@screen(Policy.WORK, "POST")
def suggest(request: StaffRequest, person_id: UUID) -> HttpResponse:
    try:
        offer = UUID(request.POST.get("offer", ""))
    except ValueError as error:
        raise Http404 from error
    found = _open(request, person_id, "places")
    try:
        services.suggest(person_id, offer, by=request.viewer, on=working_day(), born=_born(found))
    except (BegunError, ClosedError) as error:
        return _places(request, found, not_noted=(offer, error))
    messages.success(request, _("Vorgemerkt. Als Nächstes: mit der Person besprechen."))
    return redirect("desk:places", person_id)


@screen(Policy.WORK, "GET", "POST")
def step(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    found = _open(request, person_id, "introduce")
    met = introduction_of(request.viewer, found, introduction_id)
    called = name_to_go_by(found.name.called)
    page = _page(met)
    initial = {
        "on": working_day(), "called": called, "version": met.version, "told_of": page.link if page else None,
    }  # fmt: skip
    form = StepForm(FOLLOWS[met.stage], request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            told = services.take_step(
                person_id, introduction_id, form.step, version=form.cleaned_data["version"] or 0, by=request.viewer,
                agreed=form.cleaned_data.get("agreed", False), told_of=form.cleaned_data.get("told_of"),
            )  # fmt: skip
        except StepDayError as error:
            form.add_error("on", _wrong_day(form.step.on, error.first))
        except LeadsToSomebodyError as error:
            for name in error.parts:
                form.add_error(name, _("Bitte ohne Telefonnummer und E-Mail-Adresse: Der Ort soll sie nicht erfahren."))
        except PageChangedError:
            page, status = _page(met), 409
            form.ask_again(request.POST, page)
        except (EditConflictError, StageError, NotAgreedError):
            form.add_error(
                None, _("Inzwischen hat jemand anderes etwas eingetragen. Bitte sehen Sie unter „Orte“ nach.")
            )
            status = 409
        else:
            _say_what_the_place_knows(request, met.offer, told=told, announced=form.step.stage is Stage.ANNOUNCED)
            return redirect("desk:places", person_id)
    context = _frame(found) | {"form": form, "met": _met(met, {}, named([met.offer])), "page": page}
    return render(request, "desk/network/step.html", context, status=status)


def _page(met: Met) -> Page | None:
    """The page that would show it."""
    return None if met.sealed else page_of(met.offer, on=working_day())


def _wrong_day(day: date, first: date) -> str:
    if day < first:
        return _("Der Schritt davor war am %(day)s. Bitte keinen früheren Tag eintragen.") % {
            "day": f"{first:%d.%m.%Y}"
        }
    return _("Dieser Tag kommt erst noch. Bitte tragen Sie es ein, wenn es so weit war.")


def _say_what_the_place_knows(request: StaffRequest, offer: UUID, *, told: bool, announced: bool) -> None:
    if not announced:
        messages.success(request, _("Eingetragen."))
    elif not told:
        messages.success(request, _("Eingetragen. Bitte sagen Sie dem Ort selbst Bescheid, dass jemand kommt."))
    elif send_news(offer) is Sending.SENT:
        messages.success(
            request, _("Eingetragen. Der Ort sieht es auf seiner Seite; eine E-Mail ohne Namen sagt es ihm.")
        )
    else:
        messages.success(request, _("Eingetragen. Der Ort sieht es auf seiner Seite."))


@screen(Policy.WORK, "POST")
def take_over(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    """What the contact point said becomes a step of the introduction."""
    found = _open(request, person_id, "introduce")
    met = introduction_of(request.viewer, found, introduction_id)
    try:
        seen = int(request.POST.get("seen", "0")[:4])
        went_on = services.take_over(person_id, introduction_id, version=met.version, seen=seen, by=request.viewer)
    except (EditConflictError, StageError, ValueError):
        messages.error(request, _("Geändert wurde nichts: Bitte sehen Sie nach, was der Ort sagt."))
    else:
        messages.success(
            request,
            _("Übernommen. Den letzten Schritt können Sie zurücknehmen.") if went_on
            else _("Übernommen. Ein neuer Schritt ist daraus nicht geworden."),
        )  # fmt: skip
    return redirect("desk:places", person_id)


@screen(Policy.WORK, "POST")
def announce_again(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    """Such as after the place got a new link."""
    try:
        told_of = UUID(page) if (page := request.POST.get("told_of", "")) else None
    except ValueError as error:
        raise Http404 from error
    found = _open(request, person_id, "introduce")
    met = introduction_of(request.viewer, found, introduction_id)
    try:
        told = services.announce_again(
            person_id, introduction_id, version=met.version, by=request.viewer,
            agreed=request.POST.get("agreed") == "yes", told_of=told_of,
        )  # fmt: skip
    except PageChangedError:
        return _places(request, found, changed_at=introduction_id)
    except NotAgreedError:
        messages.error(request, _("Es wurde nichts geändert. Bitte fragen Sie die Person und kreuzen Sie ihr Ja an."))
    except (EditConflictError, StageError):
        messages.error(request, _("Geändert wurde nichts: Bitte sehen Sie nach, wie weit es ist."))
    else:
        _say_what_the_place_knows(request, met.offer, told=told, announced=True)
    return redirect("desk:places", person_id)


@screen(Policy.WORK, "POST")
def take_back(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    """Take the latest step back."""
    found = _open(request, person_id, "introduce")
    met = introduction_of(request.viewer, found, introduction_id)
    try:
        services.take_back(person_id, introduction_id, version=met.version, by=request.viewer)
    except (EditConflictError, StageError):
        messages.error(request, _("Es wurde nichts geändert. Bitte sehen Sie nach, wie weit es inzwischen ist."))
    else:
        messages.success(request, _("Zurückgenommen."))
    return redirect("desk:places", person_id)


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    services.delete_introduction(person_id, introduction_id, by=request.viewer)
    undo = reverse("desk:restore-introduction", args=[person_id, introduction_id])
    messages.success(request, _("Gelöscht."), extra_tags=f"undo:{undo}")
    return redirect("desk:places", person_id)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, introduction_id: UUID) -> HttpResponse:
    try:
        services.restore_introduction(person_id, introduction_id, by=request.viewer)
    except BegunError:
        messages.error(request, _("Es bleibt gelöscht: Für dieses Angebot gibt es inzwischen eine neue Vermittlung."))
    else:
        messages.success(request, _("Wieder da."))
    return redirect("desk:places", person_id)


def _open(request: StaffRequest, person_id: UUID, purpose: str) -> OpenPerson:
    pack = wording_now(get_language()).pack
    try:
        return open_person(request.viewer, person_id, purpose=purpose, also=ALSO, pack=pack)
    except PersonNotFoundError as error:
        raise Http404 from error


def _frame(found: OpenPerson) -> dict[str, Any]:
    return {"person": found, "tab": "places", "speaks": language_name(found.contact.language), "today": working_day()}


def _liked(liked: Liked, known: Interests) -> dict[str, Any]:
    language = get_language() or "de"
    named = sorted(liked.interests.items(), key=lambda pair: -pair[1])
    return {
        "interests": [(known.label(concept, language).text, strength, strength * 20) for concept, strength in named],
        "wishes": liked.wishes, "district": liked.district,
    }  # fmt: skip


def _born(found: OpenPerson) -> Born:
    return found.born(wording_now(get_language()).pack, working_day())


def _searched(q: str, liked: Liked, known: Interests, born: Born) -> list[Suggestion]:
    if not q:
        return []
    hits = list(search_offers(Search(), query=q, language=get_language() or "de")[:FOUND])
    return [why(liked, known, hit.offer.id, on=working_day(), born=born) for hit in hits]


def _met(met: Met, pages: Mapping[UUID, AtPlace], names: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    """`pages`: by introduction, what the page of the place shows; `names`: what the offers are called."""
    told = any(each.stage is Stage.ANNOUNCED for each in met.steps) and met.stage in SHOWN
    return {
        "at_place": pages.get(met.id) if told else None,
        "met": met, "stage": STAGES[met.stage], "offer": names[met.offer],
        "reason": WHY_ENDED.get(met.latest.reason, ""),
        "steps": [(each, STAGES[each.stage], WHY_ENDED.get(each.reason, "")) for each in met.steps],
        "goes_on": bool(FOLLOWS[met.stage]), "can_go_back": len(met.steps) > 1,
    }  # fmt: skip
