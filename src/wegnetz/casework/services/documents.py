"""Keep documents, sealed; the file was checked before (`core.uploads`)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.casework.boxes import content_context
from wegnetz.casework.models import Document, DocumentContent
from wegnetz.core.crypto import seal
from wegnetz.participants.services import accompanied
from wegnetz.participants.services.records import add_record, delete_record, restore_record


@transaction.atomic
def keep_document(
    person: UUID, content: bytes, *, kind: str, title: str, name: str, media_type: str, by: Viewer
) -> UUID:
    """Seal and keep a document under the person's key."""
    row = add_record(
        Document, person, {"title": title, "name": name}, by=by, act="keep", kind=kind, media_type=media_type,
        size=len(content),
    )  # fmt: skip
    *_way, key = accompanied(by, person)
    box = seal(key, content, content_context(row.id, person, by.organisation))
    DocumentContent.objects.create(document=row, box=box)
    return row.id


@transaction.atomic
def delete_document(person: UUID, document: UUID, *, by: Viewer) -> None:
    delete_record(Document, person, document, by=by)


@transaction.atomic
def restore_document(person: UUID, document: UUID, *, by: Viewer) -> None:
    restore_record(Document, person, document, by=by)
