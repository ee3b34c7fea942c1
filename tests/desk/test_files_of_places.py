"""Places from files: what the pages say of a file before and after it is taken over."""

from __future__ import annotations

import re
from itertools import count
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.desk.test_directory import sent_back, url
from tests.people import DAY, DB, Cast, Desk, Page
from wegnetz.desk.views import directory_import
from wegnetz.directory import services
from wegnetz.directory.models import ContactPoint, Import
from wegnetz.directory.selectors import open_point
from wegnetz.directory.selectors.imports import LEASE
from wegnetz.directory.selectors.previews import MOST_SHOWN

pytestmark = DB


def test_a_preview_says_what_a_new_entry_says(steering: Desk) -> None:
    content = b"Name;Angebot;Zeiten;Nur f\xc3\xbcr Frauen;Sprachen\nHalle;Chor;Di 18-20 Uhr;ja;ar\n"
    file = SimpleUploadedFile("orte.csv", content)
    made = steering.post(url("imports"), {"name": "Liste", "language": "de", "file": file})
    shown = steering.get(made.headers["Location"]).context["shown"]
    assert [(each["title"], each["changes"]) for each in shown] == [
        ("Halle", []),
        ("Chor", [
            ("Zeiten", "", "jede Woche: Dienstag, 18:00 bis 20:00"), ("Sprachen", "", "Arabisch"),
            ("Nur für Frauen", "", "ja"),
        ]),
    ]  # fmt: skip


def test_a_preview_that_is_no_longer_true_is_shown_anew_with_a_sentence(steering: Desk, cast: Cast) -> None:
    def sent(seats: int) -> str:
        content = f"Kennung;Name;Angebot;Plätze\nh;Halle;Chor;{seats}\n".encode()
        file = SimpleUploadedFile("orte.csv", content)
        return str(steering.post(url("imports"), {"name": "Liste", "language": "de", "file": file}).headers["Location"])

    def agree(address: str, page: Page) -> Page:
        return steering.post(f"{address}uebernehmen/", {"vorschau": page.context["preview"].digest}, follow=True)

    first, second = sent(5), sent(7)
    stale = steering.get(second)
    agree(first, steering.get(first))
    page = agree(second, stale)
    sentence = (
        "Inzwischen hat sich etwas geändert, und es ist noch nichts übernommen. "
        "Bitte sehen Sie sich die Vorschau noch einmal an."
    )
    assert [str(each) for each in page.context["messages"]] == [sentence]
    assert [(str(each["what"]), each["changes"]) for each in page.context["shown"]] == [
        ("changed", [("Plätze", "5", "7")])
    ]
    page = agree(second, page)
    assert [str(each) for each in page.context["messages"]] == ["1 Eintrag ist übernommen."]


def test_a_large_file_says_how_far_it_is_and_what_became_of_it(steering: Desk) -> None:
    rows = "".join(f"Halle {number};{'Eine Halle. ' * 40}\n" for number in range(500))
    file = SimpleUploadedFile("orte.csv", f"Name;Beschreibung\n{rows}".encode())
    address = steering.post(url("imports"), {"name": "Liste", "language": "de", "file": file}).headers["Location"]
    import_id = UUID(address.rstrip("/").split("/")[-1])

    def status(**said: object) -> str:
        Import.objects.filter(id=import_id).update(**said)
        found = re.search(r'role="status">\s*<p>(.*?)</p>', steering.get(address).content.decode(), re.DOTALL)
        return found[1] if found else ""

    now = timezone.now()
    assert [
        status(), status(phase="opening"), status(phase="reading", done=120, total=500),
        status(phase="comparing", total=500), status(beat_at=now - LEASE * 2)[:40],
        status(phase="waiting")[:40], status(stage="taking", phase="comparing", total=500, beat_at=now),
    ] == [
        "Die Datei wartet darauf, dass sie an der Reihe ist.", "Die Datei wird geöffnet.",
        "120 von 500 Einträgen sind gelesen.", "500 Orte werden mit dem Verzeichnis verglichen.",
        "Hier geht es gerade nicht weiter. In ein", "Das dauert ungewöhnlich lange. Vielleich",
        "500 Orte werden verglichen und gespeichert, alle auf einmal.",
    ]  # fmt: skip
    Import.objects.filter(id=import_id).update(stage="reading", phase="waiting")
    services.work_on_import(import_id, on=DAY)
    page = steering.get(address)
    steering.post(f"{address}uebernehmen/", {"vorschau": page.context["preview"].digest})
    services.work_on_import(import_id, on=DAY)
    assert "500 Einträge sind übernommen." in steering.get(address).content.decode()
    for why in ("encoding", "failed", "role"):
        Import.objects.filter(id=import_id).update(stage="stopped", stopped_by=why)
        page = steering.get(address)
        assert (page.status_code, "hat sich nichts geändert" in page.content.decode()) == (422, True)


def test_of_many_faults_only_those_shown_are_put_into_words(steering: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    words = count()
    monkeypatch.setattr(directory_import, "sentence", lambda *_parts: str(next(words)))
    rows = "".join(f"Halle {number};viele\n" for number in range(MOST_SHOWN + 50))
    file = SimpleUploadedFile("orte.csv", f"Name;Mindestalter\n{rows}".encode())
    made = steering.post(url("imports"), {"name": "Liste", "language": "de", "file": file})
    page = steering.get(made.headers["Location"])
    assert (next(words), page.context["number"], page.context["more_faults"]) == (MOST_SHOWN, MOST_SHOWN + 50, 50)


def test_what_stays_as_it_was_changed_here_is_shown_with_what_the_file_says_and_counts_as_no_change(
    steering: Desk,
) -> None:
    def sent(street: str, price: str) -> Page:
        content = f"Ort-ID;Name;Straße;Angebot;Preis\nh;Halle;{street};Chor;{price}\n".encode()
        data = {"name": "Liste", "language": "de", "file": SimpleUploadedFile("orte.csv", content)}
        return steering.get(steering.post(url("imports"), data).headers["Location"])

    def agree(page: Page) -> Page:
        agreed = {"vorschau": page.context["preview"].digest}
        return steering.post(url("take-over-import", page.context["id"]), agreed, follow=True)

    first = sent("Weg 1", "3,50")
    assert first.context["shown"][1]["changes"] == [("Preis", "", "3,50\xa0€")]
    assert "2 Einträge kommen dazu oder ändern sich." in first.content.decode()
    agree(first)
    made = ContactPoint.objects.get().id
    form = steering.get(url("change-point", made))
    assert steering.post(url("change-point", made), sent_back(form) | {"street": "Unser Weg 2"}).status_code == 302
    offer = steering.get(url("change-offer", made, open_point(made).offers[0].id))
    assert 'value="3,50"' in offer.content.decode()
    page = sent("Weg 3", "3,50")
    (kept,) = page.context["shown"]
    assert kept["kept"] == [("Straße", "Unser Weg 2", "Weg 3")]
    assert "Es ist schon alles auf dem neuesten Stand." in page.content.decode()
    assert "Bei einem Eintrag bleibt, was hier geändert wurde." in page.content.decode()
    page = sent("Weg 3", "0")
    assert "Ein Eintrag kommt dazu oder ändert sich." in page.content.decode()
    assert "Weg 3" in page.content.decode()
    assert [str(each) for each in agree(page).context["messages"]] == ["1 Eintrag ist übernommen."]


def test_a_file_with_swapped_numbers_is_taken_over_and_each_place_is_named(steering: Desk) -> None:
    content = "Name;Breitengrad;Längengrad\nVertauscht;6.8;51.2\nRichtig;51.2;6.8\nFern;-33.9;18.4\n".encode()
    data = {"name": "Liste", "language": "de", "file": SimpleUploadedFile("orte.csv", content)}
    page = steering.get(steering.post(url("imports"), data).headers["Location"])
    (fault,) = page.context["faults"]
    assert fault == (
        "„Vertauscht“: „6.8, 51.2“ gefunden. Breitengrad und Längengrad scheinen vertauscht: So liegt der Ort weit weg "
        "von hier. Wir übernehmen es so. Bitte sehen Sie einmal nach."
    )


def test_that_something_costs_nothing_is_said_in_a_preview(steering: Desk) -> None:
    content = b"Name;Angebot;Preis\nHalle;Chor;0\n"
    data = {"name": "Liste", "language": "de", "file": SimpleUploadedFile("orte.csv", content)}
    page = steering.get(steering.post(url("imports"), data).headers["Location"])
    assert page.context["shown"][1]["changes"] == [("Preis", "", "kostenlos")]
