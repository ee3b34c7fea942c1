"""Files with contact points, read: what they are is seen in their content, and what is wrong in them is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wegnetz.directory.entries import MOST_HOURS, NAME, Hours, Point
from wegnetz.directory.importing.cells import Interests, language
from wegnetz.directory.importing.content import UTF16, Readable, json_of, taken, text_of, windows_text_of
from wegnetz.directory.importing.geojson import is_geojson, read_geojson
from wegnetz.directory.importing.geojson_own import is_own_geojson, read_own_geojson
from wegnetz.directory.importing.hsds import is_hsds, read_hsds
from wegnetz.directory.importing.integreat import is_integreat, read_integreat
from wegnetz.directory.importing.mapping import suggest
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Kind, Reading, Say, Told, in_order, nobody
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.rows import Reader, Row
from wegnetz.directory.importing.table import read_csv, read_xlsx, samples, separator_in
from wegnetz.directory.interests.shipped import taxonomy
from wegnetz.directory.interests.taxonomy import Taxonomy
from wegnetz.engines.areas import Area, are_swapped

PACKED = b"PK\x03\x04"
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"MZ", b"\x7fELF")
JSON_KINDS = (Kind.HSDS, Kind.INTEGREAT, Kind.GEOJSON)


@dataclass(frozen=True, slots=True)
class File:
    """A file, and the language (BCP 47) of what is said in it."""

    content: Readable
    language: str = "de"


def read(
    *files: File,
    kind: Kind | None = None,
    mapping: Mapping[str, str] | None = None,
    interests: Taxonomy | None = None,
    area: Area | None = None,
    told: Told = nobody,
) -> Reading:
    """One file; of Integreat one or more, the source language first.

    `kind` is what the file is said to be; without it, it is recognised. `mapping` is column -> field, for tables and
    GeoJSON; without it, it is guessed. `interests` are those of a programme; without them, the shipped ones. `area` is
    where it works; without it, nobody knows whether a latitude and a longitude are swapped. `told` hears after every
    entry how far it is; nothing while the file itself is opened.

    Raises ReadRefusedError, and nothing else whatever the files hold. XLSX takes up to some seconds.
    """
    if any(not language(file.language) for file in files):
        raise ReadRefusedError(Reason.LANGUAGES)
    faults: list[Fault] = []
    opened = [(file.language, _open(taken(file.content), kind, Say(faults))) for file in files]
    written_in, first = _first(opened)
    known = Interests(interests or taxonomy())
    if first.kind is Kind.HSDS:
        points = read_hsds(first.data, written_in, known, faults, told)
        return Reading(first.kind, _checked(points, area, faults), in_order(faults))
    if first.kind is Kind.INTEGREAT:
        points = read_integreat([(written, each.data) for written, each in opened], faults, told)
        return Reading(first.kind, _checked(points, area, faults), in_order(faults))
    if first.data:
        points = read_own_geojson(first.data, known, faults, told)
        return Reading(first.kind, _checked(points, area, faults), in_order(faults))
    suggested = suggest(first.columns, samples(first.columns, first.rows))
    reader = Reader(suggested if mapping is None else mapping, written_in, known, faults)
    points = _checked(_points(first, reader, told), area, faults)
    return Reading(first.kind, points, in_order(faults), first.columns, dict(reader.mapping), suggested)


@dataclass(frozen=True, slots=True)
class _Opened:
    """JSON in `data`, or a table; GeoJSON of others is one too."""

    kind: Kind
    data: Any = None
    columns: tuple[str, ...] = ()
    rows: Sequence[Row] = ()


def _first(opened: Sequence[tuple[str, _Opened]]) -> tuple[str, _Opened]:
    if not opened:
        raise ReadRefusedError(Reason.EMPTY)
    found = opened[0][1].kind
    if any(each.kind is not found for _, each in opened):
        raise ReadRefusedError(Reason.OTHER_FORMAT)
    if len(opened) > 1 and found is not Kind.INTEGREAT:
        raise ReadRefusedError(Reason.ONE_FILE)
    return opened[0]


def _open(content: bytes, kind: Kind | None, say: Say) -> _Opened:
    if content.startswith(OFFICE) or (content.startswith(PACKED) and kind not in {None, Kind.XLSX}):
        raise ReadRefusedError(Reason.OFFICE if content.startswith(OFFICE) else Reason.OTHER_FORMAT)
    if content.startswith(PACKED):
        return _Opened(Kind.XLSX, None, *read_xlsx(content, say))
    if content.startswith(OTHERS):
        raise ReadRefusedError(Reason.UNKNOWN_FORMAT)
    if kind is Kind.XLSX:
        raise ReadRefusedError(Reason.OTHER_FORMAT)
    text = _text(content, kind, say)
    begins = text.lstrip()[:1]
    if not begins:
        raise ReadRefusedError(Reason.EMPTY)
    if kind is not Kind.CSV and (begins in {"{", "["} or kind in JSON_KINDS):
        return _open_json(json_of(text), kind, say)
    if kind is None and (begins == "<" or not separator_in(text[:10_000].splitlines())):
        raise ReadRefusedError(Reason.UNKNOWN_FORMAT)
    return _Opened(Kind.CSV, None, *read_csv(text, say))


def _text(content: bytes, kind: Kind | None, say: Say) -> str:
    """JSON is UTF-8. For a table, the encoding of German spreadsheets is guessed besides, and that is said."""
    try:
        return text_of(content)
    except ReadRefusedError:
        if kind in JSON_KINDS or content.startswith(UTF16) or content.lstrip()[:1] in {b"{", b"["}:
            raise
        text = windows_text_of(content)
        say("Windows-1252", Expected.UTF8, Effect.NOTED)
        return text


def _open_json(data: Any, kind: Kind | None, say: Say) -> _Opened:
    found = _kind_of(data)
    # An empty list is an honest answer of whichever service was asked.
    if kind is not None and data != [] and found is not kind:
        raise ReadRefusedError(Reason.OTHER_FORMAT if found else Reason.UNKNOWN_FORMAT)
    found = kind or found
    if found is None:
        raise ReadRefusedError(Reason.EMPTY if data == [] else Reason.UNKNOWN_FORMAT)
    if found is Kind.GEOJSON and data and not is_own_geojson(data):
        return _Opened(found, None, *read_geojson(data, say))
    return _Opened(found, data)


def _kind_of(data: Any) -> Kind | None:
    recognised = ((is_geojson, Kind.GEOJSON), (is_integreat, Kind.INTEGREAT), (is_hsds, Kind.HSDS))
    return next((kind for is_one, kind in recognised if is_one(data)), None)


def _points(opened: _Opened, reader: Reader, told: Told) -> tuple[Point, ...]:
    """Without a column for the name there are no points, but the columns are told so that one can be chosen."""
    if "name" in reader.mapping.values():
        return reader.points(opened.rows, told)
    if opened.rows:
        Say(reader.faults)(", ".join(opened.columns), Expected.NAME_COLUMN, Effect.REFUSED)
    return ()


def _checked(points: tuple[Point, ...], area: Area | None, faults: list[Fault]) -> tuple[Point, ...]:
    """What can only be said of a whole entry, whatever file it came from."""
    for point in points:
        at = point.address
        if area and at.lat is not None and at.lon is not None and are_swapped(area, at.lat, at.lon):
            name = point.wording.source.texts[NAME]
            Say(faults).of(name)(f"{at.lat}, {at.lon}", Expected.OTHER_WAY_ROUND, Effect.NOTED)
    return _limited(points, faults)


def _limited(points: tuple[Point, ...], faults: list[Fault]) -> tuple[Point, ...]:
    """No entry with more times than a form can hold."""
    return tuple(
        replace(
            point, hours=_latest(point.hours, point.key, faults),
            offers=tuple(replace(offer, hours=_latest(offer.hours, offer.key, faults)) for offer in point.offers),
        )
        if max(len(point.hours), *(len(offer.hours) for offer in point.offers), 0) > MOST_HOURS else point
        for point in points
    )  # fmt: skip


def _latest(hours: tuple[Hours, ...], key: str, faults: list[Fault]) -> tuple[Hours, ...]:
    """In their order. What repeats may go on for ever, so it stays before single days."""
    if len(hours) <= MOST_HOURS:
        return hours
    Say(faults).of(key)(len(hours), Expected.FEWER_HOURS, Effect.CHANGED)
    ranked = sorted(range(len(hours)), key=lambda number: (bool(hours[number].rule), hours[number].first_day))
    return tuple(hours[number] for number in sorted(ranked[-MOST_HOURS:]))
