"""What search engines read: the words of schema.org, and nothing that ends the element it stands in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.exporting.invented import ARABIC, EDITION, GROUP, HOUSE, PARTY, SINGING
from wegnetz.directory.entries import Hours, Offer, Translation, Wording
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.jsonld import point_graph, script_text

PAGE = "https://wegnetz.example/orte/haus"


def graph(*offers: Offer, edition: Edition = EDITION, **changes: Any) -> list[dict[str, Any]]:
    found = json.loads(script_text(point_graph(replace(HOUSE, offers=offers, **changes), edition)))
    assert found["@context"] == "https://schema.org"
    return list(found["@graph"])


def event(edition: Edition = EDITION, **changes: Any) -> dict[str, Any]:
    return graph(replace(SINGING, **changes), edition=edition)[-1]


# --- the place ---------------------------------------------------------------------------------------


def test_a_place_with_its_page_and_who_runs_it() -> None:
    page, place, operator = graph()
    assert page == {
        "@type": "WebPage", "@id": PAGE, "inLanguage": "de", "license": "https://www.govdata.de/dl-de/zero-2-0",
        "copyrightNotice": "Erfundene Stadt", "about": {"@id": f"{PAGE}#place"},
        "dateModified": "2026-02-20T09:30:00+00:00",
    }  # fmt: skip
    assert {name: value for name, value in place.items() if name != "openingHoursSpecification"} == {
        "@type": "Place", "@id": f"{PAGE}#place", "name": "Erfundenes Haus", "telephone": "+49 211 0000001",
        "email": "haus@haus.example", "url": "https://haus.example", "mainEntityOfPage": {"@id": PAGE},
        "address": {
            "@type": "PostalAddress", "streetAddress": "Nirgendweg 7", "postalCode": "40999",
            "addressLocality": "Düsseldorf", "addressRegion": "Nirgendwo", "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 51.21, "longitude": 6.79},
        "amenityFeature": {
            "@type": "LocationFeatureSpecification", "name": "wheelchair accessible", "value": False,
        },
    }  # fmt: skip
    assert operator == {"@type": "Organization", "@id": f"{PAGE}#operator", "name": "Träger e. V. (erfunden)"}


def test_a_group_without_a_place_is_an_organisation() -> None:
    (_, group) = json.loads(script_text(point_graph(GROUP, EDITION)))["@graph"]
    assert group == {
        "@type": "Organization", "@id": "https://wegnetz.example/orte/gruppe#place", "name": "=1+1",
        "description": "Trifft sich im Park.", "mainEntityOfPage": {"@id": "https://wegnetz.example/orte/gruppe"},
    }  # fmt: skip


WEEK = Hours(date(2026, 1, 5), time(10), time(18), "FREQ=WEEKLY;BYDAY=MO,FR", (date(2026, 2, 2), date(2026, 4, 3)))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (
            WEEK,
            [
                {"dayOfWeek": ["Monday", "Friday"], "opens": "10:00", "closes": "18:00", "validFrom": "2026-01-05"},
                {"opens": "00:00", "closes": "00:00", "validFrom": "2026-04-03", "validThrough": "2026-04-03"},
            ],
        ),
        (
            Hours(date(2026, 3, 2), rule="FREQ=WEEKLY;COUNT=3"),
            [{
                "dayOfWeek": ["Monday"], "opens": "00:00", "closes": "23:59", "validFrom": "2026-03-02",
                "validThrough": "2026-03-16",
            }],
        ),
        (
            Hours(date(2026, 3, 2), time(9)),
            [{"opens": "09:00", "validFrom": "2026-03-02", "validThrough": "2026-03-02"}],
        ),
        (Hours(date(2026, 3, 2), rule="FREQ=MONTHLY"), None),
        (Hours(date(2026, 3, 2), rule="FREQ=WEEKLY;INTERVAL=2"), None),
        (Hours(date(2026, 3, 2), rule="FREQ=SECONDLY"), None),
    ],
)  # fmt: skip
def test_opening_hours_know_weeks_and_single_days(hours: Hours, expected: list[dict[str, Any]] | None) -> None:
    place = graph(hours=(hours,))[1]
    found = place.get("openingHoursSpecification")
    kind = {"@type": "OpeningHoursSpecification"}
    assert found == (expected and [{**kind, **each} for each in expected])


# --- offers ------------------------------------------------------------------------------------------


def test_an_offer_is_an_event_with_a_schedule() -> None:
    assert event() == {
        "@type": "Event", "@id": f"{PAGE}#singen", "url": f"{PAGE}#singen", "name": "Singen am Dienstag",
        "description": "Wir singen, was Spaß macht.\nEinfach kommen.", "inLanguage": ["de", "ar"],
        "startDate": "2026-03-03T18:00+01:00", "endDate": "2026-03-03T20:00+01:00",
        "eventSchedule": [{
            "@type": "Schedule", "startDate": "2026-03-02", "endDate": "2026-12-31", "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Tuesday"], "startTime": "18:00", "endTime": "20:00",
            "scheduleTimezone": "Europe/Berlin", "exceptDate": ["2026-04-07"],
        }],
        "location": {"@id": f"{PAGE}#place"}, "organizer": {"@id": f"{PAGE}#operator"},
        "isAccessibleForFree": False,
        "offers": {"@type": "Offer", "price": "2.50", "priceCurrency": "EUR", "url": f"{PAGE}#singen"},
        "typicalAgeRange": "16-27", "maximumAttendeeCapacity": 12,
        "eventStatus": "https://schema.org/EventScheduled", "keywords": ["Singen", "taken-out"],
    }  # fmt: skip


def test_the_next_time_is_not_one_that_is_left_out() -> None:
    eve = replace(EDITION, made_at=datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert event(eve)["startDate"] == "2026-04-14T18:00+02:00"
    over = replace(EDITION, made_at=datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert "startDate" not in event(over)


def test_once_has_no_schedule_and_free_is_free() -> None:
    party = graph(PARTY)[-1]
    assert (party["startDate"], "endDate" in party, "eventSchedule" in party) == ("2026-07-04", False, False)
    assert (party["isAccessibleForFree"], party["offers"]["price"]) == (True, "0.00")
    assert party["audience"] == {"@type": "PeopleAudience", "suggestedGender": "female"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU,-1TU", {"repeatFrequency": "P1M", "byDay": ["2TU", "-1TU"]}),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", {"repeatFrequency": "P1M", "byMonthDay": [1, 15]}),
        ("FREQ=YEARLY", {"repeatFrequency": "P1Y", "byMonthDay": [2], "byMonth": 3}),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", {"repeatFrequency": "P3D", "repeatCount": 4}),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", {}),
    ],
)
def test_how_it_repeats(rule: str, expected: dict[str, Any]) -> None:
    (found,) = event(hours=(Hours(date(2026, 3, 2), rule=rule),))["eventSchedule"]
    repeats = ("repeatFrequency", "byDay", "byMonthDay", "byMonth", "repeatCount")
    assert {name: found[name] for name in repeats if name in found} == expected


@pytest.mark.parametrize(
    ("age_from", "age_to", "expected"), [(16, None, "16-"), (None, 27, "-27"), (0, 3, "0-3"), (None, None, None)]
)
def test_ages(age_from: int | None, age_to: int | None, expected: str | None) -> None:
    assert event(age_from=age_from, age_to=age_to).get("typicalAgeRange") == expected


def test_what_is_closed_is_not_announced() -> None:
    assert [each["@type"] for each in graph(replace(SINGING, closed=True))] == ["WebPage", "Place", "Organization"]
    assert [each["@type"] for each in graph(SINGING, closed=True)] == ["WebPage", "Place", "Organization"]


# --- languages, and what strangers wrote ---------------------------------------------------------------


def test_a_text_in_another_language_than_asked_for_says_so() -> None:
    found = event(ARABIC)
    assert found["name"] == "الغناء يوم الثلاثاء"
    assert found["description"] == {"@value": "Wir singen, was Spaß macht.", "@language": "de"}


class Scripts(HTMLParser):
    """What a browser would see: the text of each script, and the elements around it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(text: str) -> Scripts:
    parser = Scripts()
    parser.feed(f'<script type="application/ld+json">{text}</script>')
    parser.close()
    return parser


def test_a_hostile_title_stays_a_title() -> None:
    text = script_text(point_graph(HOUSE, EDITION))
    assert not {sign for sign in "<>&\u2028\u2029" if sign in text}
    assert graph(PARTY)[-1]["name"] == "</script><b>Fest & mehr</b>\u2028;\r\nBEGIN:VALARM"
    assert "javascript:" not in text


@given(st.text() | st.sampled_from(["<!--<script>", "</SCRIPT >", "]]>", "\u2029", "\\u003c/script>"]))
def test_any_title_comes_back_out_of_the_page(title: str) -> None:
    offer = replace(SINGING, wording=Wording("de", {"de": Translation({"title": title})}))
    parser = seen(script_text(point_graph(replace(HOUSE, offers=(offer,)), EDITION)))
    assert parser.elements == ["script"]
    assert json.loads("".join(parser.texts))["@graph"][-1]["name"] == title or not title
