"""CSV: which column is what, which rows are one place, and a broken row that hides no other."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.importing.written import said, table, told
from wegnetz.directory.entries import Address, Contact, Hours
from wegnetz.directory.importing.mapping import FIELDS, suggest, target
from wegnetz.directory.importing.outcome import Effect, Expected, Kind

HEADER = "Einrichtung;Straße;PLZ;Stadt;Angebot;Beschreibung;Wann;Alter;Preis;Sprachen;Interessen;Nur für Frauen;Telefon"
DANCE = (
    "Haus Nord;Weg 4;40233;Düsseldorf;Tanzen;Offene Gruppe;Mo 15-18 Uhr;14-27;kostenlos;Deutsch, Arabisch;Tanz;nein;"
    "0211 12345"
)
FOOTBALL = "Haus Nord;Weg 4;40233;Düsseldorf;Kicken;;Fr 16-18;ab 16;2,50;;Fußball;ja;0211 99999"
ALONE = "Garten Süd;Am Feld 1;40589;Düsseldorf;;;;;;;;;"


def test_a_row_is_an_offer_at_a_place() -> None:
    reading = table(HEADER, DANCE)
    assert (reading.kind, reading.faults) == (Kind.CSV, ())
    (point,) = reading.points
    (offer,) = point.offers
    assert point.wording.source.texts == {"name": "Haus Nord"}
    assert point.address == Address("Weg 4", "40233", "Düsseldorf")
    assert point.contact == Contact(phone="0211 12345")
    assert offer.wording.source.texts == {"title": "Tanzen", "description": "Offene Gruppe"}
    assert offer.hours == (Hours(date(2024, 1, 1), time(15), time(18), "FREQ=WEEKLY;BYDAY=MO"),)
    assert (offer.age_from, offer.age_to, offer.cost_cents, offer.languages) == (14, 27, 0, ("de", "ar"))
    assert (offer.concepts, offer.women_only) == (("dance",), False)
    # Whom to ask is the same as for the place, and said once.
    assert offer.contact == Contact()


def test_rows_of_one_place_are_one_point_and_a_place_may_stand_alone() -> None:
    alone, house = sorted(table(HEADER, DANCE, ALONE, FOOTBALL).points, key=lambda point: len(point.offers))
    assert (alone.wording.source.texts["name"], alone.offers) == ("Garten Süd", ())
    assert sorted(offer.wording.source.texts["title"] for offer in house.offers) == ["Kicken", "Tanzen"]
    # Whom to ask differs from offer to offer, so nobody is to be asked for the place.
    assert house.contact == Contact()
    assert sorted(offer.contact.phone for offer in house.offers) == ["0211 12345", "0211 99999"]


def test_rows_that_differ_in_their_times_only_are_one_offer() -> None:
    (point,) = table(HEADER, DANCE, DANCE.replace("Mo 15-18", "Mi 16-19")).points
    (offer,) = point.offers
    assert [hours.rule for hours in offer.hours] == ["FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=WE"]


def test_offers_of_one_name_that_are_not_the_same_have_keys_of_their_own() -> None:
    (point,) = table(HEADER, DANCE, DANCE.replace("14-27", "6-12")).points
    assert len({offer.key for offer in point.offers}) == 2
    assert sorted(offer.age_from or 0 for offer in point.offers) == [6, 14]


def test_the_key_of_an_offer_stays_when_its_times_change() -> None:
    ((one,), (other,)) = (point.offers for row in (DANCE, DANCE.replace("Mo 15", "Di 14"))
                          for point in table(HEADER, row).points)  # fmt: skip
    assert (one.key, one.hours == other.hours) == (other.key, False)


ROWS = [DANCE, FOOTBALL, ALONE, DANCE.replace("Mo", "Di"), DANCE.replace("Offene", "Feste"),
        ALONE.replace("Feld", "Fluss"),
        "Haus Nord;weg 4;40233;Düsseldorf;Singen;;;;;;;;"]  # fmt: skip


@given(st.permutations(ROWS))
def test_the_order_of_rows_changes_no_point(rows: list[str]) -> None:
    assert table(HEADER, *rows).points == table(HEADER, *ROWS).points


def test_where_rows_of_a_place_differ_most_are_right_and_the_others_are_told() -> None:
    reading = table("Name;Träger", "Haus;Stadt", "Haus;Verein", "Haus;Stadt")
    assert [point.operator for point in reading.points] == ["Stadt"]
    assert told(reading) == [(3, "Träger", "Verein", Expected.SAME_PLACE, Effect.LEFT_OUT)]


def test_a_broken_row_hides_no_other() -> None:
    reading = table(HEADER, 'Kaputt;"Weg 4;40233', DANCE, ";;;;Ohne Namen", ALONE + ";;zu viel", "", FOOTBALL)
    assert sorted(point.wording.source.texts["name"] for point in reading.points) == ["Garten Süd", "Haus Nord"]
    assert [len(point.offers) for point in reading.points if point.offers] == [2]
    assert told(reading) == [
        (2, "", 'Kaputt;"Weg 4;40233', Expected.QUOTES, Effect.REFUSED),
        (4, "Einrichtung", "", Expected.NAME, Effect.REFUSED),
        (5, "", "zu viel", Expected.COLUMNS, Effect.LEFT_OUT),
    ]


def test_a_cell_may_have_lines_and_rows_are_counted_as_a_spreadsheet_counts() -> None:
    reading = table("Name;Beschreibung;Alter", 'Haus;"Eins\nzwei";', "Hof;;alt")
    assert [
        point.wording.source.texts.get("description") for point in reading.points if len(point.wording.source.texts) > 1
    ] == ["Eins\nzwei"]
    assert [fault.where for fault in reading.faults] == [3]


@pytest.mark.parametrize("separator", list(";,\t|"))
def test_every_usual_separator_is_seen(separator: str) -> None:
    lines = (separator.join(row.split(";")) for row in ("Name;PLZ;Stadt", "Haus;40233;Düsseldorf"))
    (point,) = table(*lines).points
    assert (point.address.postcode, point.address.town) == ("40233", "Düsseldorf")


def test_the_line_of_excel_that_names_the_separator_is_no_header() -> None:
    reading = table("sep=;", "Name;PLZ", "Haus;40233")
    assert (reading.columns, len(reading.points)) == (("Name", "PLZ"), 1)


def test_formulas_are_no_values() -> None:
    reading = table("Name;Link", 'Haus;"=HYPERLINK(""http://x.de"")"')
    assert [point.contact.website for point in reading.points] == [""]
    assert told(reading) == [(2, "Link", '=HYPERLINK("http://x.de")', Expected.VALUE, Effect.LEFT_OUT)]


def test_a_phone_number_that_begins_with_plus_is_no_formula() -> None:
    (point,) = table("Name;Telefon", "Haus;+49 211 12345").points
    assert point.contact.phone == "+49 211 12345"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_known_encodings_are_read_without_a_word(encoding: str) -> None:
    reading = said("Name;Stadt\nHäuschen;Köln".encode(encoding))
    assert ([point.address.town for point in reading.points], reading.faults) == (["Köln"], ())


def test_the_encoding_of_german_spreadsheets_is_guessed_and_said() -> None:
    reading = said("Name;Preis;Angebot\nHäuschen;5 €;Töpfern".encode("cp1252"))
    assert [point.wording.source.texts["name"] for point in reading.points] == ["Häuschen"]
    assert told(reading) == [(0, "", "Windows-1252", Expected.UTF8, Effect.NOTED)]


def test_columns_of_other_languages_are_translations() -> None:
    (point,) = table("Name;Name (Arabisch);description_en;Beschreibung", "Haus;بيت;A house;Ein Haus").points
    assert {language: dict(each.texts) for language, each in point.wording.translations.items()} == {
        "ar": {"name": "بيت"}, "de": {"name": "Haus", "description": "Ein Haus"}, "en": {"description": "A house"}
    }  # fmt: skip


def test_ids_are_the_keys_and_an_id_that_is_there_twice_is_said() -> None:
    reading = table("ID;Name;Angebot-Kennung;Angebot;Alter", "7;Haus;a;Tanz;", "7;Haus;a;Sport;", "8;Haus;b;Tanz;")
    assert [point.key for point in reading.points] == ["7", "8"]
    assert [fault.expected for fault in reading.faults] == [Expected.ID_ONCE, Expected.ID_ONCE]
    assert len(reading.points[0].offers) == 2


@pytest.mark.parametrize(
    ("day", "clock", "hours"),
    [
        ("Mo, Mi", "15-18 Uhr", Hours(date(2024, 1, 1), time(15), time(18), "FREQ=WEEKLY;BYDAY=MO,WE")),
        ("3.10.2026", "15 Uhr", Hours(date(2026, 10, 3), time(15))),
        ("", "Fr 15 Uhr", Hours(date(2024, 1, 5), time(15), rule="FREQ=WEEKLY;BYDAY=FR")),
        ("Fr 15 Uhr", "", Hours(date(2024, 1, 5), time(15), rule="FREQ=WEEKLY;BYDAY=FR")),
    ],
)
def test_day_and_time_of_day_may_stand_in_two_columns(day: str, clock: str, hours: Hours) -> None:
    reading = table("Name;Wochentag;Uhrzeit", f"Haus;{day};{clock}")
    assert ([point.offers[0].hours for point in reading.points], reading.faults) == ([(hours,)], ())


def test_the_number_of_a_house_may_stand_in_a_column_of_its_own() -> None:
    (point,) = table(
        "name;addr:street;addr:housenumber;addr:postcode;addr:city", "Haus;Weg;4 a;40233;Düsseldorf"
    ).points
    assert point.address == Address("Weg 4 a", "40233", "Düsseldorf")


def test_half_a_place_on_earth_and_ages_the_wrong_way_round_are_left_out_and_said() -> None:
    reading = table("Name;Breitengrad;Längengrad;Alter von;Alter bis", "Haus;51,2;;18;12", "Hof;51.2;6.8;12;18")
    assert sorted((point.address.lat, point.address.lon) for point in reading.points if point.address.lat) == [
        (51.2, 6.8)
    ]
    assert [(fault.where, fault.expected) for fault in reading.faults] == [(2, Expected.PLACE), (2, Expected.AGES)]


# --- which column is what ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (["Einrichtung", "Anschrift", "Tel.", "Homepage"], ["name", "address", "phone", "website"]),
        (["NAME", "strasse", "Plz", "ORT"], ["name", "street", "postcode", ""]),
        (["Place", "Street", "ZIP code", "City", "E-mail"], ["name", "street", "postcode", "town", "email"]),
        (["Name", "Angebot", "Beschreibung"], ["name", "offer", "offer_description"]),
        (["Name", "Beschreibung"], ["name", "description"]),
        (["Nr.", "Name", "Kurs"], ["offer_id", "name", "offer"]),
        (["Nr.", "Name"], ["id", "name"]),
        (["Name", "Oeffnungszeiten", "Geöffnet"], ["name", "opening_hours", ""]),
        (["Name", "Mindestalter", "Höchstalter"], ["name", "age_from", "age_to"]),
        (["Farbe", ""], ["", ""]),
    ],
)
def test_headers_in_german_and_english_are_recognised_each_field_once(columns: list[str], fields: list[str]) -> None:
    found = suggest(columns)
    assert [found.get(column, "") for column in columns] == fields


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_recognised_by_each_of_its_names(field: str) -> None:
    for name in (field, FIELDS[field].german, FIELDS[field].english):
        assert suggest([name]) == {name: field}


def test_a_description_that_is_always_an_address_is_one() -> None:
    samples = {"text": ["Weg 4, 40233 Düsseldorf", "Am Feld 1, 40589 Düsseldorf", "Platz"]}
    assert suggest(["name", "text"], samples) == {"name": "name", "text": "address"}


@pytest.mark.parametrize("reference", ["name", "name@ar", "cost_note@en"])
def test_a_mapping_names_a_field_and_perhaps_a_language(reference: str) -> None:
    found = target(reference)
    assert found is not None
    assert "@".join(filter(None, (found[0].id, found[1]))) == reference


@pytest.mark.parametrize("reference", ["", "nam", "phone@ar", "name@quatsch"])
def test_what_is_no_field_is_none(reference: str) -> None:
    assert target(reference) is None


def test_without_a_name_there_are_no_points_but_the_columns_are_told() -> None:
    reading = table("Farbe;Stadt", "rot;Köln")
    assert (reading.points, reading.columns, reading.suggested) == ((), ("Farbe", "Stadt"), {"Stadt": "town"})
    assert [(fault.where, fault.expected) for fault in reading.faults] == [(0, Expected.NAME_COLUMN)]


def test_a_mapping_that_is_given_holds() -> None:
    reading = table("Farbe;Name", "rot;Köln", mapping={"Farbe": "name", "Name": "town"})
    (point,) = reading.points
    assert (point.wording.source.texts["name"], point.address.town) == ("rot", "Köln")


def test_columns_have_names_of_their_own() -> None:
    reading = table("Name;Telefon;;Telefon", "Haus;1234;x;5678")
    assert reading.columns == ("Name", "Telefon", "(3)", "Telefon (4)")
    assert [point.contact.phone for point in reading.points] == ["1234"]
