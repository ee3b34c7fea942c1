"""Whatever a file holds: it is read or refused, always in the same way, and nothing else happens."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.directory.importing.test_geojson import Json, collection, feature
from tests.directory.importing.test_hsds import NORTH, SOUTH, at
from tests.directory.importing.test_integreat import WEEK, event, place
from tests.directory.importing.test_table import DANCE, HEADER
from tests.directory.importing.written import said, xlsx
from wegnetz.directory.importing.cleaning import SHOWN, clean, is_hostile, shown
from wegnetz.directory.importing.content import MAX_BYTES
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Kind, Reading
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.words import EFFECTS, EXPECTED, REFUSALS, refusal, sentence

REFUSED: dict[str, tuple[bytes, Reason]] = {
    "nothing": (b"", Reason.EMPTY),
    "only space": (b" \n\t ", Reason.EMPTY),
    "an empty list": (b"[]", Reason.EMPTY),
    "only separators": (b";;;\n;;", Reason.EMPTY),
    "a list of nothing known": (b'[{"a": 1}]', Reason.UNKNOWN_FORMAT),
    "a word": (b"Guten Tag", Reason.UNKNOWN_FORMAT),
    "a page": (b"<html>;<body>", Reason.UNKNOWN_FORMAT),
    "a PDF": (b"%PDF-1.7 ; ; ;", Reason.UNKNOWN_FORMAT),
    "a picture": (b"\x89PNG\r\n\x1a\n;;", Reason.UNKNOWN_FORMAT),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.OFFICE),
    "zeros": (b"a;b\0;c", Reason.ENCODING),
    "UTF-16 that does not say so": ("Name;Ort".encode("utf-16-le"), Reason.ENCODING),
    "half a letter of UTF-16": (b"\xff\xfea", Reason.ENCODING),
    "JSON that is no UTF-8": ('[{"name": "Köln"}]'.encode("cp1252"), Reason.ENCODING),
    "half of JSON": (b'[{"name": "Haus"', Reason.BROKEN_JSON),
    "a number that is none": (b'{"type": "Feature", "id": NaN}', Reason.BROKEN_JSON),
    "a number of many digits": (b'{"type": "Feature", "id": ' + b"9" * 10_000 + b"}", Reason.BROKEN_JSON),
    "nesting without end": (b"[" * 200_000, Reason.BROKEN_JSON),
    "nested objects without end": (b'{"a":' * 200_000, Reason.BROKEN_JSON),
    "a key that is there twice": (b'{"type": "Feature", "type": "Feature"}', Reason.DOUBLE_KEYS),
    "a list of millions": (b"[" + b"[]," * 800_000 + b"[]]", Reason.TOO_MANY),
    "features that are none": (b'{"type": "FeatureCollection", "features": {}}', Reason.BROKEN_JSON),
    "50,001 rows": (b"Name;A\n" + b"x;1\n" * 50_001, Reason.TOO_MANY),
    "50,001 services": (b"[" + b'{"name":"","status":""},' * 50_000 + b'{"name":"","status":""}]', Reason.TOO_MANY),
    "201 columns": (b";".join(b"a" for _ in range(201)), Reason.TOO_MANY),
    "millions of lines": (b"a;b" + b"\n" * 1_000_001, Reason.TOO_MANY),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_list_of_places_is_refused_with_its_reason(what: str) -> None:
    content, reason = REFUSED[what]
    with pytest.raises(ReadRefusedError) as caught:
        said(content)
    assert (caught.value.reason, caught.value.args) == (reason, (reason.value,))


class Endless:
    """A file without end that counts what was read of it."""

    taken = 0

    def read(self, size: int, /) -> bytes:
        self.taken += size
        return b"a;" * (size // 2 + 1)


def test_of_a_file_that_is_too_large_no_more_is_read_than_the_limit() -> None:
    endless = Endless()
    with pytest.raises(ReadRefusedError, match=Reason.TOO_LARGE):
        read(File(endless))
    assert endless.taken <= MAX_BYTES + 1


class Drop:
    """A file that gives one byte at a time, as sockets may."""

    def __init__(self, content: bytes) -> None:
        self.rest = content

    def read(self, size: int, /) -> bytes:
        first, self.rest = self.rest[:1], self.rest[1:]
        return first


def test_a_file_that_comes_in_drops_is_read_whole() -> None:
    assert read(File(Drop(b"Name;Stadt\nHaus;Bonn"))).points == said("Name;Stadt\nHaus;Bonn").points


@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_only_read_as_what_it_was_said_to_be(kind: Kind) -> None:
    samples = {
        Kind.HSDS: json.dumps(at(NORTH)).encode(), Kind.INTEGREAT: json.dumps([place(2, "Ort")]).encode(),
        Kind.GEOJSON: json.dumps(collection(feature({"name": "x"}, 6, 51))).encode(), Kind.CSV: b"Name;Stadt\nx;y",
        Kind.XLSX: xlsx([["Name"], ["x"]]),
    }  # fmt: skip
    for written, content in samples.items():
        if written is kind:
            assert (said(content, kind=kind).kind, len(said(content).points)) == (kind, 1)
        elif kind is not Kind.CSV or written is Kind.XLSX:
            with pytest.raises(ReadRefusedError) as caught:
                said(content, kind=kind)
            assert caught.value.reason in {Reason.OTHER_FORMAT, Reason.BROKEN_JSON}


@pytest.mark.parametrize("kind", [Kind.HSDS, Kind.INTEGREAT, Kind.GEOJSON])
def test_an_empty_answer_is_honest_of_a_service_that_is_known(kind: Kind) -> None:
    assert said("[]", kind=kind) == Reading(kind, (), ())


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ReadRefusedError, match=Reason.LANGUAGES):
        said("Name;Stadt\nx;y", language="quatsch")


# --- anything at all ---------------------------------------------------------------------------------


def outcome(content: bytes) -> Reading | Reason:
    try:
        return read(File(BytesIO(content)))
    except ReadRefusedError as error:
        return error.reason


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b'"')
@example(b'a;b\n"\r\n"x"y;z')
def test_any_bytes_are_read_or_refused_and_always_alike(content: bytes) -> None:
    assert outcome(content) == outcome(content)


@given(st.text(st.characters(exclude_characters="\0"), max_size=200))
def test_any_text_in_a_cell_hides_no_other_row(text: str) -> None:
    row = '"' + text.replace('"', '""').replace("\ud800", "") + '"'
    content = f"Name;Beschreibung\n{row};{row}\nHaus;".encode(errors="ignore")
    found = outcome(content)
    assert isinstance(found, Reading)
    assert "Haus" in {point.wording.source.texts["name"] for point in found.points}


SOUND: dict[str, Any] = {
    "hsds": [at(NORTH, SOUTH)],
    "organisation": {"id": "o", "name": "Haus", "services": [at(NORTH)], "locations": [SOUTH]},
    "integreat": [place(2, "Ort", opening_hours=WEEK, contacts=[{"name": "A", "email": "a@x.example"}]),
                  event(5, "Tanz", recurrence_rule="RRULE:FREQ=DAILY\nEXDATE:20300703T100000")],
    "geojson": collection(feature({"title": "Haus", "PLZ": 40233, "Angebot": "Tanz"}, 6.8, 51.2)),
}  # fmt: skip


def ways(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """To every part of a document."""
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*way, key)
        yield from ways(inner, (*way, key))


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_sound_document_with_damaged_parts_is_read_or_refused_and_nothing_else(
    name: str, data: st.DataObject
) -> None:
    document = copy.deepcopy(SOUND[name])
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(list(ways(document))))
        inside = document
        for key in way:
            inside = inside[key]
        inside[last] = data.draw(
            Json | st.sampled_from(["9" * 400, "2030-13-01", "\ud800", "<a>", "\u202e", "1e5", 10**400])
        )
    content = json.dumps(document).encode()
    found = outcome(content)
    assert found == outcome(content)
    if isinstance(found, Reading):
        for fault in found.faults:
            assert_can_be_shown(sentence(fault, found.kind, "de"))
        for point in found.points:
            for wording in (point.wording, *(offer.wording for offer in point.offers)):
                for each in wording.translations.values():
                    assert [text for text in each.texts.values() if is_hostile(text) or not text] == []


def assert_can_be_shown(text: str) -> None:
    text.encode()
    assert not is_hostile(text)
    assert "\n" not in text


@given(st.text())
def test_what_is_shown_of_a_file_is_short_and_harmless(text: str) -> None:
    found = shown(text)
    assert len(found) <= SHOWN
    assert_can_be_shown(found)


@given(st.text())
def test_clean_text_stays_clean(text: str) -> None:
    found = clean(text)
    assert not is_hostile(found)
    assert clean(found) == found


# --- the words ---------------------------------------------------------------------------------------


def test_every_reason_and_every_fault_has_its_words_in_both_languages() -> None:
    assert (set(REFUSALS), set(EXPECTED), set(EFFECTS)) == (set(Reason), set(Expected), set(Effect))
    for words in (*REFUSALS.values(), *EXPECTED.values(), *EFFECTS.values()):
        assert len(set(filter(None, words))) == 2
    assert refusal(Reason.EMPTY, "de") == "Die Datei ist leer."
    assert refusal(Reason.EMPTY, "en") == "The file is empty."


def test_a_fault_says_where_what_was_found_what_was_expected_and_what_became_of_it() -> None:
    reading = said(f"{HEADER}\n{DANCE.replace('14-27', 'alle, die wollen')}")
    (fault,) = reading.faults
    assert sentence(fault, reading.kind, "de") == (
        "Zeile 2, Spalte „Alter“: Hier steht „alle, die wollen“. "
        "Wir brauchen hier ein Alter wie „12-17“, „ab 14“ oder „bis 27“. "
        "Diese Angabe lassen wir weg, den Rest übernehmen wir."
    )
    assert sentence(fault, reading.kind, "en") == (
        "Row 2, column “Alter”: This says “alle, die wollen”. "
        "We need ages here such as “12-17”, “from 14” or “up to 27”. We leave this out and take over the rest."
    )


def test_a_fault_of_a_whole_file_says_what_was_found_and_names_no_entry() -> None:
    fault = Fault(0, "", "Ort; Straße", Expected.NAME_COLUMN, Effect.REFUSED)
    assert sentence(fault, Kind.CSV, "de") == (
        "Datei: „Ort; Straße“ gefunden. Wir brauchen eine Spalte mit dem Namen des Ortes. Bitte wählen Sie sie aus."
    )
    fault = Fault(4, "name", "", Expected.NAME, Effect.REFUSED)
    assert sentence(fault, Kind.HSDS, "en") == (
        "Entry 4, field “name”: There is nothing here. We need a name. We leave this entry out."
    )
