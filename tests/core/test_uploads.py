"""What somebody hands in: kept only when it is what we keep, and never as it came."""

from __future__ import annotations

import contextlib
import resource
import shutil
import sys
import tempfile
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core import hostile
from wegnetz.core.uploads import Kind, Reason, Upload, UploadRefusedError, read_upload
from wegnetz.core.uploads.apart import read_apart
from wegnetz.core.uploads.harmless import harmless
from wegnetz.core.uploads.names import MAX_NAME, clean_name, ending_of

PDF = hostile.form_pdf("Selam")


def read(content: bytes, name: str = "datei") -> Upload:
    return read_upload(BytesIO(content), name=name)


def refusal(content: bytes, name: str = "datei") -> Reason:
    with pytest.raises(UploadRefusedError) as caught:
        read(content, name)
    assert caught.value.args == (caught.value.reason.value,)
    return caught.value.reason


# --- what is kept ------------------------------------------------------------------------------------

KEPT = {
    "brief.pdf": (PDF, Kind.PDF, "brief.pdf"),
    "BRIEF.PDF": (PDF, Kind.PDF, "BRIEF.pdf"),
    "Scan": (PDF, Kind.PDF, "Scan.pdf"),
    "Brief vom 3.10.2021": (PDF, Kind.PDF, "Brief vom 3.10.2021.pdf"),
    "ausweis.jpeg": (hostile.photograph(), Kind.JPEG, "ausweis.jpg"),
    "ausweis.png": (hostile.photograph(), Kind.JPEG, "ausweis.jpg"),
    "IMG_1.HEIC": (hostile.photograph(), Kind.JPEG, "IMG_1.jpg"),
    "bild.png": (hostile.picture("PNG"), Kind.PNG, "bild.png"),
    "bild.webp": (hostile.picture("WEBP"), Kind.JPEG, "bild.jpg"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_named_after_its_content(name: str) -> None:
    content, kind, kept_as = KEPT[name]
    found = read(content, name)
    assert (found.kind, found.media_type, found.name) == (kind, kind.media_type, kept_as)


def test_no_secret_of_a_file_is_kept() -> None:
    for content in (hostile.acting_pdf(), hostile.photograph(), hostile.photograph("PNG"), hostile.photograph("WEBP")):
        assert (hostile.SECRET.encode() in content, hostile.SECRET.encode() in read(content).content) == (True, False)


def test_a_file_shows_nothing_of_itself_where_something_goes_wrong() -> None:
    assert repr(read(PDF, "Duldung Samira.pdf")) == "Upload(kind=<Kind.PDF: ('application/pdf', 'pdf')>)"


# --- what is refused ---------------------------------------------------------------------------------

HTML = b"<html><script>alert(1)</script></html>"
REFUSED = {
    "nothing": (b"", Reason.EMPTY),
    "one byte": (b"%", Reason.UNKNOWN_TYPE),
    "11 MB": (bytes(11_000_000), Reason.TOO_LARGE),
    "11 MB of a photograph": (hostile.photograph() + bytes(11_000_000), Reason.TOO_LARGE),
    "a page": (HTML, Reason.UNKNOWN_TYPE),
    "text": (b"Nur ein Text", Reason.UNKNOWN_TYPE),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', Reason.UNKNOWN_TYPE),
    "a program": (b"MZ\x90\x00" + bytes(200), Reason.UNKNOWN_TYPE),
    "a GIF that is a script": (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", Reason.UNKNOWN_TYPE),
    "a PDF behind a page": (HTML + PDF, Reason.UNKNOWN_TYPE),
    "a TIFF": (hostile.picture("TIFF"), Reason.UNKNOWN_TYPE),
    "a HEIC": (b"\x00\x00\x00\x18ftypheic" + bytes(100), Reason.HEIC),
    "an AVIF": (b"\x00\x00\x00\x1cftypavif" + bytes(100), Reason.HEIC),
    "a document": (hostile.docx(), Reason.OFFICE),
    "a document with macros": (hostile.docx(word__vbaProject_bin=b"macro"), Reason.OFFICE),
    "a document that swells": (hostile.docx(word__media__x=bytes(50_000_000)), Reason.OFFICE),
    "a document with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.OFFICE),
    "an empty archive": (b"PK\x05\x06" + bytes(18), Reason.OFFICE),
    "half a photograph": (hostile.photograph()[:-300], Reason.BROKEN),
    "half a PNG": (hostile.picture("PNG")[:60], Reason.BROKEN),
    "half a PDF": (PDF[: len(PDF) // 2], Reason.BROKEN),
    "only the first word of a PDF": (b"%PDF-1.7", Reason.BROKEN),
    "only the first bytes of a photograph": (b"\xff\xd8\xff", Reason.BROKEN),
    "a PNG of four thousand million pixels": (hostile.png_of_size(65_000, 65_000), Reason.TOO_MANY_PIXELS),
    "a PNG of a few too many pixels": (hostile.png_of_size(8_000, 5_001), Reason.TOO_MANY_PIXELS),
    "a locked PDF": (hostile.locked_pdf("geheim"), Reason.ENCRYPTED),
    "a form whose fields are not drawn": (hostile.form_pdf("Selam", drawn=False), Reason.FORM),
    "a form made by a script": (hostile.form_pdf(XFA="x"), Reason.FORM),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_kept_is_refused_with_its_reason(what: str) -> None:
    content, reason = REFUSED[what]
    assert refusal(content) == reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.jpg", PDF),
        ("brief.pdf", hostile.photograph()),
        ("brief.docx", PDF),
        ("rechnung.pdf.exe", PDF),
        ("seite.html", hostile.photograph()),
        ("bild\u202egpj.exe", hostile.photograph()),
        ("bild.exe. ", hostile.photograph()),
        ("c:\\bilder\\bild.php", hostile.photograph()),
    ],
)
def test_a_name_that_promises_something_else_is_refused(name: str, content: bytes) -> None:
    assert refusal(content, name) == Reason.TYPE_MISMATCH


@given(st.binary(max_size=400))
@example(b"")
def test_random_bytes_are_kept_or_refused_and_nothing_else(content: bytes) -> None:
    with contextlib.suppress(UploadRefusedError):
        assert isinstance(read(content), Upload)


SOUND = {
    "PDF": PDF, "JPEG": hostile.photograph(), "PNG": hostile.photograph("PNG"), "WEBP": hostile.photograph("WEBP")
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")  # the reader's own process shows none
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_sound_file_with_damaged_bytes_is_kept_or_refused_and_nothing_else(kind: str, data: st.DataObject) -> None:
    content = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    with contextlib.suppress(UploadRefusedError):
        assert isinstance(harmless(kind, bytes(content[:cut])), bytes)


# --- the reader --------------------------------------------------------------------------------------


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UploadRefusedError) as caught:
        read_apart("PDF", hostile.swelling_pdf(), seconds=1)
    assert caught.value.reason == Reason.BROKEN


def test_a_reader_that_does_not_start_is_a_fault_and_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(RuntimeError, match="does not start"):
        read(PDF)


def test_reading_leaves_nothing_on_the_disk_and_no_limit_on_the_server() -> None:
    before = {path.name for path in Path(tempfile.gettempdir()).iterdir()}
    limits = resource.getrlimit(resource.RLIMIT_AS)
    read(hostile.acting_pdf())
    read(hostile.photograph())
    assert {path.name for path in Path(tempfile.gettempdir()).iterdir()} - before == set()
    assert resource.getrlimit(resource.RLIMIT_AS) == limits


# --- names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("c:\\windows\\system32\\Brief.pdf", "Brief.pdf"),
        ("Zeugnis Ünal (1).pdf", "Zeugnis Ünal (1).pdf"),
        ("شهادة الميلاد.pdf", "شهادة الميلاد.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("ልደት ምስክር.pdf", "ልደት ምስክር.pdf"),
        ("a\u202efdp.exe\u202c.pdf", "afdp.exe.pdf"),
        ("\u2066a\u2069\u200e\u200f\ufeff\u00ad.pdf", "a.pdf"),
        ("Brief\r\nSet-Cookie: x=1.pdf", "Brief Set-Cookie x=1.pdf"),
        ("a\x00b\x1b[31m.pdf", "a b [31m.pdf"),
        ('a"b<c>d|e?f*g.pdf', "a b c d e f g.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "Dokument.pdf"),
        ("", "Dokument.pdf"),
        (".pdf", "Dokument.pdf"),
        ("CON.pdf", "Dokument.pdf"),
        ("aux", "Dokument.pdf"),
        ("lpt1.txt.pdf", "Dokument.pdf"),
        ("Konto.pdf", "Konto.pdf"),
        ("\u200d\u200c.pdf", "Dokument.pdf"),
        ("\ud800.pdf", "Dokument.pdf"),
        ("u\u0308ber.pdf", "\u00fcber.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_keeps_its_script_and_loses_what_misleads(name: str, clean: str) -> None:
    assert clean_name(name, "pdf") == clean


@given(st.text(max_size=300), st.sampled_from([kind.ending for kind in Kind]))
def test_a_clean_name_is_safe_wherever_it_is_saved(name: str, ending: str) -> None:
    found = clean_name(name, ending)
    assert len(found) <= MAX_NAME
    assert ending_of(found) == ending
    assert found == found.strip(" .-_")
    assert [letter for letter in found if letter in '/\\:*?"<>|'] == []
    invisible = {unicodedata.category(letter) for letter in found if letter not in "\u200c\u200d "}
    assert {category for category in invisible if category[0] in "CZ"} == set()
    assert clean_name(found, ending) == found
