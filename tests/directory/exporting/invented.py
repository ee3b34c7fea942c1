"""A directory of two contact points. Everything in it is invented: names, numbers, places and addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from wegnetz.directory.entries import Address, Contact, Hours, Offer, Point, Translation, Wording
from wegnetz.directory.exporting.calendar import Revision
from wegnetz.directory.exporting.edition import Credit, Edition
from wegnetz.directory.interests.taxonomy import Concept, State, Taxonomy

TAXONOMY = Taxonomy(
    (
        Concept("music", (), {"de": ("Musik",)}, {"de": State.HUMAN}, group=True),
        Concept(
            "singing", ("music",), {"de": ("Singen", "Chor"), "ar": ("الغناء",)},
            {"de": State.HUMAN, "ar": State.HUMAN},
        ),
    )
)  # fmt: skip
EDITION = Edition(
    "de", "https://wegnetz.example/orte", "Erfundene Stadt", "https://www.govdata.de/dl-de/zero-2-0",
    datetime(2026, 3, 1, 12, tzinfo=UTC), TAXONOMY,
    {"haus": Credit("Erfundene Stadt", "https://www.govdata.de/dl-de/zero-2-0")},
)  # fmt: skip
REVISION = Revision(3, datetime(2026, 2, 20, 9, 30, tzinfo=UTC))
ARABIC = replace(EDITION, language="ar")

_source = Translation(
    {"title": "Singen am Dienstag", "description": "Wir singen, was Spaß macht.", "joining": "Einfach kommen."}
)
SINGING = Offer(
    "singen",
    Wording(
        "de",
        {
            "de": _source,
            "ar": Translation({"title": "الغناء يوم الثلاثاء"}, machine=True, made_from=_source.fingerprint),
            "fr": Translation({"title": "Chanter le lundi"}, made_from="0123456789abcdef"),
        },
    ),
    concepts=("singing", "taken-out"),
    hours=(
        Hours(date(2026, 3, 2), time(18), time(20), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231", (date(2026, 4, 7),)),
    ),
    languages=("de", "ar"),
    interpreter=True,
    age_from=16,
    age_to=27,
    cost_cents=250,
    capacity=12,
    contact=Contact("Frau Erfunden", "singen@haus.example", "+49 211 0000000", "https://haus.example/singen"),
    confirmed_on=date(2026, 2, 14),
)  # fmt: skip
PARTY = Offer(
    "=HYPERLINK(1)",
    Wording("de", {"de": Translation({"title": "</script><b>Fest & mehr</b>\u2028;\r\nBEGIN:VALARM"})}),
    hours=(Hours(date(2026, 7, 4)), Hours(date(2026, 7, 5), rule="FREQ=SECONDLY"), Hours(date(2026, 7, 6), zone="?")),
    cost_cents=0,
    women_only=True,
    contact=Contact("-1+1", "no address", "@0", "javascript:alert(1)"),
)
HOUSE = Point(
    "haus",
    Wording(
        "de",
        {
            "de": Translation({"name": "Erfundenes Haus", "directions": "Bus 700 bis Nirgendwo"}),
            "ar": Translation({"name": "بيت مخترع"}),
        },
    ),
    operator="Träger e. V. (erfunden)",
    address=Address("Nirgendweg 7", "40999", "Düsseldorf", "Nirgendwo", lat=51.21, lon=6.79),
    contact=Contact("", "haus@haus.example", "+49 211 0000001", "https://haus.example"),
    accessible=False,
    hours=(Hours(date(2026, 1, 5), time(10), time(18), "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),),
    offers=(SINGING, PARTY),
    confirmed_on=date(2026, 1, 15),
    modified_at=datetime(2026, 2, 20, 9, 30, tzinfo=UTC),
)
GROUP = Point("gruppe", Wording("de", {"de": Translation({"name": "=1+1", "description": "Trifft sich im Park."})}))
POINTS = (HOUSE, GROUP)
