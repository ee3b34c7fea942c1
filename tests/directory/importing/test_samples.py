"""Real files, which are no part of the project: each that is there is read, and where there are none nothing is missed.

They are looked for in WEGNETZ_SAMPLES, or in `shared/data` beside the checkout.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from wegnetz.directory.importing.outcome import Effect, Kind, Reading
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason

FOLDER = Path(os.environ.get("WEGNETZ_SAMPLES") or Path(__file__).parents[4] / "shared" / "data")


def reading_of(*files: tuple[Path, str]) -> Reading:
    opened = [(path.open("rb"), language) for path, language in files]
    try:
        return read(*(File(file, language) for file, language in opened))
    finally:
        for file, _ in opened:
            file.close()


def every_place_comes_through(file: Path) -> None:
    reading = reading_of((file, "de"))
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    assert (reading.kind, len(reading.points)) == (Kind.GEOJSON, len(features))
    assert [fault for fault in reading.faults if fault.effect is Effect.REFUSED] == []
    assert all(point.address.lat and point.address.lon for point in reading.points)


def the_alternative_places_of_duesseldorf(file: Path) -> None:
    every_place_comes_through(file)
    reading = reading_of((file, "de"))
    assert len(reading.points) == 114
    named = {point.wording.source.texts["name"]: point for point in reading.points}
    andree = named["Meine Ernte - Gemüsebau Andree"]
    assert (andree.address.street, andree.address.postcode, andree.address.town) == (
        "Volmerswerther Deich", "40221", "Düsseldorf"
    )  # fmt: skip
    assert andree.wording.source.texts["description"] == "Anbau"
    assert andree.contact.website == "http://www.meine-ernte.de"
    # Written as „KÃ¶lner“ and as „10 â\x80\x93 12“ in the file.
    assert named["Reformhaus Wersten"].address.street == "Kölner Landstr. 204"
    assert named["Bicycle Doctor"].address.street == "Derendorfer Straße 10 – 12"
    assert sum(bool(point.address.postcode) for point in reading.points) == sum(
        re.search("[0-9]{5}", each["properties"].get("description", "")) is not None
        for each in json.loads(file.read_text(encoding="utf-8"))["features"]
    )
    assert all(point.contact.website.startswith("http") for point in reading.points if point.contact.website)
    assert Counter(fault.effect for fault in reading.faults)[Effect.LEFT_OUT] == 9


def a_service_of_hsds(file: Path) -> None:
    reading = reading_of((file, "en"))
    assert [fault for fault in reading.faults if fault.effect is Effect.REFUSED] == []
    offers = [offer for point in reading.points for offer in point.offers]
    assert {offer.wording.source.texts["title"] for offer in offers} == {"Community Counselling"}
    assert {(offer.age_from, offer.age_to, offer.interpreter) for offer in offers} == {(12, 100, True)}
    assert {point.operator for point in reading.points} == {"Example Organization Inc."}


def terms_are_no_places(file: Path) -> None:
    with pytest.raises(ReadRefusedError, match=Reason.UNKNOWN_FORMAT):
        reading_of((file, "en"))


def locations_in_two_languages(file: Path) -> None:
    """Joined with the file of the other language beside it."""
    other = file.with_name(file.name.replace("_de_", "_en_"))
    reading = reading_of((file, "de"), (other, "en"))
    assert reading.faults == ()
    (point,) = reading.points
    assert (point.key, sorted(point.wording.translations)) == ("location:4", ["de", "en"])
    assert [hours.rule for hours in point.hours] == ["FREQ=WEEKLY;BYDAY=MO,TU,TH"] * 2 + ["FREQ=WEEKLY;BYDAY=FR"]
    assert (point.address.street, point.address.postcode, point.accessible) == ("Wolfgangstraße 2", "86153", True)


def a_recurring_event(file: Path) -> None:
    reading = reading_of((file, "de"))
    ((offer,),) = (point.offers for point in reading.points)
    assert [hours.rule for hours in offer.hours] == ["FREQ=WEEKLY;INTERVAL=2;UNTIL=20310101T235959;BYDAY=TU,TH"]


CHECKS: Mapping[str, Callable[[Path], None]] = {
    "hsds/example_organization_full.json": a_service_of_hsds,
    "hsds/example_service_full.json": a_service_of_hsds,
    "hsds/example_service_list.json": a_service_of_hsds,
    "hsds/example_taxonomy_term_list.json": terms_are_no_places,
    "integreat/augsburg_de_events_combine_recurring.json": a_recurring_event,
    "integreat/augsburg_de_locations.json": locations_in_two_languages,
    "places/duesseldorf_alternativ.geojson": the_alternative_places_of_duesseldorf,
}
FOUND = [name for name in CHECKS if (FOLDER / name).is_file()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("name", FOUND)


if FOUND:

    def test_a_real_file_is_read(name: str) -> None:
        CHECKS[name](FOLDER / name)
