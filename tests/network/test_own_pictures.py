"""A map as a picture says in words what it says in shapes, and shows nobody who is not on it."""

from __future__ import annotations

from django.utils import translation

from wegnetz.engines.ego_network import Alter, Sector, Tie, Version
from wegnetz.network.selectors.map_pictures import Row, compared, names_in, picture_of

ALTERS = (
    Alter("1", "M", angle=45, distance=25),
    Alter("2", emoji="🦉", angle=100, distance=90, tie=Tie.NONE, conflict=True, from_programme=True),
    Alter("3", "AMK", angle=-45, distance=60, tie=Tie.MULTIPLEX, staff=True),
)
VERSION = Version("1", alters=ALTERS, ties=frozenset({frozenset("12"), frozenset("1"), frozenset({"1", "gone"})}))


@translation.override("de")
def test_every_sign_of_the_picture_has_its_words() -> None:
    picture = picture_of(VERSION, names_in("de", None), before=Version("0", alters=ALTERS[:1]))
    assert [mark.label for mark in picture.marks] == [
        "M: Familie, ganz nah",
        "🦉: Freundeskreis, bekannt, gerade kein Kontakt, Streit, durch das Programm, neu",
        "AMK: Fachleute, nah, mehrere Arten von Kontakt, arbeitet im Programm, neu",
    ]
    assert [mark.is_long for mark in picture.marks] == [False, False, True]
    assert (picture.conflicts, picture.from_programme, picture.staff, picture.untied) == (True, True, True, True)
    assert picture.label == "Karte mit drei Ringen und vier Bereichen. Menschen darauf: 3."


@translation.override("de")
def test_lines_are_between_people_on_the_map_alone() -> None:
    picture = picture_of(VERSION, names_in("de", None))
    assert [(line.one.called, line.other.called) for line in picture.lines] == [("M", "🦉")]
    assert [mark.new for mark in picture.marks] == [False, False, False]


@translation.override("de")
def test_an_empty_map_has_its_rings_and_sectors() -> None:
    picture = picture_of(None, names_in("de", None))
    assert [ring.name for ring in picture.rings] == ["bekannt", "nah", "ganz nah"]
    assert {corner.sector: (corner.x > 180, corner.y < 180) for corner in picture.corners} == {
        Sector.FAMILY: (True, True), Sector.FRIENDS: (False, True), Sector.COLLEAGUES: (False, False),
        Sector.PROFESSIONALS: (True, False),
    }  # fmt: skip
    assert (picture.marks, picture.lines, picture.conflicts) == ((), (), False)


@translation.override("de")
def test_what_has_changed_is_counted() -> None:
    assert compared(Version("0", alters=ALTERS[:1]), VERSION) == (
        Row("Menschen auf der Karte", "", 1, 3), Row("Ganz nah oder nah", "", 1, 2),
        Row("Wer sich untereinander kennt", "Verbindungen", 0, 1),
        Row("Durch das Programm kennengelernt", "", 0, 1),
        Row("Ohne Fachleute und Programm", "Wer bleibt, wenn das Programm endet?", 1, 2),
    )  # fmt: skip
