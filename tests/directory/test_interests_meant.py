"""What somebody means who types an interest: in the words of every language, and in others."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.programme.minimal import DUESSELDORF
from wegnetz.directory.selectors.interests import interests_in
from wegnetz.engines.folding import fold
from wegnetz.programme.pack.reader import read_pack

KNOWN = interests_in(read_pack(DUESSELDORF))
INTERESTS = tuple(each.id for each in KNOWN.taxonomy.interests)
LANGUAGES = sorted({language for each in KNOWN.taxonomy.interests for language in each.states})
PAGES = ("de", "en")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_of_an_interest_typed_in_its_language_means_just_this_interest(language: str, page: str) -> None:
    """Whatever it is called by as a synonym, and whatever it means in the language of the page."""
    labels = {concept: KNOWN.label(concept, language).text for concept in INTERESTS}
    often = Counter(map(fold, labels.values()))
    only = {concept: label for concept, label in labels.items() if often[fold(label)] == 1}
    assert len(only) > 200
    assert {concept: KNOWN.exactly(label, language, page) for concept, label in only.items()} == {
        concept: concept for concept in only
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_shows_means_the_same_when_it_is_sent_again(language: str, page: str) -> None:
    """In the language of the page, whichever the person speaks."""
    shown = {concept: KNOWN.exactly(KNOWN.label(concept, page).text, language, page) for concept in INTERESTS}
    assert shown == {concept: concept for concept in INTERESTS}


@pytest.mark.parametrize(
    ("words", "languages", "meant"),
    [
        ("فوتبال", ("fa", "de"), "football"),
        ("فوتبال", ("prs", "de"), "football"),
        ("فوتبال", ("de",), "football"),
        ("ስፌት", ("ti", "de"), "sewing"),
        ("ስፌት", ("am", "de"), "basket-making"),
        ("Kochen", ("de",), "kitchen"),
        ("Fussbal", ("de",), None),
        ("", ("de",), None),
    ],
)
def test_the_language_in_which_it_is_typed_decides(words: str, languages: tuple[str, ...], meant: str | None) -> None:
    assert KNOWN.exactly(words, *languages) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Fussbal", ["football"]),
        ("Tennisball", ["tennis"]),
        ("Töpferkurs", ["pottery"]),
        ("Brot backen", ["baking"]),
        ("Drachen bauen", []),
        ("Quidditch-Liga", []),
        ("Fallschirmspringen", []),
        ("Xqztv", []),
        ("", []),
    ],
)
def test_what_is_like_an_interest_may_be_meant_and_what_has_a_word_like_none_is_not(
    words: str, meant: list[str]
) -> None:
    assert KNOWN.may_be_meant(words, "de") == meant
