"""PDF, built anew from what its pages show.

A PDF may run programs, send what was filled in, open other files, carry files inside, and tell who wrote it where.
The pages are copied into a new document, and only what they draw: no actions, no scripts, no attachments, no
description of the document, no links, and pictures without their notes. Forms and remarks stay as pictures of
themselves. Digital signatures lose their force by it, as by every change; whoever needs one keeps the original.

What remains is data for the viewer: fonts and packed pictures. Runs where `apart` puts it: in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from wegnetz.core.uploads.refusals import Reason, UploadRefusedError

# Of a page and of its resources, what is drawn (ISO 32000-2, tables 31 and 34).
OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Group")
OF_RESOURCES = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
# Below them: descriptions, attachments, other files, private data of programs, ways back up.
LEFT_BEHIND = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Ref", "/Usage", "/Parent", "/StructParent",
     "/StructParents"}
)  # fmt: skip
OUTSIDE = frozenset({"/F", "/FFilter", "/FDecodeParms"})  # a stream that lies in another file
# Remarks that are seen on the page, and the fields of forms.
DRAWN = frozenset(
    {"/Widget", "/FreeText", "/Stamp", "/Ink", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Line",
     "/Square", "/Circle", "/Polygon", "/PolyLine", "/Caret"}
)  # fmt: skip
YES = BooleanObject(True)  # noqa: FBT003  pypdf's own, which is never false to Python

# A mark in a JPEG: all but stuffed bytes and the marks between stretches of pixels.
MARK = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
END, ALONE = 0xD9, frozenset({0x01, 0xD8, 0xD9})
# Marks of parts that draw nothing: APP1 to APP13 and APP15 (Exif with the place, XMP, profiles), and comments.
# APP0 and APP14 tell how the colours are meant.
TELLING = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})


def rebuild(content: bytes) -> bytes:
    """A new PDF that shows what `content` shows. Raises UploadRefusedError, and any error of pypdf."""
    reader = PdfReader(BytesIO(content))
    try:
        form = _dictionary(reader.root_object, "/AcroForm")
        pages = list(reader.pages)
    except FileNotDecryptedError:
        raise UploadRefusedError(Reason.ENCRYPTED) from None
    if not pages:
        raise UploadRefusedError(Reason.BROKEN)
    if "/XFA" in form:  # its pages are made by a script
        raise UploadRefusedError(Reason.FORM)
    writer = PdfWriter()
    writer.metadata, writer.pdf_header = None, "%PDF-1.7"
    copy = _Copy(writer)
    for page in pages:
        _copy_page(page, copy, undrawn=_value(form, "/NeedAppearances") == YES)
    if layers := _dictionary(reader.root_object, "/OCProperties"):
        writer.root_object[NameObject("/OCProperties")] = copy.of(layers)
    built = BytesIO()
    writer.write(built)
    return built.getvalue()


def _copy_page(page: DictionaryObject, copy: _Copy, *, undrawn: bool) -> None:
    """`undrawn` says that the form's fields are not drawn as they were filled in."""
    new = copy.writer.add_blank_page(1, 1)
    for key in OF_A_PAGE:
        if key in page:
            new[NameObject(key)] = copy.of(page.raw_get(key))
    new[NameObject("/Resources")] = copy.resources(_dictionary(page, "/Resources"))
    new[NameObject("/Annots")] = ArrayObject(_stamps(page, copy, undrawn=undrawn))


def _stamps(page: DictionaryObject, copy: _Copy, *, undrawn: bool) -> Iterator[DictionaryObject]:
    """Fields and remarks as they look, and nothing of what they do."""
    listed = _value(page, "/Annots")
    for entry in listed if isinstance(listed, ArrayObject) else ():
        if not isinstance(found := entry.get_object(), DictionaryObject):
            continue
        kind, look = str(_value(found, "/Subtype")), _dictionary(found, "/AP")
        if kind == "/Widget" and _is_filled_in(found) and (undrawn or "/N" not in look):
            raise UploadRefusedError(Reason.FORM)
        if kind in DRAWN and "/N" in look:
            stamp: dict[str, PdfObject] = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Stamp")}
            stamp |= {key: copy.of(found.raw_get(key)) for key in ("/Rect", "/F", "/AS") if key in found}
            stamp["/AP"] = DictionaryObject({NameObject("/N"): copy.of(look.raw_get("/N"))})
            yield DictionaryObject({NameObject(key): value for key, value in stamp.items()})


def _is_filled_in(field: DictionaryObject) -> bool:
    """Whether a field holds text; ticks, whose values are names, are always drawn."""
    value = field.get_inherited("/V")
    return isinstance(value, str | ArrayObject) and not isinstance(value, NameObject) and bool(value)


def _value(found: DictionaryObject, key: str) -> PdfObject | None:
    """What stands under `key`, wherever in the file it is kept."""
    entry = found.get(key)
    return entry.get_object() if isinstance(entry, PdfObject) else None


def _dictionary(found: DictionaryObject, key: str) -> DictionaryObject:
    """What stands under `key` when it is a dictionary, and an empty one otherwise."""
    value = _value(found, key)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


class _Copy:
    """Copies objects into the new document, each once, without what is left behind."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.done: dict[tuple[int, int], PdfObject] = {}

    def of(self, found: PdfObject) -> PdfObject:
        if isinstance(found, IndirectObject):
            return self._referred(found)
        new = _empty(found)
        self._fill(new, found)
        return new

    def resources(self, found: DictionaryObject) -> DictionaryObject:
        """What pages and drawings draw with. Below each kind the names are free, so none is left behind there."""
        kinds = {kind: _dictionary(found, kind) for kind in OF_RESOURCES}
        return DictionaryObject(
            {
                NameObject(kind): DictionaryObject({NameObject(name): self.of(named.raw_get(name)) for name in named})
                for kind, named in kinds.items()
                if named
            }
        )

    def _referred(self, found: IndirectObject) -> PdfObject:
        """Noted before it is filled: objects may refer to each other in circles."""
        key = (found.idnum, found.generation)
        if key not in self.done:
            original = found.get_object()
            if original is None:  # the file refers to what it does not hold
                original = NullObject()
            new = _empty(original)
            self.done[key] = self.writer._add_object(new)
            self._fill(new, original)
        return self.done[key]

    def _fill(self, new: PdfObject, found: PdfObject) -> None:
        if isinstance(found, ArrayObject) and isinstance(new, ArrayObject):
            new.extend(self.of(item) for item in found)
        elif isinstance(found, DictionaryObject) and isinstance(new, DictionaryObject):
            left = LEFT_BEHIND | OUTSIDE if isinstance(found, StreamObject) else LEFT_BEHIND
            for key in found:
                if key == "/Resources":
                    new[NameObject(key)] = self.resources(_dictionary(found, key))
                elif key not in left:
                    new[NameObject(key)] = self.of(found.raw_get(key))
        if isinstance(found, StreamObject) and isinstance(new, StreamObject):
            _fill_stream(new, found)


def _empty(found: PdfObject) -> PdfObject:
    """What a copy begins with; values that hold no others are their own copy."""
    if isinstance(found, StreamObject):
        return StreamObject()
    if isinstance(found, DictionaryObject):
        return DictionaryObject()
    return ArrayObject() if isinstance(found, ArrayObject) else found


def _fill_stream(new: StreamObject, found: StreamObject) -> None:
    """The bytes as they are packed, so that nothing swells; only photographs are unpacked and cleaned."""
    names = _value(found, "/Filter")
    filters = names if isinstance(names, ArrayObject) else [names]
    if filters and filters[-1] in {"/DCTDecode", "/DCT"}:
        new._data = without_notes(found.get_data())
        if len(filters) > 1:
            new[NameObject("/Filter")] = NameObject("/DCTDecode")
            new.pop("/DecodeParms", None)
    else:
        new._data = found._data


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the parts that draw nothing, and without what follows its end."""
    kept, at = [], 0
    while found := MARK.search(jpeg, at):
        kept.append(jpeg[at : found.start()])
        mark, start = found[1][0], found.end()
        at = start if mark in ALONE else start + int.from_bytes(jpeg[start : start + 2])
        if mark not in TELLING:
            kept.append(b"\xff" + found[1] + jpeg[start:at])
        if mark == END:
            return b"".join(kept)
    return b"".join([*kept, jpeg[at:]])
