"""Network maps as drawings: all that is on the map is drawn, in every script; nothing says who made it when."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given, settings
from PIL import Image, ImageChops
from pypdf import PdfReader

from tests.network.maps import any_map
from tests.network.test_map_forms import TWO
from wegnetz.engines.ego_network import Alter, Horizon, NetworkMap, Sector, Tie, Version
from wegnetz.network.exporting import FORMATS
from wegnetz.network.exporting.labels import words_of_now
from wegnetz.network.exporting.picture import HEIGHT, WIDTH, Words, as_svg, point
from wegnetz.network.exporting.rasters import as_pdf, as_png

HEADING = (0, 0, 1200, 90)
SIGNS = ("met", "staff", "several", "none", "quarrel")
WORDS = Words(
    {sector: f"[{sector}]" for sector in Sector}, {horizon: f"[{horizon}]" for horizon in Horizon}, "me", SIGNS
)  # fmt: skip


def texts(version: Version, words: Words = WORDS) -> list[str]:
    return [element.text or "" for element in ET.fromstring(as_svg(version, words)).findall(".//{*}text")]


def image(*alters: Alter, title: str = "") -> Image.Image:
    with Image.open(BytesIO(as_png(NetworkMap((Version("", title, "", alters),)), WORDS))) as opened:
        return opened.convert("RGB")


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


@settings(deadline=None)
@given(any_map())
def test_any_map_can_be_drawn_and_everybody_is_in_the_picture(drawn: NetworkMap) -> None:
    for version in drawn.versions:
        root = ET.fromstring(as_svg(version, WORDS))
        assert {element.tag.partition("}")[2] for element in root.iter()} <= {
            "svg", "rect", "circle", "line", "text", "path", "g",
        }  # fmt: skip
        assert "http" not in as_svg(version, WORDS).replace("http://www.w3.org/2000/svg", "", 1)
        for alter in version.alters:
            x, y = point(alter)
            assert (14 < x < WIDTH - 14, 14 < y < HEIGHT - 14) == (True, True)


def test_rings_sectors_and_the_day_are_named() -> None:
    version = Version("", "Heute", "2021-10-07")
    assert texts(version) == [
        "Heute · 07.10.2021", "[family]", "[friends]", "[colleagues]", "[professionals]", "[inner]", "[middle]",
        "[outer]", "me",
    ]  # fmt: skip
    assert texts(replace(version, title="", date="bald"))[0] == "[family]"


@pytest.mark.parametrize(
    ("alter", "shown"),
    [
        (Alter("", "Me"), ["Me"]), (Alter("", "Mein Onkel"), ["Mein Onkel"]), (Alter("", "", "🌻"), ["🌻"]),
        (Alter("", "Me", "🌻"), ["🌻", "Me"]), (Alter("", "Oma", deceased=True), ["† Oma"]),
        (Alter("", "Reginald Thiel von"), ["Reginald Thie…"]), (Alter("", " \n"), []), (Alter("", "<&>"), ["<&>"]),
        (Alter("", "👩🏽‍🦱👨‍👩‍👧"), ["👩🏽‍🦱👨‍👩‍👧"]),
    ],
)  # fmt: skip
def test_people_are_called_as_on_the_map_and_long_names_are_cut(alter: Alter, shown: list[str]) -> None:
    assert texts(Version("", alters=(alter,)))[8:] == shown


@pytest.mark.parametrize(
    ("name", "inside"),
    [("Me", True), ("ABC", True), ("Mein", False), ("👩🏽‍🦱👨‍👩‍👧", True), ("e\u0301", True), ("🌻⚽🐕🏃", False)],
)
def test_what_fits_stands_in_the_circle_and_the_rest_below_it(name: str, inside: bool) -> None:
    alter = Alter("", name, angle=90, distance=50)
    (shown,) = ET.fromstring(as_svg(Version("", alters=(alter,)), WORDS)).findall(".//{*}text")[8:]
    assert (float(shown.get("y", "0")) < point(alter)[1] + 14) is inside


@pytest.mark.parametrize(
    ("alter", "word"),
    [
        (Alter("", from_programme=True), "met"), (Alter("", staff=True), "staff"),
        (Alter("", conflict=True), "quarrel"),
        (Alter("", tie=Tie.MULTIPLEX), "several"), (Alter("", tie=Tie.NONE), "none"),
    ],
)  # fmt: skip
def test_a_sign_is_drawn_and_explained_only_where_it_is_on_the_map(alter: Alter, word: str) -> None:
    version = Version("", alters=(alter,))
    assert texts(version)[8:] == [word]
    assert texts(Version("", alters=(Alter(""),)))[8:] == []
    above = (0, 0, 1200, 1200)
    assert not same(image(alter).crop(above), image(Alter("")).crop(above))


def test_who_knows_whom_and_who_has_a_tie_is_a_line() -> None:
    people = (Alter("a", angle=45), Alter("b", angle=135), Alter("c", angle=-45, tie=Tie.NONE))
    version = Version("", alters=people, ties=frozenset({frozenset("ab"), frozenset("ax")}))
    lines = list(ET.fromstring(as_svg(version, WORDS)).findall(".//{*}line"))
    assert len(lines) == 2 + 2 + 1
    assert [(line.get("x1"), line.get("x2")) for line in lines[-1:]] == [
        (f"{point(people[0])[0]:.1f}", f"{point(people[1])[0]:.1f}")
    ]


def test_from_right_to_left_heading_and_signs_begin_at_the_right() -> None:
    version = Version("", "Heute", "", (Alter("", staff=True),))
    left, right = (
        [(element.text, element.get("x"), element.get("text-anchor")) for element in root.findall(".//{*}text")]
        for root in (
            ET.fromstring(as_svg(version, WORDS)),
            ET.fromstring(as_svg(version, replace(WORDS, right_to_left=True))),
        )
    )
    assert (left[0], right[0]) == (("Heute", "8.0", "start"), ("Heute", "392.0", "end"))
    assert (left[-1], right[-1]) == (("staff", "34.0", "start"), ("staff", "366.0", "end"))
    assert left[1:-1] == right[1:-1]


# --- PNG and PDF ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "letters",
    ["Ü", "ğışŁ", "Дїґ", "سآپ", "ڕڵۆێ", "ټډښ", "ٹےں", "ቤተሰብ", "🌻", "😀", "👨‍👩‍👧", "†"],
)  # fmt: skip
def test_every_script_and_emoji_is_drawn(letters: str) -> None:
    """Each sign alone: a picture without it, or with another one, looks different."""
    drawn = [image(title=letter) for letter in ([letters] if "\u200d" in letters else letters)]
    empty = image(title="")
    assert [same(each, empty) for each in drawn] == [False] * len(drawn)
    assert not any(same(one, other) for at, one in enumerate(drawn) for other in drawn[:at])


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    assert not same(image(title="بب"), image(title="ب\u200cب"))
    first, behind = "ا", "د"
    alone, both = image(title=first).crop(HEADING), image(title=first + behind).crop(HEADING)
    left, _, right, _ = ImageChops.invert(both).getbbox() or (0, 0, 0, 0)
    width = (ImageChops.invert(alone).getbbox() or (0, 0, 0, 0))[2] - 24
    assert same(both.crop((right - width, 0, right, 90)), alone.crop((24, 0, 24 + width, 90)))
    assert right - left > width


def test_a_png_shows_the_last_version() -> None:
    raw = FORMATS["png"].write(TWO)
    with Image.open(BytesIO(raw)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1200, 1452))
        assert opened.info == {}
    assert raw == FORMATS["png"].write(replace(TWO, versions=TWO.versions[1:]))
    assert raw != FORMATS["png"].write(replace(TWO, versions=TWO.versions[:1]))


def test_a_pdf_has_a_page_for_each_version_and_does_not_say_who_made_it_when() -> None:
    raw = as_pdf(TWO, WORDS)
    pages = PdfReader(BytesIO(raw))
    assert [[round(float(side)) for side in page.mediabox[2:]] for page in pages.pages] == [[595, 842]] * 2
    assert {value for value in (pages.metadata or {}).values() if value} == {"D:19700101000000Z"}
    assert raw == as_pdf(replace(TWO), WORDS)
    assert len(PdfReader(BytesIO(as_pdf(NetworkMap(), WORDS))).pages) == 1


def test_of_many_versions_a_pdf_shows_the_first_and_the_last() -> None:
    versions = [Version(str(at), f"{at}. Mal") for at in range(14)]
    raw = as_pdf(NetworkMap(tuple(versions)), WORDS)
    assert raw == as_pdf(NetworkMap((versions[0], *versions[3:])), WORDS)
    assert len(PdfReader(BytesIO(raw)).pages) == 12


def test_the_words_are_those_of_the_language_of_now() -> None:
    with translation.override("de"):
        german = words_of_now()
    assert (german.sectors[Sector.FRIENDS], german.rings[Horizon.OUTER], german.me) == (
        "Freundeskreis", "weiter weg", "ich",
    )  # fmt: skip
    assert german.right_to_left is False
    with translation.override("ckb"):
        assert words_of_now().right_to_left is True
