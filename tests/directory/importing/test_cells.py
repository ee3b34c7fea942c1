"""What a person writes into one cell, and what is said when it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.importing.written import heard
from wegnetz.directory.importing import addresses, cells
from wegnetz.directory.importing.cleaning import is_hostile
from wegnetz.directory.importing.mapping import FIELDS
from wegnetz.directory.importing.outcome import Effect, Expected
from wegnetz.directory.interests.shipped import taxonomy

READ: list[tuple[Callable[..., Any], str, Any]] = [
    (cells.yes_or_no, "Ja", True), (cells.yes_or_no, " x ", True), (cells.yes_or_no, "no", False),
    (cells.yes_or_no, "0", False), (cells.yes_or_no, "?", None), (cells.yes_or_no, "-", None),
    (cells.age, "14", 14), (cells.age, "ab 14 Jahren", 14), (cells.age, "27 years", 27), (cells.age, "alle", None),
    (cells.ages, "12-17", (12, 17)), (cells.ages, "12 bis 17 Jahre", (12, 17)), (cells.ages, "ab 14", (14, None)),
    (cells.ages, "18+", (18, None)), (cells.ages, "up to 27 years", (None, 27)), (cells.ages, "alle", (None, None)),
    (cells.cents, "5", 500), (cells.cents, "5,00 €", 500), (cells.cents, "EUR 2.50", 250), (cells.cents, "2,5", 250),
    (cells.cents, "5,- €", 500), (cells.cents, "kostenlos", 0), (cells.cents, "Free", 0), (cells.cents, "0", 0),
    (cells.seats, "12", 12), (cells.seats, "12.0", 12), (cells.seats, "k. A.", None),
    (cells.day, "3.10.2026", date(2026, 10, 3)), (cells.day, "03.10.26", date(2026, 10, 3)),
    (cells.day, "2026-10-03", date(2026, 10, 3)),
    (cells.day, "2026-10-03 14:00:00", date(2026, 10, 3)),
    (cells.moment, "2026-10-03T14:00:00Z", datetime(2026, 10, 3, 14, tzinfo=UTC)),
    (cells.languages, "Deutsch, Arabisch und Farsi", ("de", "ar", "fa")),
    (cells.languages, "de/en/ti", ("de", "en", "ti")),
    (cells.languages, "Kurdisch (Sorani); Dari", ("ckb", "prs")), (cells.languages, "English, Ukrainian", ("en", "uk")),
    (cells.languages, "eng, deu, kmr, pt-br", ("en", "de", "kmr", "pt-BR")), (cells.languages, "ar, Arabisch", ("ar",)),
    (cells.email, "mailto:info@zakk.de", "info@zakk.de"), (cells.phone, "0211 / 97 300-10", "0211 / 97 300-10"),
    (cells.phone, "+49 (0)211 9730010", "+49 (0)211 9730010"), (cells.phone, "0049211973", "0049211973"),
    (cells.website, "https://www.zakk.de/a?b=1", "https://www.zakk.de/a?b=1"),
    (cells.website, "www.zakk.de", "https://www.zakk.de"), (cells.website, "http://www.bäcker.de", "http://www.bäcker.de"),
    (addresses.postcode, "01067", "01067"), (addresses.postcode, "D-40233", "40233"),
    (addresses.country, "Deutschland", "DE"), (addresses.country, "austria", "AT"), (addresses.country, "nl", "NL"),
    (addresses.address, "Fichtenstr. 40, 40233 Düsseldorf",
     {"street": "Fichtenstr. 40", "postcode": "40233", "town": "Düsseldorf"}),
    (addresses.address, "Benderstr. 75 40625 Düsseldorf,",
     {"street": "Benderstr. 75", "postcode": "40625", "town": "Düsseldorf"}),
    (addresses.address, "Wissmannstr. 25, Düsseldorf", {"street": "Wissmannstr. 25", "town": "Düsseldorf"}),
    (addresses.address, "Kolpingplatz", {"street": "Kolpingplatz"}),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "text", "value"), READ)
def test_what_people_write_is_read_without_a_word(parse: Callable[..., Any], text: str, value: Any) -> None:
    faults, say = heard()
    assert (parse(text, say), faults) == (value, [])


LEFT_OUT: list[tuple[Callable[..., Any], str, Any, Expected]] = [
    (cells.yes_or_no, "vielleicht", None, Expected.YES_NO), (cells.age, "alt", None, Expected.AGE),
    (cells.age, "131", None, Expected.AGE), (cells.ages, "17-12", (None, None), Expected.AGES),
    (cells.ages, "ab 200", (None, None), Expected.AGES), (cells.ages, "jung", (None, None), Expected.AGES),
    (cells.cents, "5-7 €", None, Expected.PRICE), (cells.cents, "12.000", None, Expected.PRICE),
    (cells.cents, "99999", None, Expected.PRICE), (cells.cents, "-5", None, Expected.PRICE),
    (cells.seats, "viele", None, Expected.SEATS), (cells.seats, "9999999", None, Expected.SEATS),
    (cells.day, "31.2.2026", None, Expected.DATE), (cells.day, "morgen", None, Expected.DATE),
    (cells.moment, "2026-10-03", None, Expected.DATE), (cells.moment, "gestern", None, Expected.DATE),
    (cells.languages, "Klingel", (), Expected.LANGUAGE), (cells.languages, "xx-yy", (), Expected.LANGUAGE),
    (cells.email, "info at zakk.de", "", Expected.EMAIL), (cells.email, "a@b@c.de", "", Expected.EMAIL),
    (cells.phone, "anrufen!", "", Expected.PHONE),
    (cells.website, "javascript:alert('http://x.de')", "", Expected.WEBSITE),
    (cells.website, "ftp://x.de", "", Expected.WEBSITE), (cells.website, "data:text/html,x", "", Expected.WEBSITE),
    (cells.website, "http://user:secret@x.de", "", Expected.WEBSITE),
    (cells.website, "http://[::1", "", Expected.WEBSITE),
    (cells.website, "info@zakk.de", "", Expected.WEBSITE), (addresses.country, "Absurdistan", "", Expected.COUNTRY),
    (addresses.postcode, "40233#", "", Expected.POSTCODE),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "text", "value", "expected"), LEFT_OUT)
def test_what_cannot_be_read_is_left_out_and_said(
    parse: Callable[..., Any], text: str, value: Any, expected: Expected
) -> None:
    faults, say = heard()
    assert parse(text, say) == value
    assert [(fault.found, fault.expected, fault.effect) for fault in faults] == [(text, expected, Effect.LEFT_OUT)]


def test_one_unknown_language_does_not_hide_the_known_ones() -> None:
    faults, say = heard()
    assert cells.languages("Deutsch, Klingel, Arabisch", say) == ("de", "ar")
    assert [fault.found for fault in faults] == ["Klingel"]


@pytest.mark.parametrize("text", ["Café x https://x.de/a", "https://x.de/a (hinten)", "siehe (https://x.de/a)."])
def test_an_address_among_words_is_found_and_that_is_said(text: str) -> None:
    faults, say = heard()
    assert cells.website(text, say) == "https://x.de/a"
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.WEBSITE, Effect.CHANGED)]


def test_a_postcode_that_may_have_lost_its_zero_is_kept_and_said() -> None:
    faults, say = heard()
    assert addresses.postcode("1067", say) == "1067"
    assert [(fault.found, fault.effect) for fault in faults] == [("1067", Effect.NOTED)]


@pytest.mark.parametrize(("text", "found"), [("Tanz; Fußball", ("dance", "football")), ("dance", ("dance",))])
def test_interests_are_known_by_their_words_and_ids(text: str, found: tuple[str, ...]) -> None:
    faults, say = heard()
    assert (cells.Interests(taxonomy())(text, say), faults) == (found, [])


def test_no_interest_is_guessed() -> None:
    faults, say = heard()
    assert cells.Interests(taxonomy())("Tanz, Quatsch", say) == ("dance",)
    assert [(fault.found, fault.expected) for fault in faults] == [("Quatsch", Expected.INTEREST)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KÃ¶lner StraÃŸe", "Kölner Straße"),
        ("10 â\x80\x93 12", "10 – 12"),
        ("Ã„pfel â€“ Ã–l", "Äpfel – Öl"),
        ("Stresemannstr.Â 29", "Stresemannstr. 29"),
    ],
)
def test_what_was_encoded_twice_is_put_right_and_said(written: str, meant: str) -> None:
    faults, say = heard()
    assert cells.line(written, say) == meant
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.ENCODING, Effect.CHANGED)]


@pytest.mark.parametrize(
    "text", ["»Spaß«", "CAFÉ»", "SÃO PAULO", "Ângelo", "château", "می\u200cخواهم", "ልደት", "Bert <b@x.de>", "I <3 A1"]
)
def test_words_of_many_languages_stay_as_they_are(text: str) -> None:
    faults, say = heard()
    assert (cells.line(text, say), faults) == (text, [])


@pytest.mark.parametrize("text", ["a\x00b", "gro\u202eß", "\x1b[31mrot", "a\ud800b"])
def test_control_characters_and_turned_directions_go_and_that_is_said(text: str) -> None:
    faults, say = heard()
    found = cells.line(text, say)
    assert found == "".join(letter for letter in text if letter not in "\x00\u202e\x1b\ud800")
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.PLAIN_TEXT, Effect.CHANGED)]


@pytest.mark.parametrize("text", ["<b>Haus</b>", "Haus<script>alert(1)</script>", "<img src=x onerror=alert(1)>Haus"])
def test_mark_up_in_a_text_goes_and_that_is_said(text: str) -> None:
    faults, say = heard()
    assert cells.prose(text, say) == "Haus"
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.PLAIN_TEXT, Effect.CHANGED)]


def test_a_text_without_end_is_cut_and_said() -> None:
    faults, say = heard()
    found = cells.line("wort " * 1000, say)
    assert (len(found) <= cells.LONGEST_LINE, found[-1]) == (True, "…")
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.SHORTER, Effect.CHANGED)]


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=80))
def test_no_text_breaks_a_cell_and_every_fault_can_be_shown(field: str, text: str) -> None:
    faults, say = heard()
    value = FIELDS[field].parse(text, say)
    assert value == FIELDS[field].parse(text, heard()[1])
    assert [fault for fault in faults if is_hostile(fault.found) or "\n" in fault.found] == []


@given(st.integers(0, 1_000_000))
def test_every_price_is_read_as_it_is_written(value: int) -> None:
    faults, say = heard()
    euros, rest = divmod(value, 100)
    assert [
        cells.cents(text, say) for text in (f"{euros},{rest:02} €", f"{euros}.{rest:02}", f"EUR {euros},{rest:02}")
    ] == [value] * 3
    assert faults == []
