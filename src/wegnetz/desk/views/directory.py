"""The directory for those who keep it: contact points, their offers, and both in more languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.languages import OWN_NAMES, language_name, name_beside_own
from wegnetz.core.mails import sends_mails
from wegnetz.desk.conflicts import Difference
from wegnetz.desk.forms import language_choices
from wegnetz.desk.forms.directory import (
    OfferForm,
    PlaceForm,
    TranslationForm,
    offer_initial,
    place_initial,
    translated,
)
from wegnetz.desk.forms.hours import MORE, BaseRows, HoursRows, hours_initial, more_rows, typed_in
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.directory import entries, services
from wegnetz.directory.access import KEEPS_ALL, partners
from wegnetz.directory.entries import MOST_HOURS, Hours
from wegnetz.directory.selectors import (
    PointNotFoundError,
    StoredOffer,
    StoredPoint,
    kept_point,
    kept_points,
    places_to_confirm,
    same_place,
)
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.words import ages, cost, said, when
from wegnetz.directory.services import EditConflictError
from wegnetz.network.selectors import link_of, may_link

PAGE = 50
NOT_THE_SAME = "anderer-ort"  # the button that says which place a new one is not
FIELDS = {
    entries.NAME: PlaceForm.base_fields["name"].label, entries.TITLE: OfferForm.base_fields["title"].label,
    entries.DESCRIPTION: OfferForm.base_fields["description"].label,
    entries.DIRECTIONS: PlaceForm.base_fields["directions"].label,
    entries.JOINING: OfferForm.base_fields["joining"].label, entries.COST: OfferForm.base_fields["cost"].label,
}  # fmt: skip


@screen(Policy.DIRECTORY)
def directory(request: StaffRequest) -> HttpResponse:
    """What is the viewer's to keep, by name; first of all how much of it is to be confirmed."""
    named, gone = request.GET.get("q", "").replace("\0", "").strip()[:80], request.GET.get("sicht") == "geloescht"
    found = kept_points(request.viewer, named=named, gone=gone)
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "page": page, "points": page.object_list, "total": page.paginator.count, "q": named, "gone": gone,
        "overdue": places_to_confirm(request.viewer, on=working_day()), "keeps_all": request.viewer.role in KEEPS_ALL,
    }  # fmt: skip
    return render(request, "desk/directory/list.html", context)


@screen(Policy.DIRECTORY)
def point(request: StaffRequest, point_id: UUID) -> HttpResponse:
    found, language = _kept(request, point_id), get_language() or "de"
    known = interests()
    offers = [
        {
            "stored": stored, "title": said(stored.offer.wording, entries.TITLE, language), "ages": ages(stored.offer),
            "when": when(stored.offer.hours), "cost": cost(stored.offer),
            "concepts": [known.label(concept, language).text for concept in stored.offer.concepts],
            "spoken": [language_name(code) for code in stored.offer.languages],
            "languages": _languages(stored.offer.wording),
        }
        for stored in found.offers
    ]  # fmt: skip
    context = {
        "found": found, "name": said(found.point.wording, entries.NAME, language), "offers": offers,
        "description": said(found.point.wording, entries.DESCRIPTION, language), "when": when(found.point.hours),
        "directions": said(found.point.wording, entries.DIRECTIONS, language),
        "languages": _languages(found.point.wording), "keeps_all": request.viewer.role in KEEPS_ALL,
        "partners": partners() if request.viewer.role in KEEPS_ALL else [], "may_link": may_link(request.viewer),
        "link": link_of(request.viewer, point_id), "mails": sends_mails(), "today": working_day(),
    }  # fmt: skip
    return render(request, "desk/directory/point.html", context)


def _kept(request: StaffRequest, point_id: UUID) -> StoredPoint:
    try:
        return kept_point(request.viewer, point_id)
    except PointNotFoundError as error:
        raise Http404 from error


def _kept_offer(request: StaffRequest, point_id: UUID, offer_id: UUID) -> tuple[StoredPoint, StoredOffer]:
    found = _kept(request, point_id)
    offer = next((each for each in found.offers if each.id == offer_id), None)
    if offer is None:
        raise Http404
    return found, offer


def _languages(wording: entries.Wording) -> list[dict[str, str]]:
    """Each language a participant may read in, and how far it can be relied on; empty where nothing is said in it."""
    return [
        {
            "code": code, "name": name,
            "state": str(wording.translations[code].state(wording.source)) if code in wording.translations else "",
        }
        for code, name in language_choices()[1:]
        if code != wording.language
    ]  # fmt: skip


# --- contact points --------------------------------------------------------------------------------


@screen(Policy.DIRECTORY, "GET", "POST")
def new_point(request: StaffRequest) -> HttpResponse:
    form, rows = PlaceForm(request.POST or None), HoursRows(request.POST or None, prefix="zeiten")
    context = {"heading": _("Neuer Ort")}
    if MORE in request.POST:
        return _form_page(request, PlaceForm(initial=typed_in(form)), more_rows(rows), context)
    if request.method == "POST" and _all_valid(form, rows):
        typed = form.point(None, _hours(rows), working_day())
        if (there := same_place(typed)) and request.POST.get(NOT_THE_SAME) != str(there.id):
            there_already = {"there": there, "not_the_same": NOT_THE_SAME, "language": get_language()}
            return _form_page(request, form, rows, context | there_already, status=409)
        made = services.save_point(None, typed, by=request.viewer)
        messages.success(request, _("Der Ort steht im Verzeichnis. Als Nächstes: Was kann man dort machen?"))
        return redirect("desk:point", made)
    return _form_page(request, form, rows, context)


@screen(Policy.DIRECTORY, "GET", "POST")
def change_point(request: StaffRequest, point_id: UUID) -> HttpResponse:
    found = _kept(request, point_id)
    form = PlaceForm(request.POST or None, initial=place_initial(found.point, found.version))
    rows = HoursRows(request.POST or None, initial=hours_initial(found.point.hours), prefix="zeiten")
    context = {"heading": said(found.point.wording, entries.NAME, get_language() or "de").text, "found": found}
    if MORE in request.POST:
        return _form_page(request, PlaceForm(initial=typed_in(form)), more_rows(rows), context)
    if request.method == "POST" and _all_valid(form, rows):
        changed = form.point(found.point, _hours(rows), working_day())
        try:
            services.save_point(point_id, changed, version=form.cleaned_data["version"] or 0, by=request.viewer)
        except EditConflictError:
            return _conflict(request, form, rows, found.point.hours, place_initial(found.point, found.version), context)
        messages.success(request, _("Gespeichert."))
        return redirect("desk:point", point_id)
    return _form_page(request, form, rows, context)


@screen(Policy.DIRECTORY, "POST")
def confirm(request: StaffRequest, point_id: UUID) -> HttpResponse:
    _done(lambda: services.confirm(point_id, by=request.viewer, on=working_day()))
    messages.success(request, _("Bestätigt: Heute stimmt alles zu diesem Ort."))
    return redirect("desk:point", point_id)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def give(request: StaffRequest, point_id: UUID) -> HttpResponse:
    wished = request.POST.get("organisation", "")
    organisation, name = next((each for each in partners() if str(each[0]) == wished), (None, ""))
    _done(lambda: services.give_to(point_id, organisation, by=request.viewer))
    if organisation:
        messages.success(request, _("%(name)s pflegt diesen Ort ab jetzt selbst.") % {"name": name})
        return redirect("desk:directory")
    messages.success(request, _("Diesen Ort pflegen jetzt wieder Sie."))
    return redirect("desk:point", point_id)


@screen(Policy.DIRECTORY, "POST")
def delete_point(request: StaffRequest, point_id: UUID) -> HttpResponse:
    _done(lambda: services.delete_point(point_id, by=request.viewer, on=working_day()))
    undo = reverse("desk:restore-point", args=[point_id])
    messages.success(request, _("Der Ort steht nicht mehr im Verzeichnis."), extra_tags=f"undo:{undo}")
    return redirect("desk:directory")


@screen(Policy.DIRECTORY, "POST")
def restore_point(request: StaffRequest, point_id: UUID) -> HttpResponse:
    _done(lambda: services.restore_point(point_id, by=request.viewer))
    messages.success(request, _("Der Ort steht wieder im Verzeichnis."))
    return redirect("desk:point", point_id)


@screen(Policy.DIRECTORY, "GET", "POST")
def translate_point(request: StaffRequest, point_id: UUID, language: str) -> HttpResponse:
    found = _kept(request, point_id)
    wording = found.point.wording

    def save(new: entries.Wording, version: int) -> None:
        changed = entries.reworded(found.point, new)
        services.save_point(point_id, changed, version=version, by=request.viewer)

    return _translate(request, found, wording, language, found.version, save)


# --- offers ----------------------------------------------------------------------------------------


@screen(Policy.DIRECTORY, "GET", "POST")
def new_offer(request: StaffRequest, point_id: UUID) -> HttpResponse:
    found = _kept(request, point_id)
    form, rows = OfferForm(interests(), request.POST or None), HoursRows(request.POST or None, prefix="zeiten")
    context = {"heading": _("Neues Angebot"), "found": found}
    if MORE in request.POST:
        return _form_page(request, OfferForm(interests(), initial=typed_in(form)), more_rows(rows), context)
    if request.method == "POST" and _all_valid(form, rows):
        services.save_offer(point_id, None, form.offer(None, _hours(rows), working_day()), by=request.viewer)
        messages.success(request, _("Das Angebot steht im Verzeichnis."))
        return redirect("desk:point", point_id)
    return _form_page(request, form, rows, context)


@screen(Policy.DIRECTORY, "GET", "POST")
def change_offer(request: StaffRequest, point_id: UUID, offer_id: UUID) -> HttpResponse:
    found, stored = _kept_offer(request, point_id, offer_id)
    form = OfferForm(interests(), request.POST or None, initial=offer_initial(stored.offer, stored.version))
    rows = HoursRows(request.POST or None, initial=hours_initial(stored.offer.hours), prefix="zeiten")
    heading = said(stored.offer.wording, entries.TITLE, get_language() or "de").text
    context = {"heading": heading, "found": found, "offer": stored}
    if MORE in request.POST:
        return _form_page(request, OfferForm(interests(), initial=typed_in(form)), more_rows(rows), context)
    if request.method == "POST" and _all_valid(form, rows):
        changed, version = form.offer(stored.offer, _hours(rows), working_day()), form.cleaned_data["version"] or 0
        try:
            services.save_offer(point_id, offer_id, changed, version=version, by=request.viewer)
        except EditConflictError:
            return _conflict(
                request, form, rows, stored.offer.hours, offer_initial(stored.offer, stored.version), context
            )
        messages.success(request, _("Gespeichert."))
        return redirect("desk:point", point_id)
    return _form_page(request, form, rows, context)


@screen(Policy.DIRECTORY, "POST")
def delete_offer(request: StaffRequest, point_id: UUID, offer_id: UUID) -> HttpResponse:
    _done(lambda: services.delete_offer(point_id, offer_id, by=request.viewer, on=working_day()))
    undo = reverse("desk:restore-offer", args=[point_id, offer_id])
    messages.success(request, _("Das Angebot steht nicht mehr im Verzeichnis."), extra_tags=f"undo:{undo}")
    return redirect("desk:point", point_id)


@screen(Policy.DIRECTORY, "POST")
def restore_offer(request: StaffRequest, point_id: UUID, offer_id: UUID) -> HttpResponse:
    _done(lambda: services.restore_offer(point_id, offer_id, by=request.viewer))
    messages.success(request, _("Das Angebot steht wieder im Verzeichnis."))
    return redirect("desk:point", point_id)


@screen(Policy.DIRECTORY, "GET", "POST")
def translate_offer(request: StaffRequest, point_id: UUID, offer_id: UUID, language: str) -> HttpResponse:
    found, stored = _kept_offer(request, point_id, offer_id)

    def save(new: entries.Wording, version: int) -> None:
        changed = entries.reworded(stored.offer, new)
        services.save_offer(point_id, offer_id, changed, version=version, by=request.viewer)

    return _translate(request, found, stored.offer.wording, language, stored.version, save)


# --- what they share -------------------------------------------------------------------------------


def _done(act: Callable[[], None]) -> None:
    try:
        act()
    except PointNotFoundError as error:
        raise Http404 from error


def _all_valid(form: PlaceForm | OfferForm, rows: BaseRows) -> bool:
    """Both are asked, so that all that is wrong is said at once."""
    return all([form.is_valid(), rows.is_valid()])


def _hours(rows: BaseRows) -> Sequence[Hours]:
    today = working_day()
    return [hours for row in rows if row.has_changed() or row.initial if (hours := row.hours(today)) is not None]


def _form_page(
    request: StaffRequest, form: PlaceForm | OfferForm, rows: BaseRows, context: dict[str, Any],
    status: int | None = None,
) -> HttpResponse:  # fmt: skip
    whole = context | {"form": form, "rows": rows, "more": MORE, "most": MOST_HOURS}
    return render(request, "desk/directory/form.html", whole, status=status or (422 if form.is_bound else 200))


def _conflict(
    request: StaffRequest, form: PlaceForm | OfferForm, rows: BaseRows, hours: Sequence[Hours],
    stored: dict[str, Any], context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Both versions side by side, of the times too; sending again keeps what stands in the form."""
    differing = [
        Difference(str(field.label), mine, theirs)
        for name, field in form.fields.items()
        if not field.widget.is_hidden and form[name].field.has_changed(stored.get(name), form[name].data)
        # Interests are typed as words and stored by their ids.
        if (mine := _shown(form, name, form.cleaned_data[name])) != (theirs := _shown(form, name, stored.get(name)))
    ]
    if (times := tuple(_hours(rows))) != tuple(hours):
        differing.append(Difference(_("Wann?"), "\n".join(when(times)), "\n".join(when(hours))))
    form.data = _on_top_of(request, stored["version"])
    return _form_page(request, form, rows, context | {"conflict": differing}, status=409)


def _on_top_of(request: StaffRequest, version: int) -> QueryDict:
    """What was typed, to be sent again on top of the version that is stored now."""
    again = request.POST.copy()
    again["version"] = str(version)
    return again


def _shown(form: PlaceForm | OfferForm, name: str, value: Any) -> str:
    shown = form.fields[name].prepare_value(value)
    return ", ".join(map(str, shown)) if isinstance(shown, list | tuple) else "" if shown is None else str(shown)


def _translate(
    request: StaffRequest, found: StoredPoint, wording: entries.Wording, language: str, version: int,
    save: Callable[[entries.Wording, int], None],
) -> HttpResponse:  # fmt: skip
    if language not in OWN_NAMES or language == wording.language:
        raise Http404
    before = wording.translations.get(language, entries.Translation())
    initial = {**before.texts, "machine": before.machine, "version": version}
    named = {name: str(label) for name, label in FIELDS.items() if name in wording.source.texts}
    form = TranslationForm(named, wording.source, language, request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            save(translated(wording, language, form.translation), form.cleaned_data["version"] or 0)
        except EditConflictError:
            changed = _(
                "Inzwischen hat jemand anderes etwas geändert. Ihr Text steht noch hier: "
                "Speichern Sie ihn, wenn er noch passt."
            )
            form.add_error(None, changed)
            form.data = _on_top_of(request, version)
            status = 409
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:point", found.id)
    state = str(before.state(wording.source)) if before.texts else ""
    context = {"form": form, "found": found, "language": language, "name": name_beside_own(language), "state": state}
    return render(request, "desk/directory/translate.html", context, status=status)
