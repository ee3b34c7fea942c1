"""How concepts, words and states come together, on a small taxonomy."""

from __future__ import annotations

from typing import Any

import pytest

from wegnetz.directory.interests.taxonomy import Concept, Label, State, Taxonomy, TaxonomyError, built


def package(**words: Any) -> dict[str, Any]:
    return {
        "groups": [
            {"id": "sport", "parents": [], "icon": "ball"},
            {"id": "martial-arts", "parents": ["sport"], "icon": "belt"},
        ],
        "concepts": [{"id": "boxing", "parents": ["martial-arts"], "words": words}],
    }


def labels(language: str, state: str, checked_by: str = "", **concepts: list[str]) -> dict[str, Any]:
    entries = {name: {"terms": terms, "checked_by": checked_by} for name, terms in concepts.items()}
    return {"about": {"language": language, "state": state}, "concepts": entries}


def said(label: str, *synonyms: str) -> dict[str, Any]:
    return {"label": label, "synonyms": list(synonyms)}


def concept(name: str, *parents: str) -> Concept:
    return Concept(name, parents, {}, {})


def test_our_label_comes_first_and_the_words_of_the_package_follow_once() -> None:
    found = built(package(de=said("Boxhalle", "boxen", "Faustkampf")), [labels("de", "own", boxing=["Boxen"])])
    assert found["boxing"].terms["de"] == ("Boxen", "Boxhalle", "Faustkampf")
    assert found["boxing"].states["de"] is State.HUMAN


def test_a_draft_fills_in_where_the_package_has_only_synonyms() -> None:
    found = built(package(ar=said("", "حلبة")), [labels("ar", "draft", boxing=["ملاكمة"])])
    assert found["boxing"].terms["ar"] == ("ملاكمة", "حلبة")
    assert found["boxing"].states["ar"] is State.DRAFT


def test_a_checked_entry_is_no_draft() -> None:
    file = labels("sq", "draft", "Sprachmittlung, 2026-11-30", boxing=["Boks"])
    assert built(package(), [file])["boxing"].states["sq"] is State.HUMAN


def test_synonyms_without_a_label_are_found_but_never_shown_as_one() -> None:
    boxing = built(package(ar=said("", "حلبة"), de=said("Boxen")), [])["boxing"]
    assert boxing.terms["ar"] == ("حلبة",)
    assert "ar" not in boxing.states
    assert boxing.label("ar") == Label("Boxen", "de")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("fa", Label("بوکس", "fa")),
        ("prs", Label("بوکس", "fa")),
        ("am", Label("Boxen", "de")),
        ("de", Label("Boxen", "de")),
    ],
)
def test_a_label_says_in_which_language_it_is(asked: str, given: Label) -> None:
    boxing = built(package(de=said("Boxen"), en=said("Boxing"), fa=said("بوکس")), [])["boxing"]
    assert boxing.label(asked) == given


def test_without_german_english_is_shown_and_without_words_the_id() -> None:
    assert built(package(en=said("Boxing")), [])["boxing"].label("ti") == Label("Boxing", "en")
    assert built(package(), [])["boxing"].label("ti") == Label("boxing", "")


def test_rows_are_plain_data() -> None:
    rows = built(package(de=said("Boxen", "Faustkampf")), []).rows()
    assert [row["id"] for row in rows] == ["sport", "martial-arts", "boxing"]
    assert rows[2] == {"id": "boxing", "parents": ["martial-arts"], "terms": {"de": ["Boxen", "Faustkampf"]}}


def test_what_stands_above_and_below() -> None:
    found = built(package(), [])
    assert found.above("boxing") == {"martial-arts", "sport"}
    assert [child.id for child in found.children("sport")] == ["martial-arts"]
    assert [group.id for group in found.groups] == ["sport", "martial-arts"]
    assert [interest.id for interest in found.interests] == ["boxing"]
    assert "boxing" in found
    assert "golf" not in found


@pytest.mark.parametrize(
    ("concepts", "fault"),
    [
        ([concept("golf"), concept("golf")], "golf: there twice"),
        ([concept("golf", "sport")], "golf: sport above it is unknown"),
        ([concept("golf", "golf")], "golf: stands above itself"),
        ([concept("a", "c"), concept("b", "a"), concept("c", "b")], "a: stands above itself"),
    ],
)
def test_what_does_not_fit_together_is_refused(concepts: list[Concept], fault: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy(tuple(concepts))
    assert fault in caught.value.faults


def test_a_concept_may_have_two_ways_to_the_same_group() -> None:
    rhombus = Taxonomy((concept("top"), concept("a", "top"), concept("b", "top"), concept("c", "a", "b")))
    assert rhombus.above("c") == {"a", "b", "top"}


def test_labels_for_an_unknown_concept_are_refused() -> None:
    with pytest.raises(TaxonomyError, match="labels: golf is no concept"):
        built(package(), [labels("de", "own", golf=["Golf"])])


def test_a_programme_adds_its_own_and_cannot_take_an_id_that_is_there() -> None:
    shipped = built(package(), [])
    more = shipped.extended([concept("graffiti", "sport")])
    assert more.above("graffiti") == {"sport"}
    assert "graffiti" not in shipped
    with pytest.raises(TaxonomyError, match="boxing: there twice"):
        shipped.extended([concept("boxing", "sport")])
