"""PDF is built anew: what its pages draw stays, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from tests.core import hostile
from tests.core.hostile import names, stream
from wegnetz.core.uploads.harmless import harmless
from wegnetz.core.uploads.pdf import without_notes
from wegnetz.core.uploads.refusals import Reason, UploadRefusedError

# What makes a PDF act, carry files or tell of itself, wherever it stands (ISO 32000-2, 12.6, 7.11.4, 14.3).
TELLTALES = {
    "/A", "/AA", "/JS", "/JavaScript", "/OpenAction", "/Names", "/AcroForm", "/EmbeddedFiles", "/EF", "/FS", "/URI",
    "/Metadata", "/Info", "/PieceInfo", "/Author",
}  # fmt: skip


def rebuilt(content: bytes) -> Any:
    """What pypdf reads of the result; to its types the values of a dictionary are anything."""
    return PdfReader(BytesIO(harmless("PDF", content)))


def refusal(content: bytes) -> Reason:
    with pytest.raises(UploadRefusedError) as caught:
        harmless("PDF", content)
    return caught.value.reason


def everything_in(reader: PdfReader) -> Iterator[PdfObject]:
    """Every object that can be reached from the beginning of the document."""
    seen: set[tuple[int, int]] = set()
    waiting: list[PdfObject | None] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) not in seen:
                seen.add((found.idnum, found.generation))
                waiting.append(found.get_object())
            continue
        if found is not None:
            yield found
        if isinstance(found, DictionaryObject):
            waiting += [found.raw_get(key) for key in found]
        elif isinstance(found, ArrayObject):
            waiting += found


def keys_in(reader: PdfReader, but: str = "/XObject") -> set[str]:
    """The keys of all dictionaries but those whose keys are free names."""
    found = [entry for entry in everything_in(reader) if isinstance(entry, DictionaryObject)]
    free = [id(entry[but]) for entry in found if but in entry]
    return {key for entry in found if id(entry) not in free for key in entry}


def drawn(reader: Any) -> list[bytes]:
    return [page["/Contents"].get_data() for page in reader.pages]


def photo(reader: Any) -> Any:
    return reader.pages[0]["/Resources"]["/XObject"]["/A"]


def test_nothing_that_acts_carries_or_tells_is_left() -> None:
    content = hostile.acting_pdf()
    assert keys_in(PdfReader(BytesIO(content))) & TELLTALES == TELLTALES
    after = harmless("PDF", content)
    assert keys_in(PdfReader(BytesIO(after))) & TELLTALES == set()
    assert hostile.SECRET.encode() in content
    assert [word for word in (hostile.SECRET.encode(), b"JavaScript", b"macro.exe") if word in after] == []


def test_what_the_pages_draw_stays() -> None:
    content = hostile.acting_pdf()
    before, after = PdfReader(BytesIO(content)), rebuilt(content)
    assert drawn(after) == drawn(before)
    assert after.pages[0].mediabox == before.pages[0].mediabox
    assert photo(after)["/Width"] == 40


def test_a_photograph_in_a_pdf_loses_the_place_and_keeps_its_pixels() -> None:
    taken = hostile.photograph()
    after = photo(rebuilt(hostile.acting_pdf()))._data
    with Image.open(BytesIO(taken)) as before, Image.open(BytesIO(after)) as found:
        assert (dict(found.getexif()), found.tobytes()) == ({}, before.tobytes())


def test_a_photograph_that_is_packed_twice_loses_the_place_too() -> None:
    writer = PdfWriter()
    page = hostile.page_with(writer, zlib.compress(hostile.photograph()))
    packed = page["/Resources"]["/XObject"]["/A"]
    packed.update(names(Filter=["/FlateDecode", "/DCTDecode"]))
    after = photo(rebuilt(hostile.written(writer)))
    assert (after["/Filter"], after._data) == ("/DCTDecode", without_notes(hostile.photograph()))


@given(st.binary(max_size=200))
def test_a_jpeg_without_its_notes_shows_the_same(tail: bytes) -> None:
    for options in ({}, {"progressive": True}, {"restart_marker_blocks": 1}):
        whole = hostile.picture("JPEG", exif=hostile.notes(), comment=hostile.SECRET, **options)
        plain = without_notes(whole)
        with Image.open(BytesIO(whole)) as before, Image.open(BytesIO(plain)) as after:
            assert (after.tobytes(), hostile.SECRET.encode() in plain) == (before.tobytes(), False)
        assert without_notes(plain) == without_notes(whole + tail) == plain


@given(st.binary(max_size=60))
def test_what_is_no_jpeg_is_no_reason_to_fail(content: bytes) -> None:
    assert len(without_notes(content)) <= len(content)


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_opens_without_a_password_is_kept_unlocked(algorithm: str) -> None:
    after = rebuilt(hostile.locked_pdf("", algorithm))
    assert (after.is_encrypted, drawn(after)) == (False, [b"q 100 0 0 50 0 0 cm /A Do Q 0 0 9 9 re f"])


@pytest.mark.parametrize("algorithm", ["RC4-40", "AES-256"])
def test_a_pdf_that_needs_a_password_is_refused(algorithm: str) -> None:
    assert refusal(hostile.locked_pdf("geheim", algorithm)) == Reason.ENCRYPTED


def test_a_filled_in_form_stays_as_it_looks() -> None:
    after = rebuilt(hostile.form_pdf("Selam", NeedAppearances=False))
    (stamp,) = after.pages[0]["/Annots"]
    assert sorted(stamp) == ["/AP", "/F", "/Rect", "/Subtype", "/Type"]
    assert (stamp["/Subtype"], stamp["/AP"]["/N"].get_data()) == ("/Stamp", b"0 0 5 5 re f")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (hostile.form_pdf("Selam", drawn=False), Reason.FORM),
        (hostile.form_pdf(["Selam"], drawn=False), Reason.FORM),
        (hostile.form_pdf("Selam", NeedAppearances=True), Reason.FORM),
        (hostile.form_pdf(XFA=["x"]), Reason.FORM),
    ],
)
def test_a_form_whose_words_would_be_lost_is_refused(content: bytes, reason: Reason) -> None:
    assert refusal(content) == reason


@pytest.mark.parametrize("value", [None, "", "/Off", []])
def test_a_form_with_nothing_filled_in_is_kept(value: object) -> None:
    assert len(rebuilt(hostile.form_pdf(value, drawn=False, NeedAppearances=True)).pages) == 1


def test_what_a_page_inherits_and_layers_stay() -> None:
    writer = PdfWriter()
    page = hostile.page_with(writer, hostile.picture("JPEG"))
    layer = writer._add_object(names(Type="/OCG", Name="Ebene", Usage=names(CreatorInfo=names(Creator=hostile.SECRET))))
    page["/Resources"].update(names(Properties=names(Metadata=layer)))
    writer.root_object.update(names(OCProperties=names(OCGs=[layer], D=names(OFF=[layer]))))
    for key in ("/MediaBox", "/Resources"):
        page["/Parent"][NameObject(key)] = page.raw_get(key)
        del page[key]
    page["/Parent"].update(names(Rotate=90))
    after = rebuilt(hostile.written(writer))
    shown, off = after.pages[0], after.root_object["/OCProperties"]["/D"]["/OFF"]
    assert (shown["/Rotate"], shown.mediabox.width, photo(after)["/Width"]) == (90, 200, 40)
    assert off[0] == shown["/Resources"]["/Properties"].raw_get("/Metadata")
    assert off[0].get_object() == names(Type="/OCG", Name="Ebene")


def test_objects_that_refer_to_each_other_in_circles_are_copied_once() -> None:
    writer = PdfWriter()
    page = hostile.page_with(writer, hostile.picture("JPEG"))
    look = stream(b"0 0 1 1 re f", Type="/XObject", Subtype="/Form", BBox=[0, 0, 1, 1])
    own = writer._add_object(look)
    look.update(names(Resources=names(XObject=names(Usage=own), Mine=hostile.SECRET), Metadata=own, F=hostile.SECRET))
    page["/Resources"]["/XObject"].update(names(B=own))
    after = rebuilt(hostile.written(writer))
    found = after.pages[0]["/Resources"]["/XObject"]
    assert list(found["/B"]["/Resources"]) == ["/XObject"]
    assert found["/B"]["/Resources"]["/XObject"].raw_get("/Usage") == found.raw_get("/B")
    assert sorted(found["/B"]) == ["/BBox", "/Resources", "/Subtype", "/Type"]


POLYGLOTS = {
    "a page behind it": hostile.form_pdf() + b"\n<html><script>alert(1)</script></html>",
    "an archive behind it": hostile.form_pdf() + hostile.docx(),
    "a page in a remark of the file": b"%PDF-1.7\n%<html><script>alert(1)</script>\n" + hostile.form_pdf(),
}


@pytest.mark.parametrize("what", POLYGLOTS)
def test_a_pdf_that_is_something_else_too_is_only_a_pdf_afterwards(what: str) -> None:
    after = harmless("PDF", POLYGLOTS[what])
    assert [mark for mark in (b"<html", b"<script", b"PK\x03\x04") if mark in after] == []
    assert drawn(PdfReader(BytesIO(after))) == drawn(PdfReader(BytesIO(hostile.form_pdf())))


def test_a_pdf_without_pages_is_refused() -> None:
    assert refusal(hostile.written(PdfWriter())) == Reason.BROKEN


def test_building_anew_twice_changes_nothing_more() -> None:
    once = harmless("PDF", hostile.acting_pdf())
    assert harmless("PDF", once) == harmless("PDF", harmless("PDF", once))
