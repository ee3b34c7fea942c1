"""Files that are not what they seem, made by the tests themselves: nothing hostile lies in the repository."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

SECRET = "Fluechtlingsunterkunft"  # stands wherever a file may tell more than it shows
LATITUDE = (51.0, 13.0, 37.5)
MAKER, ORIENTATION, PLACE = 0x010F, 0x0112, 0x8825

# --- pictures ----------------------------------------------------------------------------------------


def stripes(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right: one sees which way it is turned."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def notes(orientation: int = 1) -> Image.Exif:
    """What a telephone writes beside the pixels, with the place."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = SECRET, orientation
    place = exif.get_ifd(PLACE)
    place[1], place[2] = "N", LATITUDE
    return exif


def picture(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    written = BytesIO()
    (image or stripes()).save(written, kind, **options)
    return written.getvalue()


def photograph(kind: str = "JPEG", orientation: int = 1) -> bytes:
    options = {"comment": SECRET} if kind == "JPEG" else {}
    return picture(kind, stripes(), exif=notes(orientation), **options)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it is as large as that."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(bytes(1000))) + png_chunk(b"IEND", b"")


# --- PDF ---------------------------------------------------------------------------------------------


def names(**entries: object) -> DictionaryObject:
    """A dictionary: `names(S="/JavaScript", JS="text")`."""
    return DictionaryObject({NameObject(f"/{key}"): _object(value) for key, value in entries.items()})


def _object(value: object) -> PdfObject:
    match value:
        case PdfObject():
            return value
        case bool():
            return BooleanObject(value)
        case int():
            return NumberObject(value)
        case list():
            return ArrayObject([_object(item) for item in value])
        case _:
            text = str(value)
            return NameObject(text) if text.startswith("/") else TextStringObject(text)


def stream(data: bytes, **entries: object) -> StreamObject:
    new = StreamObject()
    new.update(names(**entries))
    new._data = data
    return new


def script() -> DictionaryObject:
    return names(S="/JavaScript", JS=f"app.alert('{SECRET}')")


def page_with(writer: PdfWriter, jpeg: bytes, **entries: object) -> Any:
    """A page that draws a photograph and a rectangle."""
    photo = stream(
        jpeg, Type="/XObject", Subtype="/Image", Width=40, Height=20, ColorSpace="/DeviceRGB", BitsPerComponent=8,
        Filter="/DCTDecode", Metadata=writer._add_object(stream(SECRET.encode())),
    )  # fmt: skip
    page = writer.add_blank_page(200, 100)
    page[NameObject("/Resources")] = names(XObject=names(A=writer._add_object(photo)))
    page[NameObject("/Contents")] = writer._add_object(stream(b"q 100 0 0 50 0 0 cm /A Do Q 0 0 9 9 re f"))
    page.update(names(**entries))
    return page


def field(writer: PdfWriter, value: object = None, *, drawn: bool = True, **entries: object) -> PdfObject:
    """A field of a form; `drawn` when its look lies beside it."""
    look = writer._add_object(stream(b"0 0 5 5 re f", Type="/XObject", Subtype="/Form", BBox=[0, 0, 9, 9]))
    widget = names(Type="/Annot", Subtype="/Widget", FT="/Tx", T="name", Rect=[0, 0, 9, 9], F=4, **entries)
    if drawn:
        widget.update(names(AP=names(N=look, D=look)))
    if value is not None:
        widget.update(names(V=value))
    return writer._add_object(widget)


def written(writer: PdfWriter) -> bytes:
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def acting_pdf() -> bytes:
    """A PDF that acts when it is opened, turned, clicked and closed, carries a file, and tells who wrote it where."""
    writer = PdfWriter()
    link = names(Type="/Annot", Subtype="/Link", Rect=[0, 0, 9, 9], A=names(S="/URI", URI=f"https://{SECRET}.example"))
    clip = writer._add_object(stream(SECRET.encode(), Type="/XObject", Subtype="/Form", BBox=[0, 0, 9, 9]))
    paperclip = names(Subtype="/FileAttachment", Rect=[0, 0, 9, 9], AP=names(N=clip), FS=names(F=SECRET))
    remark = names(Type="/Annot", Subtype="/Text", Rect=[0, 0, 9, 9], Contents=SECRET)
    button = field(writer, A=script(), AA=names(K=script()), TU=SECRET)
    page_with(
        writer, photograph(), AA=names(O=script()), PieceInfo=names(X=SECRET), Metadata=stream(SECRET.encode()),
        Annots=[link, paperclip, remark, button, names(), 7],
    )  # fmt: skip
    writer.add_metadata({"/Author": SECRET})
    writer.add_attachment("macro.exe", SECRET.encode())
    attached: Any = writer.root_object["/Names"]
    attached.update(names(JavaScript=names(Names=["at once", script()])))
    writer.root_object.update(
        names(
            OpenAction=script(), AA=names(WC=script()), AcroForm=names(Fields=[button], CO=[button]),
            Metadata=writer._add_object(stream(SECRET.encode(), Type="/Metadata")), Lang=SECRET,
        )
    )  # fmt: skip
    return written(writer)


def form_pdf(value: object = None, *, drawn: bool = True, **form: object) -> bytes:
    writer = PdfWriter()
    filled = field(writer, value, drawn=drawn)
    page_with(writer, picture("JPEG"), Annots=[filled])
    writer.root_object.update(names(AcroForm=names(Fields=[filled], **form)))
    return written(writer)


def locked_pdf(password: str, algorithm: str = "AES-256") -> bytes:
    writer = PdfWriter()
    page_with(writer, picture("JPEG"))
    writer.encrypt(password, "of the owner", algorithm=algorithm)
    return written(writer)


def swelling_pdf() -> bytes:
    """Some 70 kB whose parts fill 70 MB when they are unpacked, which takes seconds."""
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    packed = zlib.compress(b"10 0 " + body + b" " * 70_000_000, 9)
    parts = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>",
        3: b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    }
    out, places = b"%PDF-1.7\n", {}
    for number, part in parts.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    places[4] = len(out)
    rows = [(2, 3, 0) if n == 10 else (1, places[n], 0) if n in places else (0, 0, 0) for n in range(11)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"<</Type/XRef/Size 11/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"4 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (head, table, places[4])


# --- archives and documents of office programs ---------------------------------------------------------


def archive(**files: bytes) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return result.getvalue()


def docx(**more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w:document/>"}, **more)
