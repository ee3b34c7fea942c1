"""Interests of a programme beside the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programme.minimal import DUESSELDORF, changed, keep, minimal
from wegnetz.directory.interests.programme import faults_of, taxonomy_of
from wegnetz.directory.interests.shipped import taxonomy
from wegnetz.directory.interests.taxonomy import Label, State
from wegnetz.exchange.cli import main
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.reader import build, read_pack

INTERESTS = "interests.toml"
EXISTS = "a group or an interest that exists"
PACK = read_pack(DUESSELDORF)


def renamed(name: str) -> dict[str, str]:
    """The minimal pack with another id for graffiti, and where the stencils name it."""
    return {file: text.replace("graffiti", name) for file, text in minimal().items()}


CASES = [
    (renamed("chess"), (Fault(INTERESTS, "chess", "an id that is shipped with Wegnetz", "an id of its own"),)),
    (renamed("music"), (Fault(INTERESTS, "music", "an id that is shipped with Wegnetz", "an id of its own"),)),
    (changed((INTERESTS, '["art"]', '["arts"]')), (Fault(INTERESTS, "graffiti.groups", "'arts'", EXISTS),)),
    (
        changed((INTERESTS, '"mdi-spray"', '"spray-can"')),
        (Fault(INTERESTS, "graffiti.icon", "'spray-can'", "a picture that is there, such as mdi-spray"),),
    ),
    (
        changed((INTERESTS, '"mdi-spray"', '"xqztv"')),
        (Fault(INTERESTS, "graffiti.icon", "'xqztv'", "a picture of docs/programme-pack.md"),),
    ),
    (
        changed((INTERESTS, '["art"]', '["stencils"]')),
        tuple(
            Fault(INTERESTS, name, "an interest above itself", "groups without a circle")
            for name in ("graffiti", "stencils")
        ),
    ),
]


def test_interests_of_a_programme_stand_behind_the_shipped_ones() -> None:
    found = taxonomy_of(build(minimal()))
    assert [concept.id for concept in found.interests[-2:]] == ["graffiti", "stencils"]
    assert found.above("stencils") == {"graffiti", "art", "making"}
    assert found["graffiti"].terms["en"] == ("Graffiti", "spraying")
    assert found["graffiti"].icon == "mdi-spray"
    assert len(found.concepts) == len(taxonomy().concepts) + 2


def test_without_a_picture_of_its_own_an_interest_has_that_of_its_group() -> None:
    """So has one that names a picture which is not there: a pack that was loaded long ago."""
    found = taxonomy_of(build(minimal()))
    assert [(each.icon, found.picture(each.id)) for each in found.interests[-2:]] == [
        ("mdi-spray", "mdi-spray"),
        ("", "mdi-spray"),
    ]
    older = taxonomy_of(build(changed((INTERESTS, '"mdi-spray"', '"spray-can"'))))
    assert older.picture("graffiti") == found["art"].icon


def test_their_words_say_who_stands_for_them() -> None:
    found = taxonomy_of(build(minimal()))
    assert found["graffiti"].states == {"de": State.HUMAN, "en": State.HUMAN, "fa": State.DRAFT}
    assert found["stencils"].label("fa") == Label("Stencils", "de")
    checked = build(minimal() | {"texts/fa/interests.toml": 'graffiti = ["گرافیتی"]\n[about]\nstate = "checked"\n'})
    assert taxonomy_of(checked)["graffiti"].states["fa"] is State.HUMAN


def test_a_sound_pack_has_no_faults() -> None:
    assert tuple(faults_of(build(minimal()))) == ()


@pytest.mark.parametrize(
    ("files", "faults"), CASES, ids=["interest", "group", "unknown", "picture", "no picture", "circle"]
)
def test_what_does_not_fit_is_named_with_its_place(files: dict[str, str], faults: tuple[Fault, ...]) -> None:
    assert tuple(faults_of(build(files))) == faults


@pytest.mark.parametrize("command", ["check-pack", "load-pack"])
@pytest.mark.django_db
def test_neither_command_takes_such_a_pack(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files, (fault,) = CASES[2]
    assert main([command, str(keep(tmp_path, files))]) == 1
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", f"{fault}\n1 to mend.\n")


# Düsseldorf.


def test_the_workshops_at_the_zakk_can_be_picked_in_every_language_of_the_participants() -> None:
    found = taxonomy_of(PACK)
    zakk = [interest.id for interest in PACK.interests.values() if interest.basis.citation.source == "mkffi-zakk"]
    assert zakk == ["dance-workshop", "singing", "graffiti"]
    for interest in PACK.interests:
        for language in PACK.participant_languages:
            assert found[interest].label(language).language == language


def test_what_is_shipped_reaches_every_participant_in_their_language_or_in_the_nearest_and_says_so() -> None:
    shipped = taxonomy().interests
    near = {each.label(language).language for each in shipped for language in PACK.participant_languages}
    assert near == set(PACK.participant_languages) - {"prs"} | {"fa"}
    assert taxonomy_of(PACK)["chess"].label("am") == Label("ቼዝ", "am")
    assert taxonomy_of(PACK)["chess"].label("prs") == Label("شطرنج", "fa")
