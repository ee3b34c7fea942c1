"""Contact points from files: hand in, see what would change, take over or leave it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.middleware import takes_files
from wegnetz.desk.forms.directory import ImportForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.directory import services
from wegnetz.directory.importing.mapping import FIELDS, target
from wegnetz.directory.importing.outcome import Reading
from wegnetz.directory.importing.refusals import ReadRefusedError
from wegnetz.directory.importing.words import refusal, sentence
from wegnetz.directory.selectors import PointNotFoundError, What
from wegnetz.directory.selectors.imports import Handed, Planned, TwiceError, handed, handed_in, is_complete, sources
from wegnetz.directory.selectors.words import language_name

MOST_SHOWN = 200


@screen(Policy.WHOLE_DIRECTORY, "GET", "POST")
@takes_files
def imports(request: StaffRequest) -> HttpResponse:
    # Only of what was sent now: asked for a file, Django would forget what `kept` has put into `request.POST`.
    files = request.FILES if request.method == "POST" else None
    form = ImportForm(sources(request.viewer), request.POST or None, files)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.hand_in_from(
                name=form.source, attribution=data["attribution"], licence=data["licence"], files=form.contents,
                by=request.viewer, on=working_day(),
            )  # fmt: skip
        except services.TooManyWaitingError:
            form.add_error(None, _("Fünf Dateien warten schon. Übernehmen oder verwerfen Sie erst eine davon."))
        except ReadRefusedError as error:
            form.add_error("file", refusal(error.reason, get_language() or "de"))
        else:
            return redirect("desk:import", made)
    context = {"form": form, "waiting": handed_in(request.viewer), "sources": sources(request.viewer)}
    return render(request, "desk/directory/imports.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WHOLE_DIRECTORY)
def preview(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """What taking over would do, entry by entry, and what could not be read."""
    try:
        found = handed(request.viewer, import_id)
    except PointNotFoundError as error:
        raise Http404 from error
    except TwiceError as error:
        return render(request, "desk/directory/import.html", {"twice": str(error), "id": import_id}, status=409)
    except ReadRefusedError as error:
        refused = refusal(error.reason, get_language() or "de")
        return render(request, "desk/directory/import.html", {"refused": refused, "id": import_id}, status=422)
    lang = get_language() or "de"
    number = len(found.reading.faults)
    faults = [sentence(fault, found.reading.kind, lang) for fault in found.reading.faults[:MOST_SHOWN]]
    touched = found.plan.touched
    context = {
        "found": found, "id": import_id, "counts": _counts(found), "kept": found.plan.kept, "total": len(touched),
        "shown": [_line(each) for each in touched[:MOST_SHOWN]], "columns": _columns(found.reading, lang),
        "faults": faults, "more_faults": number - len(faults), "number": number,
        "complete": is_complete(found.reading),
    }  # fmt: skip
    return render(request, "desk/directory/import.html", context)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def map_columns(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Which column goes into which field. A field that does not exist is as good as none."""
    try:
        columns = handed(request.viewer, import_id).reading.columns
    except (PointNotFoundError, TwiceError, ReadRefusedError):
        columns = ()
    chosen = {column: request.POST.get(f"spalte-{number}", "") for number, column in enumerate(columns)}
    mapping = {column: field for column, field in chosen.items() if field and target(field) is not None}
    try:
        services.map_columns(import_id, mapping, by=request.viewer)
    except PointNotFoundError as error:
        raise Http404 from error
    return redirect("desk:import", import_id)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def take_over(request: StaffRequest, import_id: UUID) -> HttpResponse:
    try:
        plan = services.take_over_import(import_id, by=request.viewer, on=working_day())
    except PointNotFoundError as error:
        raise Http404 from error
    except (TwiceError, ReadRefusedError):
        return redirect("desk:import", import_id)
    number = len([each for each in plan.touched if each.what is not What.REFUSED])
    done = ngettext("%(n)d Eintrag ist übernommen.", "%(n)d Einträge sind übernommen.", number) % {"n": number}
    messages.success(request, done if number else _("Es war schon alles auf dem neuesten Stand."))
    return redirect("desk:directory")


@screen(Policy.WHOLE_DIRECTORY, "POST")
def discard(request: StaffRequest, import_id: UUID) -> HttpResponse:
    try:
        services.discard_import(import_id, by=request.viewer)
    except PointNotFoundError as error:
        raise Http404 from error
    messages.success(request, _("Die Datei ist verworfen. Im Verzeichnis hat sich nichts geändert."))
    return redirect("desk:imports")


def _counts(found: Handed) -> list[tuple[str, int]]:
    words = {
        What.NEW: _("neu"), What.CHANGED: _("geändert"), What.BACK: _("wieder da"), What.GONE: _("entfernt"),
        What.SAME: _("unverändert"), What.REFUSED: _("weiterhin gelöscht"),
    }  # fmt: skip
    return [(word, found.plan.count(what)) for what, word in words.items() if found.plan.count(what)]


def _line(each: Planned) -> dict[str, Any]:
    return {
        "title": each.title, "what": str(each.what), "is_offer": bool(each.offer),
        "changes": [(_path_name(change.path), change.before, change.after) for change in each.changes[:12]],
        "kept": [_path_name(change.path) for change in each.kept],
    }  # fmt: skip


def _columns(reading: Reading, lang: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each column with the field chosen for it, and all that can be chosen."""
    choices = [(field.id, field.english if lang == "en" else field.german) for field in FIELDS.values()]
    return [
        (column, reading.mapping.get(column, ""), _with_own(choices, reading.mapping.get(column, "")))
        for column in reading.columns
    ]


def _with_own(choices: list[tuple[str, str]], chosen: str) -> list[tuple[str, str]]:
    """Texts may also be in another language, as in "name@ar"."""
    return choices if not chosen or chosen in dict(choices) else [*choices, (chosen, chosen)]


def _path_name(path: tuple[str, ...]) -> str:
    """What a part of an entry is called where changes are shown."""
    names = {
        "name": _("Name"), "title": _("Titel"), "description": _("Beschreibung"),
        "directions": _("Anfahrt"), "joining": _("So macht man mit"), "cost": _("Hinweis zum Preis"),
        "operator": _("Betrieben von"), "street": _("Straße"), "postcode": _("Postleitzahl"),
        "town": _("Ort"), "district": _("Stadtteil"), "country": _("Land"), "lat": _("Breitengrad"),
        "lon": _("Längengrad"), "email": _("E-Mail"), "phone": _("Telefon"),
        "website": _("Internetseite"), "accessible": _("Mit Rollstuhl erreichbar"),
        "hours": _("Zeiten"), "confirmed_on": _("Zuletzt bestätigt"), "closed": _("geschlossen"),
        "concepts": _("Interessen"), "languages": _("Sprachen"), "interpreter": _("Dolmetschen"),
        "age_from": _("Mindestalter"), "age_to": _("Höchstalter"),
        "cost_cents": _("Preis in Cent"), "women_only": _("Nur für Frauen"), "capacity": _("Plätze"),
    }  # fmt: skip
    name = names.get(path[-1], path[-1])
    if path[:2] == ("wording", "translations"):
        return f"{name} ({language_name(path[2])})"
    return f"{name} ({_('Kontakt')})" if path[0] == "contact" and path[-1] == "name" else name
