"""Contact points from files: hand in, see what would change, take over or leave it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.middleware import takes_files
from wegnetz.desk.entry_words import line
from wegnetz.desk.forms.directory import ImportForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.directory import services
from wegnetz.directory.importing.mapping import FIELDS, target
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.words import refusal, sentence
from wegnetz.directory.selectors import PointNotFoundError, TwiceError, What
from wegnetz.directory.selectors.imports import LEASE, Handed, Stage, handed, handed_in, sources
from wegnetz.directory.selectors.previews import Preview
from wegnetz.directory.services import PreviewChangedError

# In these stages it is the turn of whoever handed it in.
FOR_ONESELF = (Stage.SMALL, Stage.READY, Stage.STOPPED)


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
    found = handed_in(request.viewer)
    context = {
        "form": form, "waiting": found, "waits": any(each.stage in FOR_ONESELF for each in found),
        "sources": sources(request.viewer),
    }  # fmt: skip
    return render(request, "desk/directory/imports.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WHOLE_DIRECTORY)
def preview(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """What taking over would do, entry by entry, and what could not be read."""
    try:
        found = handed(request.viewer, import_id)
    except PointNotFoundError as error:
        raise Http404 from error
    except TwiceError as error:
        return _stopped(request, import_id, "twice", str(error))
    except ReadRefusedError as error:
        return _stopped(request, import_id, error.reason.value)
    if found.progress:
        context = {"found": found, "id": import_id, "stuck": timezone.now() - found.progress.since > LEASE}
        return render(request, "desk/directory/import_progress.html", context)
    if found.stage is Stage.DONE:
        return render(request, "desk/directory/import_done.html", {"found": found})
    if found.stage is Stage.STOPPED or found.preview is None:
        return _stopped(request, import_id, found.stopped_by, found.stopped_at)
    return _to_agree(request, found, found.preview)


def _to_agree(request: StaffRequest, found: Handed, shown: Preview) -> HttpResponse:
    lang = get_language() or "de"
    faults = [sentence(fault, shown.kind, lang) for fault in shown.faults]
    context = {
        "found": found, "id": found.id, "preview": shown, "counts": _counts(shown), "kept": shown.kept,
        "total": shown.total, "shown": [line(each) for each in shown.shown], "columns": _columns(shown, lang),
        "faults": faults, "more_faults": shown.number - len(faults), "number": shown.number,
    }  # fmt: skip
    return render(request, "desk/directory/import.html", context)


def _stopped(request: StaffRequest, import_id: UUID, why: str, at: str = "") -> HttpResponse:
    """What is wrong with a file, or what went wrong, and what to do. Nothing is changed in any case."""
    lang = get_language() or "de"
    refused = refusal(Reason(why), lang) if why in set(Reason) else ""
    context = {"id": import_id, "why": why, "refused": refused, "twice": at if why == "twice" else ""}
    return render(request, "desk/directory/import_stopped.html", context, status=409 if context["twice"] else 422)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def map_columns(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Which column goes into which field, and read it again. A field that does not exist is as good as none."""
    try:
        found = handed(request.viewer, import_id).preview
    except (PointNotFoundError, TwiceError, ReadRefusedError):
        found = None
    columns = found.columns if found else ()
    chosen = {column: request.POST.get(f"spalte-{number}", "") for number, column in enumerate(columns)}
    mapping = {column: field for column, field in chosen.items() if field and target(field) is not None}
    try:
        services.map_columns(import_id, mapping if columns else None, by=request.viewer)
    except PointNotFoundError as error:
        raise Http404 from error
    return redirect("desk:import", import_id)


@screen(Policy.WHOLE_DIRECTORY, "POST")
def take_over(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Only what the preview showed that was agreed to; otherwise the new one is shown."""
    agreed = request.POST.get("vorschau", "")[:64]
    try:
        plan = services.take_over_import(import_id, agreed=agreed, by=request.viewer, on=working_day())
    except PointNotFoundError as error:
        raise Http404 from error
    except PreviewChangedError:
        changed = _(
            "Inzwischen hat sich etwas geändert, und es ist noch nichts übernommen. "
            "Bitte sehen Sie sich die Vorschau noch einmal an."
        )
        messages.warning(request, changed)
        return redirect("desk:import", import_id)
    except (TwiceError, ReadRefusedError):
        return redirect("desk:import", import_id)
    if plan is None:
        return redirect("desk:import", import_id)
    number = plan.changing
    done = ngettext("%(n)d Eintrag ist übernommen.", "%(n)d Einträge sind übernommen.", number) % {"n": number}
    messages.success(request, done if number else _("Es war schon alles auf dem neuesten Stand."))
    return redirect("desk:directory")


@screen(Policy.WHOLE_DIRECTORY, "POST")
def discard(request: StaffRequest, import_id: UUID) -> HttpResponse:
    try:
        unused = services.discard_import(import_id, by=request.viewer)
    except PointNotFoundError as error:
        raise Http404 from error
    if unused:
        messages.success(request, _("Die Datei ist verworfen. Im Verzeichnis hat sich nichts geändert."))
    else:
        messages.warning(request, _("Die Datei war schon übernommen. Was in ihr steht, ist im Verzeichnis."))
    return redirect("desk:imports")


def _counts(found: Preview) -> list[tuple[str, int]]:
    words = {
        What.NEW: _("neu"), What.CHANGED: _("geändert"), What.BACK: _("wieder da"), What.GONE: _("entfernt"),
        What.SAME: _("unverändert"), What.REFUSED: _("weiterhin gelöscht"),
    }  # fmt: skip
    return [(word, found.counts[what]) for what, word in words.items() if found.counts.get(what)]


def _columns(reading: Preview, lang: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each column with the field chosen for it, and all that can be chosen."""
    choices = [(field.id, field.english if lang == "en" else field.german) for field in FIELDS.values()]
    return [
        (column, reading.mapping.get(column, ""), _with_own(choices, reading.mapping.get(column, "")))
        for column in reading.columns
    ]


def _with_own(choices: list[tuple[str, str]], chosen: str) -> list[tuple[str, str]]:
    """Texts may also be in another language, as in "name@ar"."""
    return choices if not chosen or chosen in dict(choices) else [*choices, (chosen, chosen)]
