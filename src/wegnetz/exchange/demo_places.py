"""Where the demo's people could go: invented contact points, none of them in the real Düsseldorf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wegnetz.accounts.access import Viewer
from wegnetz.directory.entries import Address, Contact, Hours, Offer, Point, Translation, Wording
from wegnetz.directory.services import confirm, save_offer, save_point

CONFIRMED = date(2021, 9, 20)
INVENTED = "Erfunden für die Vorführung."


@dataclass(frozen=True, slots=True)
class Place:
    """A contact point of the demo. Without `confirmed` it waits for somebody to confirm it."""

    point: Point
    offers: tuple[Offer, ...]
    hosts_own: bool = False
    confirmed: bool = True


def _weekly(days: str, opens: time, closes: time, *, every: int = 1) -> tuple[Hours, ...]:
    """From the Monday in September 2021 on which the demo's places opened again."""
    again = f";INTERVAL={every}" if every > 1 else ""
    return (Hours(date(2021, 9, 6), opens, closes, f"FREQ=WEEKLY{again};BYDAY={days}"),)


More = Mapping[str, str] | None


def _said(field: str, german: str, description: str, more: More, **texts: str) -> Wording:
    """German, and what `more` says of the name or title in other languages. Only English was not made by a machine."""
    source = Translation({field: german, "description": description, **texts})
    others = {
        language: Translation({field: text}, language != "en", source.fingerprint)
        for language, text in (more or {}).items()
    }
    return Wording("de", {"de": source, **others})


def _offer(
    title: str, description: str, *concepts: str, more: More = None, joining: str = "Einfach kommen.", **rest: Any
) -> Offer:
    wording = _said("title", title, description, more, joining=joining)
    return Offer("", wording, concepts, **rest)


def _point(
    name: str, description: str, where: tuple[str, str, str], at: tuple[float, float],
    directions: str = "", *, accessible: bool | None = True, more: More = None,
) -> Point:  # fmt: skip
    street, postcode, district = where
    address = Address(street, postcode, "Düsseldorf", district, lat=at[0], lon=at[1])
    contact = Contact(email="hallo@ort.example", website="https://ort.example/")
    wording = _said("name", name, f"{description} {INVENTED}", more, directions=directions)
    return Point("", wording, f"{name} e. V. (Vorführung)", address, contact, accessible)


PLACES: tuple[Place, ...] = (
    Place(
        _point(
            "Halle am Gleis", "Kulturzentrum in einer alten Fabrik.", ("Musterstraße 40", "40233", "Flingern"),
            (51.2252, 6.8093), "Bahn bis Musterplatz, dann durch das große Tor.",
            more={"en": "Hall by the Tracks", "ar": "القاعة عند السكة"},
        ),
        (
            _offer(
                "Graffiti-Werkstatt", "Skizzen zeichnen, Dosen ausprobieren, eine Wand zusammen gestalten.", "graffiti",
                "drawing-and-painting", hours=_weekly("TH", time(17), time(19)), languages=("de", "en", "ti"),
                age_from=16, age_to=27, cost_cents=0, capacity=12,
                more={"en": "Graffiti workshop", "ar": "ورشة غرافيتي", "fa": "کارگاه گرافیتی", "ti": "ዎርክሾፕ ግራፊቲ"},
            ),
            _offer(
                "Tanzen ohne Vorkenntnisse", "Musik aus vielen Ländern. Alle machen mit.", "dance-workshop", "dancing",
                hours=_weekly("TH", time(19), time(21)), languages=("de", "en"), age_from=16, cost_cents=0, capacity=25,
                more={"en": "Dancing for beginners", "ar": "رقص للمبتدئين", "uk": "Танці для початківців"},
            ),
        ),
        hosts_own=True,
    ),
    Place(
        _point(
            "Garten Süd", "Beete, Bienen und ein Feuerplatz.", ("Erfindungsweg 7", "40229", "Eller"), (51.2010, 6.8450),
            "Bahn bis Eller, dann zehn Minuten am Bach entlang.", accessible=False,
        ),
        (
            _offer(
                "Zusammen gärtnern", "Säen, gießen, ernten. Werkzeug ist da.", "gardening", "community-garden",
                hours=_weekly("SA", time(11), time(15)), languages=("de", "ar", "tr"), cost_cents=0,
                more={"en": "Gardening together", "ar": "زراعة الحديقة معًا", "tr": "Birlikte bahçe işleri"},
            ),
            _offer(
                "Kochen am Feuer", "Jede Woche ein anderes Land.", "cooking-together", "kitchen", "campfire",
                hours=_weekly("FR", time(17), time(20), every=2), languages=("de", "en", "fa"), cost_cents=200,
                capacity=15, more={"en": "Cooking by the fire", "fa": "آشپزی کنار آتش", "ar": "الطبخ على النار"},
            ),
        ),
    ),
    Place(
        _point(
            "Turnhalle Nord", "Zwei Hallen, viel Platz.", ("Beispielallee 3", "40476", "Derendorf"), (51.2440, 6.7920)
        ),
        (
            _offer(
                "Fußball für alle", "Gemischte Mannschaften, Schuhe kann man leihen.", "football", "futsal",
                hours=_weekly("MO,WE", time(18), time(20)), languages=("de", "en", "ar", "fr"), age_from=16,
                cost_cents=0, capacity=22,
                more={"en": "Football for everyone", "ar": "كرة القدم للجميع", "fr": "Football pour tous"},
            ),
            _offer(
                "Schwimmen für Frauen", "Eine Trainerin hilft beim Lernen.", "swimming",
                hours=_weekly("SU", time(10), time(12)), languages=("de", "ar", "so"), age_from=18, cost_cents=300,
                capacity=10, women_only=True, joining="Vorher anmelden, es gibt zehn Plätze.",
                more={"en": "Swimming for women", "ar": "السباحة للنساء", "so": "Dabaasha haweenka"},
            ),
            _offer(
                "Boxtraining", "Erst die Technik, dann die Handschuhe.", "boxing", "self-defence",
                hours=_weekly("TU", time(18, 30), time(20)), languages=("de", "ru", "uk"), age_from=16, age_to=30,
                cost_cents=500, capacity=16, more={"en": "Boxing", "ru": "Бокс", "uk": "Бокс"},
            ),
        ),
    ),
    Place(
        _point(
            "Bücherei am Platz", "Bücher, Ruhe und freies WLAN.", ("Übungsplatz 1", "40210", "Stadtmitte"),
            (51.2200, 6.7930), "Zwei Minuten vom Hauptbahnhof.", more={"en": "Library on the Square"},
        ),
        (
            _offer(
                "Sprachcafé", "Deutsch sprechen bei Tee, ohne Lehrbuch.", "language-school", "cafe",
                hours=_weekly("TU,TH", time(16), time(18)), languages=("de", "en", "uk", "ar"), cost_cents=0,
                more={"en": "Language café", "ar": "مقهى اللغة", "uk": "Мовне кафе"},
            ),
            _offer(
                "Chor ohne Noten", "Lieder aus vielen Sprachen.", "singing",
                hours=_weekly("WE", time(18), time(19, 30)), languages=("de", "en"), interpreter=True,
                cost_cents=0, capacity=20,
                more={"en": "Choir without sheet music", "ar": "جوقة بلا نوتات"},
            ),
            _offer(
                "Schach am Nachmittag", "Für alle, die die Regeln kennen oder lernen wollen.", "chess", "board-games",
                hours=_weekly("FR", time(15), time(18)), languages=("de", "fa", "ru"), cost_cents=0,
                more={"en": "Chess", "fa": "شطرنج", "ru": "Шахматы"},
            ),
        ),
    ),
    Place(
        _point("Werkstatt Bilk", "Holz, Metall und Fahrräder.", ("Probestraße 12", "40223", "Bilk"), (51.2030, 6.7800)),
        (
            _offer(
                "Fahrrad selbst reparieren", "Werkzeug und Hilfe sind da, Ersatzteile kosten etwas.", "bicycle-repair",
                "cycling", hours=_weekly("TH", time(15), time(19)), languages=("de", "en"),
                more={"en": "Repair your bicycle"},
            ),
            _offer(
                "Nähtreff", "Nähmaschinen zum Ausprobieren. Stoff ist da.", "sewing", "tailoring",
                hours=_weekly("MO", time(16), time(19)), languages=("de", "tr", "kmr"), cost_cents=0, capacity=8,
                more={"en": "Sewing circle", "tr": "Dikiş buluşması"},
            ),
        ),
    ),
    Place(
        _point(
            "Jugendtreff Insel", "Sofa, Küche, Tonstudio.", ("Testufer 9", "40547", "Oberkassel"), (51.2290, 6.7560)
        ),
        (
            _offer(
                "Musik aufnehmen", "Rap, Beats, Instrumente: Ein Techniker hilft.", "recording-studio",
                "musical-instruments", hours=_weekly("WE", time(16), time(20)), languages=("de", "en", "fr"),
                age_from=14, age_to=27, cost_cents=0, capacity=6, joining="Einen Tag vorher anrufen.",
                more={"en": "Record your music"},
            ),
            _offer(
                "Zocken und reden", "Konsolen, Turniere, Pizza.", "gaming-together", "video-games",
                hours=_weekly("FR", time(18), time(22)), languages=("de", "en"), age_from=16, age_to=27, cost_cents=0,
                capacity=20, more={"en": "Gaming night", "ar": "ليلة ألعاب"},
            ),
        ),
        confirmed=False,
    ),
)  # fmt: skip


def add_places(*, by: Viewer, host: Viewer) -> None:
    """Put all of PLACES into the directory, the host's own among them."""
    for place in PLACES:
        keeper = host if place.hosts_own else by
        point = save_point(None, place.point, by=keeper)
        for offer in place.offers:
            save_offer(point, None, offer, by=keeper)
        if place.confirmed:
            confirm(point, by=keeper, on=CONFIRMED)
