"""Contact points as forms and importers store them, in all their variety: for laws that hold for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import strategies as st

from wegnetz.directory.entries import (
    OFFER_TEXTS,
    POINT_TEXTS,
    Address,
    Contact,
    Hours,
    Offer,
    Point,
    Translation,
    Wording,
)

# The sixteen languages of the public pages, and some that nobody translates into.
LANGUAGES = (
    "de", "en", "am", "ar", "ckb", "fa", "fr", "kmr", "prs", "ps", "ru", "so", "sq", "ti", "tr", "uk", "pt-BR",
    "zh-Hant",
)  # fmt: skip
CONCEPTS = ("dance", "chess", "music", "cafe")
RULES = (
    "", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20271231", "FREQ=DAILY;COUNT=5",
    "FREQ=MONTHLY;BYDAY=2TU,-1FR", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=WEEKLY;UNTIL=20270301T170000Z;WKST=SU",
)  # fmt: skip
WORDS = ("Haus", "Chor", "für alle", "بيت", "спів", "ሙዚቃ", "5 €", "A & B", "l'été", "„Ja“", "100 %", "-", "+", "=1+1")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
pages = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
days = st.dates(date(2020, 1, 1), date(2029, 12, 31))
clocks = st.times(time(0), time(23, 59)).map(lambda at: at.replace(microsecond=0, second=at.second // 30 * 30))
keys = st.from_regex(r"[a-z0-9][a-z0-9:@-]{0,20}", fullmatch=True)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  by `timezones`
flags = st.sampled_from([True, False, None])


@st.composite
def any_wording(draw: st.DrawFn, fields: tuple[str, ...], languages: tuple[str, ...] = LANGUAGES) -> Wording:
    """The first of the fields is there in the source; any other may lack, in any language."""
    chosen = draw(st.lists(st.sampled_from(languages), min_size=1, max_size=4, unique=True))
    found = {}
    for number, language in enumerate(chosen):
        said = {name: draw(pages if name != fields[0] else words) for name in fields if draw(st.booleans())}
        if number == 0 or not said:
            said[fields[0]] = draw(words)
        made_from = draw(st.sampled_from(["", "0123456789abcdef"]))
        found[language] = Translation(said, number > 0 and draw(st.booleans()), made_from if number else "")
    wording = Wording(chosen[0], found)
    current = draw(st.booleans())
    return wording if not current else replace(wording, translations={
        language: replace(each, made_from=wording.source.fingerprint) if each.made_from else each
        for language, each in found.items()
    })  # fmt: skip


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    opens, closes = draw(st.none() | clocks), draw(st.none() | clocks)
    left_out = draw(st.lists(days, max_size=3, unique=True))
    zone = draw(st.sampled_from(["Europe/Berlin", "Europe/Lisbon", "America/New_York"]))
    return Hours(draw(days), opens, closes, draw(st.sampled_from(RULES)), tuple(sorted(left_out)), zone)


def any_contact() -> st.SearchStrategy[Contact]:
    return st.builds(
        Contact, st.just("") | words, st.sampled_from(["", "haus@haus.example"]),
        st.sampled_from(["", "+49 211 0000000", "0211 0-12"]),
        st.sampled_from(["", "https://haus.example/a?b=1#c", "http://häuser.example/straße"]),
    )  # fmt: skip


@st.composite
def any_address(draw: st.DrawFn) -> Address:
    degrees = draw(st.none() | st.tuples(st.integers(-90 * 10**7, 90 * 10**7), st.integers(-180 * 10**7, 180 * 10**7)))
    lat, lon = (degrees[0] / 10**7, degrees[1] / 10**7) if degrees else (None, None)
    line = st.just("") | words
    return Address(
        draw(line), draw(st.sampled_from(["", "40233", "01067"])), draw(line), draw(line),
        draw(st.sampled_from(["DE", "NL", "FR"])), lat, lon,
    )  # fmt: skip


@st.composite
def any_offer(draw: st.DrawFn, key: str) -> Offer:
    ages = sorted(draw(st.lists(st.integers(0, 120), min_size=2, max_size=2)))
    return Offer(
        key, draw(any_wording(OFFER_TEXTS)),
        concepts=tuple(draw(st.lists(st.sampled_from(CONCEPTS), max_size=3, unique=True))),
        hours=tuple(draw(st.lists(any_hours(), max_size=3, unique=True))),
        languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), max_size=4, unique=True))),
        interpreter=draw(flags), age_from=draw(st.sampled_from([None, ages[0]])),
        age_to=draw(st.sampled_from([None, ages[1]])), cost_cents=draw(st.none() | st.integers(0, 100_000)),
        women_only=draw(st.booleans()), capacity=draw(st.none() | st.integers(0, 100_000)),
        contact=draw(any_contact()), confirmed_on=draw(st.none() | days), closed=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def any_point(draw: st.DrawFn, key: str) -> Point:
    offered = draw(st.lists(keys, max_size=3, unique=True))
    return Point(
        key, draw(any_wording(POINT_TEXTS)), operator=draw(st.just("") | words), address=draw(any_address()),
        contact=draw(any_contact()), accessible=draw(flags),
        hours=tuple(draw(st.lists(any_hours(), max_size=2, unique=True))),
        offers=tuple(draw(any_offer(each)) for each in sorted(offered)), confirmed_on=draw(st.none() | days),
        closed=draw(st.booleans()), modified_at=draw(st.none() | moments),
    )  # fmt: skip


@st.composite
def any_points(draw: st.DrawFn) -> list[Point]:
    """In the order of their keys."""
    return [draw(any_point(key)) for key in sorted(draw(st.lists(keys, min_size=1, max_size=3, unique=True)))]
