"""Documents of a person: hand in, list, download, delete."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.selectors import open_file, papers_of
from wegnetz.casework.services import delete_document, keep_document, restore_document
from wegnetz.core.middleware import takes_files
from wegnetz.desk.forms.journal import DocumentForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, open_person
from wegnetz.programme.pack.wording import Wording


@screen(Policy.PEOPLE)
def documents(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="documents", also=("documents",), pack=words.pack)
    form = DocumentForm(words) if found.involvement else None
    context = {
        "form": form, "papers": papers_of(request.viewer, found), "listed": True,
        "deleted": anything_deleted(request.viewer, person_id),
    }  # fmt: skip
    return _page(request, found, words, context)


@screen(Policy.WORK, "GET", "POST")
@takes_files
def keep(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="keep a document", pack=words.pack)
    # Only of what was sent now: asked for a file, Django would forget what `kept` has put into `request.POST`.
    files = request.FILES if request.method == "POST" else None
    form = DocumentForm(words, request.POST or None, files)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        keep_document(
            person_id, file.content, kind=form.cleaned_data["kind"], name=file.name, media_type=file.media_type,
            title=form.cleaned_data["title"].strip(), by=request.viewer,
        )  # fmt: skip
        messages.success(request, _("Das Dokument ist verschlüsselt gespeichert."))
        return redirect("desk:documents", person_id)
    return _page(request, found, words, {"form": form}, status=422 if form.is_bound else 200)


def _page(
    request: StaffRequest, found: OpenPerson, words: Wording, context: dict[str, Any], status: int = 200
) -> HttpResponse:  # fmt: skip
    papers = [
        {"paper": paper, "kind": words.text("care", "document-kinds", paper.kind)}
        for paper in context.get("papers", ())
    ]
    context |= {
        "person": found, "tab": "documents", "speaks": language_name(found.contact.language), "papers": papers,
    }  # fmt: skip
    return render(request, "desk/documents/list.html", context, status=status)


@screen(Policy.PEOPLE)
def file(request: StaffRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """The bytes, to be saved and not shown: a browser that shows them all the same runs nothing in them."""
    found = open_file(request.viewer, person_id, document_id)
    response = HttpResponse(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    delete_document(person_id, document_id, by=request.viewer)
    undo = reverse("desk:restore-document", args=[person_id, document_id])
    messages.success(request, _("Das Dokument ist gelöscht."), extra_tags=f"undo:{undo}")
    return redirect("desk:documents", person_id)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    restore_document(person_id, document_id, by=request.viewer)
    messages.success(request, _("Das Dokument ist wieder da."))
    return redirect("desk:documents", person_id)
