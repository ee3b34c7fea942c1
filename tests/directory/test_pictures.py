"""Pictures of interests: every one has its own or its group's, and the file that holds them holds nothing else."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from tests.directory.tools import load_tool
from tests.programme.minimal import DUESSELDORF
from wegnetz.directory.interests.programme import taxonomy_of
from wegnetz.directory.interests.shipped import pictures, taxonomy
from wegnetz.directory.interests.taxonomy import Label, Taxonomy
from wegnetz.directory.selectors.interests import Interests
from wegnetz.directory.selectors.pictures import MOST_NEAR, Shelf, near, shelves, tile, without
from wegnetz.engines.search.concepts import Concept, Lexicon
from wegnetz.programme.pack.reader import read_pack

ROOT = Path(__file__).parents[2]
SPRITE = ROOT / "src/wegnetz/core/static/wegnetz/vendor/pictures.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" id="x" width="15" height="15" viewBox="0 0 15 15">{}</svg>'


tool = load_tool("pictures")


@pytest.fixture(name="known", scope="module")
def _known() -> Interests:
    found = taxonomy_of(read_pack(DUESSELDORF))
    return Interests(found, Lexicon(Concept(each.id, each.terms, each.parents) for each in found.concepts), {})


# --- what is shipped -------------------------------------------------------------------------------------------------


def test_every_interest_of_duesseldorf_has_a_picture_that_is_there(known: Interests) -> None:
    assert [each.id for each in known.taxonomy.concepts if known.taxonomy.picture(each.id) not in pictures()] == []
    assert [each.id for each in known.taxonomy.concepts if not each.icon] == []


def test_the_file_holds_every_picture_that_is_named_and_no_other() -> None:
    assert set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8"))) == pictures()


def test_the_file_holds_outlines_and_nothing_that_runs_or_has_a_colour() -> None:
    text = SPRITE.read_text(encoding="utf-8")
    assert set(re.findall(r"<(\w+)", text)) == {"svg", "symbol", "path"}
    assert set(re.findall(r"([\w:-]+)=", text)) == {"xmlns", "id", "viewBox", "d"}


def test_people_can_tell_the_pictures_apart(known: Interests) -> None:
    """Fighting sports, curling and games with a racket are told apart by their words alone; all others are not."""
    shared = Counter(each.icon for each in known.taxonomy.concepts)
    assert {icon: count for icon, count in shared.items() if count > 1} == {
        "mdi-karate": 4, "mdi-kabaddi": 2, "mdi-curling": 2, "mdi-racquetball": 2,
    }  # fmt: skip


def test_no_picture_shows_a_religion_a_bottle_or_an_aeroplane() -> None:
    """What somebody believes is not asked here, and an aeroplane means something else to who may be deported."""
    refused = re.compile(r"church|mosque|relig|cross|beer|wine|cocktail|plane")
    assert [name for name in sorted(pictures()) if refused.search(name)] == []


# --- picking ---------------------------------------------------------------------------------------------------------


def ids(found: list[Shelf] | tuple[Shelf, ...]) -> list[str]:
    return [one for each in found for one in (*(tile.id for tile in each.tiles), *ids(each.below))]


def test_every_interest_stands_in_one_place(known: Interests) -> None:
    assert sorted(ids(shelves(known, "de"))) == sorted(each.id for each in known.taxonomy.interests)


def test_what_is_offered_stands_before_all_else_of_its_group(known: Interests) -> None:
    music = next(each for each in shelves(known, "de", first=frozenset({"karaoke"})) if each.group.id == "music")
    names = [each.label.text for each in music.tiles]
    assert names[0] == "Karaoke"
    assert names[1:] == sorted(names[1:], key=str.casefold)


def test_what_stands_elsewhere_on_the_page_is_left_out_with_what_is_empty_then(known: Interests) -> None:
    rest = list(without(shelves(known, "de"), frozenset({"chess"})))
    assert set(ids(shelves(known, "de"))) - set(ids(rest)) == {"chess"}
    everything = frozenset(each.id for each in known.taxonomy.interests)
    assert list(without(shelves(known, "de"), everything)) == []


def test_a_tile_says_its_word_in_the_second_language_only_if_it_is_really_there(known: Interests) -> None:
    assert tile(known, "chess", "de", speaks="ar").also == Label("شطرنج", "ar")
    assert tile(known, "yoga", "de", speaks="fr").also is None
    assert tile(known, "chess", "de", speaks="de").also is None
    assert tile(known, "chess", "de").also is None


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("كرة القدن", "ar", "football"),
        ("fotbal", "de", "football"),
        ("шахмати", "uk", "chess"),
        ("Muzik", "de", "music"),
    ],
)
def test_a_word_with_a_typo_leads_to_its_picture(known: Interests, words: str, language: str, first: str) -> None:
    found = near(known, words, language)
    assert (found[0], len(found) <= MOST_NEAR) == (first, True)


def test_what_is_narrower_stands_behind_what_was_meant(known: Interests) -> None:
    assert "boxing" in near(known, "Kampfsport", "de")


@pytest.mark.parametrize("words", ["", "xqztv"])
def test_what_means_nothing_has_no_picture(known: Interests, words: str) -> None:
    assert near(known, words, "de") == []


def test_an_interest_above_which_there_is_no_group_is_a_shelf_of_its_own() -> None:
    alone = taxonomy()["chess"]
    assert Taxonomy((type(alone)(alone.id, (), alone.terms, alone.states),)).shelf("chess") == "chess"


# --- the tool --------------------------------------------------------------------------------------------------------


def packed(folder: Path, package: str, files: dict[str, str]) -> Path:
    path = folder / f"{package.replace('/', '-')}.tgz"
    with tarfile.open(path, "w:gz") as tar:
        about = json.dumps({"name": package, "version": "1.0.0"})
        for name, text in {"package.json": about, **files}.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return path


def test_a_picture_is_named_by_its_set_and_its_file(tmp_path: Path) -> None:
    drawing = SVG.format('<path id="a" d="M1 2\n L3 4z"/>')
    maki = packed(tmp_path, "@mapbox/maki", {"icons/canoe.svg": drawing, "other/canoe.svg": drawing})
    mdi = packed(tmp_path, "@mdi/svg", {"svg/run.svg": drawing, "icons/walk.svg": drawing})
    drawings = tool.read_sets([maki, mdi])
    assert sorted(drawings) == ["maki-canoe", "mdi-run"]
    assert tool.sprite(["mdi-run", "maki-canoe"], drawings) == (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        '<symbol id="maki-canoe" viewBox="0 0 15 15"><path d="M1 2 L3 4z"/></symbol>\n'
        '<symbol id="mdi-run" viewBox="0 0 15 15"><path d="M1 2 L3 4z"/></symbol>\n</svg>\n'
    )


def test_a_picture_that_is_not_there_is_named() -> None:
    with pytest.raises(tool.PictureError, match="in none of the packages: mdi-xqztv"):
        tool.sprite(["mdi-xqztv"], {})


@pytest.mark.parametrize(
    "drawn",
    [
        '<circle r="4"/>', '<path d="M0 0"/><script>alert(1)</script>', '<path d="M0 0" fill="red"/>',
        '<g transform="scale(2)"><path d="M0 0"/></g>', "", '<path d="M0 0&quot;/&gt;"/>',
    ],
)  # fmt: skip
def test_a_picture_that_is_drawn_with_more_than_outlines_is_refused(drawn: str) -> None:
    with pytest.raises(tool.PictureError, match="drawn with more than paths"):
        tool.symbol("mdi-x", SVG.format(drawn))
