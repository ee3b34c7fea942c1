"""The taxonomy as it is shipped. Each look for faults is also shown one that it has to find."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from wegnetz.directory.interests.shipped import LABELS, PACKAGE, taxonomy
from wegnetz.directory.interests.taxonomy import Concept, State
from wegnetz.engines.folding import fold

PACKAGED = ("de", "en", "fr", "nl", "tr", "uk", "ru", "pl", "ar", "fa")
DRAFTED = ("ps", "ckb", "kmr", "ti", "am", "so", "sq")
LANGUAGES = (*PACKAGED, *DRAFTED)
ARABIC, CYRILLIC, ETHIOPIC, LATIN = "ARABIC", "CYRILLIC", "ETHIOPIC", "LATIN"
SCRIPTS = {
    "ar": ARABIC, "fa": ARABIC, "ps": ARABIC, "ckb": ARABIC, "uk": CYRILLIC, "ru": CYRILLIC, "ti": ETHIOPIC,
    "am": ETHIOPIC,
}  # fmt: skip
NOTE = "draft, not yet checked by a native speaker"
# Names of a sport that are written in Latin letters in every script.
NAMES = frozenset({"BMX"})
# Letters that Persian or Arabic use and the other does not: a file in the wrong language shows by them.
NOT_IN = {"ckb": "ىكيةثذصضطظ", "fa": "ەێۆڵڕټډړښ", "ar": "ەێۆڵڕپچژگټډړښ"}

FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in LABELS.glob("*.toml")}


def without_label(concepts: Iterable[Concept], language: str) -> Iterator[str]:
    for concept in concepts:
        if language not in concept.states or not concept.terms.get(language, ("",))[0].strip():
            yield concept.id


def in_another_script(concepts: Iterable[Concept], language: str) -> Iterator[str]:
    """Labels with a letter of another script; synonyms without a single letter of their own."""
    script = SCRIPTS.get(language, LATIN)
    for concept in concepts:
        label, *synonyms = concept.terms.get(language, ("",))
        words = (word for word in label.split() if word not in NAMES)
        if any(not unicodedata.name(char, "").startswith((script, "MODIFIER")) for char in letters(" ".join(words))):
            yield f"{concept.id}: {label}"
        for term in synonyms:
            if not any(unicodedata.name(char, "").startswith(script) for char in letters(term)):
                yield f"{concept.id}: {term}"


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def empty_or_twice(concepts: Iterable[Concept], language: str) -> Iterator[str]:
    for concept in concepts:
        terms = concept.terms.get(language, ())
        for term, count in Counter(map(fold, terms)).items():
            if count > 1 or not term:
                yield f"{concept.id}: {term!r} {count} times"
        yield from (f"{concept.id}: {term!r} has spaces around it" for term in terms if term != term.strip())


def shared(concepts: Iterable[Concept], language: str) -> Iterator[str]:
    """Labels that two concepts have, so that nobody could tell the two apart in a list."""
    labels = Counter(fold(concept.terms[language][0]) for concept in concepts if language in concept.states)
    yield from (label for label, count in labels.items() if count > 1)


def football(**terms: tuple[str, ...]) -> Concept:
    states = dict.fromkeys(terms, State.HUMAN)
    return replace(taxonomy()["football"], terms=terms, states=states)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_and_concept_has_a_label(language: str) -> None:
    assert list(without_label(taxonomy().concepts, language)) == []


def test_a_missing_label_is_found() -> None:
    assert list(without_label([football(en=("football",))], "de")) == ["football"]
    assert list(without_label([football(de=("",))], "de")) == ["football"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_in_the_script_of_their_language(language: str) -> None:
    assert list(in_another_script(taxonomy().concepts, language)) == []


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("ti", ("football",)),
        ("ar", ("كرة football",)),
        ("ckb", ("تۆپی پێ", "futbol")),
        ("kmr", ("فوتبال",)),
        ("ru", ("Фyтбол",)),
        ("sq", ("Футбол",)),
    ],
)
def test_another_script_is_found(language: str, terms: tuple[str, ...]) -> None:
    assert list(in_another_script([football(**{language: terms})], language))


@pytest.mark.parametrize("language", NOT_IN)
def test_labels_keep_to_the_letters_of_their_language(language: str) -> None:
    """Among the languages in Arabic letters; only ours are looked at, the package is left as it stands."""
    terms = [term for kind in ("groups", "concepts") for e in FILES[language][kind].values() for term in e["terms"]]
    assert [term for term in terms if set(term) & set(NOT_IN[language])] == []


def test_pashto_and_sorani_are_written_with_their_own_letters() -> None:
    """A file in Persian would pass the test of scripts; these letters it would not have."""
    for language, own in (("ps", "ښړډټځڅېۍګ"), ("ckb", "ێۆڵڕەڤ")):
        text = "".join(term for concept in taxonomy().concepts for term in concept.terms[language])
        assert [letter for letter in own if letter not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_is_empty_or_there_twice(language: str) -> None:
    assert list(empty_or_twice(taxonomy().concepts, language)) == []


@pytest.mark.parametrize("terms", [("Fußball", "FUSSBALL"), ("Fußball", ""), ("Fußball ",)])
def test_an_empty_or_double_term_is_found(terms: tuple[str, ...]) -> None:
    assert list(empty_or_twice([football(de=terms)], "de"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_concepts_have_the_same_label(language: str) -> None:
    assert list(shared(taxonomy().concepts, language)) == []


def test_a_label_that_two_concepts_have_is_found() -> None:
    assert list(shared([football(tr=("Marangoz",)), football(tr=("MARANGOZ", "doğrama"))], "tr")) == ["marangoz"]


def test_ids_are_slugs_and_every_concept_leads_to_a_group_at_the_top() -> None:
    top = {group.id for group in taxonomy().groups if not group.parents}
    assert 10 <= len(top) <= 15
    for concept in taxonomy().concepts:
        assert concept.id == "-".join(fold(concept.id).replace("_", " ").split()), concept.id
        assert concept.id in top or taxonomy().above(concept.id) & top, concept.id


def test_every_group_has_a_picture_of_its_own_and_something_below() -> None:
    icons = [group.icon for group in taxonomy().groups]
    assert all(icons)
    assert len(set(icons)) == len(icons)
    assert [group.id for group in taxonomy().groups if not taxonomy().children(group.id)] == []


def test_the_size_is_that_of_a_choice_and_not_of_a_map() -> None:
    """About two hundred concepts, about sixty of them sports. A run of the tool that loses some would show here."""
    sports = [concept for concept in taxonomy().interests if "sport" in taxonomy().above(concept.id)]
    assert 200 <= len(taxonomy().interests) <= 260
    assert 60 <= len(sports) <= 90


def test_football_stands_among_ball_games_and_boxing_among_martial_arts() -> None:
    assert taxonomy().above("football") == {"ball-sports", "sport"}
    assert taxonomy().above("boxing") == {"martial-arts", "sport"}


def test_words_of_the_package_stand_as_they_are() -> None:
    assert taxonomy()["tennis"].terms["ar"][0] == "التنس"
    assert "Tennisplatz" in taxonomy()["tennis"].terms["de"]
    assert taxonomy()["library"].terms["tr"][0] == "Kütüphane"


# --- what is a draft says so -----------------------------------------------------------------------------------------


def test_every_language_has_a_file_and_says_who_stands_for_it() -> None:
    assert sorted(FILES) == sorted(LANGUAGES)
    for language, file in FILES.items():
        assert file["about"]["language"] == language
        assert file["about"]["state"] == ("own" if language in {"de", "en"} else "draft")


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"de", "en"}))
def test_a_draft_says_so_in_its_header_and_leaves_room_for_who_checks_it(language: str) -> None:
    text = (LABELS / f"{language}.toml").read_text(encoding="utf-8")
    assert f"# {NOTE}\n" in text.split("[about]")[0]
    assert FILES[language]["about"]["note"] == NOTE
    for kind in ("groups", "concepts"):
        assert [name for name, entry in FILES[language][kind].items() if set(entry) != {"terms", "checked_by"}] == []


@pytest.mark.parametrize("language", DRAFTED)
def test_what_nobody_has_checked_is_a_draft(language: str) -> None:
    unchecked = {
        name
        for kind in ("groups", "concepts")
        for name, entry in FILES[language][kind].items()
        if not entry["checked_by"]
    }
    drafts = {concept.id for concept in taxonomy().concepts if concept.states[language] is State.DRAFT}
    assert drafts == unchecked
    assert len(drafts) > 200


def test_labels_of_the_package_and_our_own_german_are_no_drafts() -> None:
    assert taxonomy()["football"].states["fa"] is State.HUMAN
    assert taxonomy()["boxing"].states["de"] is State.HUMAN
    assert taxonomy()["boxing"].states["fa"] is State.DRAFT


@pytest.mark.parametrize("language", sorted(set(PACKAGED) - {"de", "en"}))
def test_a_draft_never_stands_before_a_label_of_the_package(language: str) -> None:
    package: dict[str, Any] = json.loads(Path(PACKAGE).read_text(encoding="utf-8"))
    labelled = {entry["id"] for entry in package["concepts"] if entry["words"].get(language, {}).get("label")}
    assert labelled & FILES[language]["concepts"].keys() == set()
    assert len(labelled) > 140
