"""Documents: checked before they are kept, sealed, given out as a file that runs nothing, and brought back."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.people import CANARY_A, DB, Cast, Desk
from tests.statements import watched
from wegnetz.audit.models import Event
from wegnetz.casework.models import Document, DocumentContent
from wegnetz.casework.openings import Paper
from wegnetz.casework.selectors import papers_of
from wegnetz.casework.services import keep_document
from wegnetz.participants.selectors import open_person

pytestmark = DB


def at(name: str, cast: Cast, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"person_id": cast.yonas.id, **parts})


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    return content.getvalue()


def file(name: str = "Zeugnis Müller.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="text/html")


def papers(cast: Cast) -> tuple[Paper, ...]:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("documents",))
    return papers_of(cast.ilka.viewer, person)


def kept(cast: Cast, title: str = "Zeugnis") -> UUID:
    return keep_document(
        cast.yonas.id, picture(), kind="certificate", title=title, name=f"{CANARY_A}.png", media_type="image/png",
        by=cast.ilka.viewer,
    )  # fmt: skip


def test_a_document_is_kept_sealed_and_listed(ilka: Desk, cast: Cast) -> None:
    sent = {"file": file(), "kind": "certificate", "title": "Schulzeugnis"}
    assert ilka.post(at("keep-document", cast), sent).status_code == 302
    (paper,) = papers(cast)
    assert (paper.title, paper.name, paper.kind, paper.media_type) == (
        "Schulzeugnis", "Zeugnis Müller.png", "certificate", "image/png",
    )  # fmt: skip
    assert b"PNG" not in bytes(DocumentContent.objects.get().box)
    assert "Schulzeugnis" in ilka.get(at("documents", cast)).content.decode()


def test_what_is_no_document_is_refused_with_what_to_do_and_the_rest_stays(ilka: Desk, cast: Cast) -> None:
    sent = {"file": file("brief.docx", b"PK\x03\x04 macros"), "kind": "cv", "title": "Lebenslauf"}
    page = ilka.post(at("keep-document", cast), sent)
    assert (page.status_code, list(page.context["form"].errors), papers(cast)) == (422, ["file"], ())
    assert (page.context["form"]["title"].value(), page.context["form"]["kind"].value()) == ("Lebenslauf", "cv")
    assert "Bitte speichern Sie das Dokument als PDF." in page.content.decode()


def test_without_a_file_or_a_kind_nothing_is_kept(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("keep-document", cast), {"kind": "", "title": ""})
    assert (page.status_code, sorted(page.context["form"].errors), papers(cast)) == (422, ["file", "kind"], ())


def test_a_file_is_given_out_to_be_saved_and_runs_nothing(ilka: Desk, cast: Cast) -> None:
    answer = ilka.get(at("document-file", cast, document_id=kept(cast)))
    assert answer.content == picture()
    wanted = (
        "Content-Type",
        "Content-Disposition",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cache-Control",
    )
    assert [answer.headers[name] for name in wanted] == [
        "image/png", f'attachment; filename="{CANARY_A}.png"', "sandbox; default-src 'none'", "nosniff", "no-store",
    ]  # fmt: skip


def test_opening_a_file_is_recorded(ilka: Desk, cast: Cast) -> None:
    document = kept(cast)
    before = Event.objects.filter(action="open", category="documents").count()
    ilka.get(at("document-file", cast, document_id=document))
    event = Event.objects.filter(action="open", category="documents").latest("sequence")
    assert (Event.objects.filter(action="open").count(), [s.subject for s in event.subjects.all()]) == (
        before + 1, [cast.yonas.id],
    )  # fmt: skip


def test_a_deleted_document_opens_no_more_and_comes_back_with_one_click(ilka: Desk, cast: Cast) -> None:
    document = kept(cast)
    assert ilka.post(at("delete-document", cast, document_id=document)).status_code == 302
    undo = at("restore-document", cast, document_id=document)
    assert f'action="{undo}"' in ilka.get(at("documents", cast)).content.decode()
    assert ilka.get(at("document-file", cast, document_id=document)).status_code == 404
    assert (ilka.post(undo).status_code, [paper.id for paper in papers(cast)]) == (302, [document])


def test_only_the_upload_takes_a_large_request(ilka: Desk, cast: Cast) -> None:
    large = {"title": "x" * 2_000_000}
    refused = ilka.post(at("write-entry", cast), large)
    assert (refused.status_code, "Sonst ist nichts verloren" in refused.content.decode()) == (413, True)
    for name, status in (("keep-document", 422), ("documents", 413), ("draft", 413)):
        parts = {"form": "journal"} if name == "draft" else {}
        sent = {"file": file(content=b"x" * 2_000_000), "kind": "cv"}
        assert (name, ilka.post(at(name, cast, **parts), sent).status_code) == (name, status)


def test_a_list_of_documents_opens_none_of_them_and_costs_the_same(ilka: Desk, cast: Cast) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            kept(cast)
        with watched() as statements:
            ilka.get(at("documents", cast))
        assert [s for s in statements if "casework_documentcontent" in s.sql] == []
        numbers.append(len([s for s in statements if s.sql.startswith("SELECT")]))
    assert (numbers[0], numbers[0] <= 20) == (numbers[1], True)


def test_nobody_else_gets_at_a_document(bea: Desk, cast: Cast) -> None:
    document = kept(cast, CANARY_A)
    rows = list(Document.objects.values())
    for name in ("document-file", "delete-document", "restore-document"):
        url = at(name, cast, document_id=document)
        for answer in (bea.get(url), bea.post(url)):
            assert (name, answer.status_code in {404, 405}, CANARY_A.encode() in answer.content) == (name, True, False)
    assert list(Document.objects.values()) == rows
