"""From a word in any language to what it means, and from there to offers, with the reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.texts_in_memory import InMemory
from wegnetz.engines.search.concepts import LEAST_SCORE, Concept, ConceptHit, Lexicon, Term
from wegnetz.engines.search.finding import find_texts
from wegnetz.engines.search.offers import HasSimilar, HasWord, Hit, Means, combine
from wegnetz.engines.search.texts import Entry, Field, TextHit, make_text

CONCEPTS = [
    Concept("sport", {"de": ["Sport"], "en": ["Sports"], "ar": ["رياضة"]}),
    Concept(
        "football",
        {
            "de": ["Fußball", "Kicken", "Bolzen"],
            "en": ["Football", "soccer"],
            "ar": ["كرة القدم"],
            "fa": ["فوتبال"],
            "uk": ["Футбол", "м’яч"],
            "ti": ["ኩዕሶ እግሪ"],
            "ckb": ["تۆپی پێ"],
        },
        ("sport",),
    ),
    Concept("table-tennis", {"de": ["Tischtennis", "Ping-Pong"], "en": ["Table tennis"]}, ("sport",)),
    Concept("swimming", {"de": ["Schwimmen"], "ar": ["سباحة"], "tr": ["Yüzme"]}, ("sport",)),
    Concept("drawing", {"de": ["Zeichnen"], "ar": ["رسم"], "fa": ["نقاشی"]}),
    Concept("street-art", {"de": ["Graffiti", "Zeichnen"], "en": ["Graffiti"]}),
    Concept("present", {"en": ["Gift"]}),
    Concept("poison", {"de": ["Gift"]}),
]
LEXICON = Lexicon(CONCEPTS)


def meant(query: str, language: str | None = None) -> list[str]:
    return [hit.concept for hit in LEXICON.find(query, language=language)]


@pytest.mark.parametrize(
    ("query", "concept"),
    [
        ("fussball", "football"),
        ("FUßBALL", "football"),
        ("Fuß Ball", "football"),
        ("fußbal", "football"),
        ("Fusbsall", "football"),
        ("soccer", "football"),
        ("كره القدم", "football"),
        ("كرة القم", "football"),
        ("فوتيال", "football"),
        ("футбул", "football"),
        ("мяч", "football"),
        ("ኩዕሶ ኣግሪ", "football"),
        ("توپی پی", "football"),
        ("tabletennis", "table-tennis"),
        ("pingpong", "table-tennis"),
        ("tennis table", "table-tennis"),
        ("yuzme", "swimming"),
        ("السباحة", "swimming"),
        ("schwimmkurs", "swimming"),
        ("schw", "swimming"),
        ("رثم", "drawing"),
        ("ich möchte gern Fußball spielen", "football"),
    ],
)
def test_a_word_of_any_language_leads_to_what_it_means(query: str, concept: str) -> None:
    assert meant(query)[:1] == [concept]


@pytest.mark.parametrize("query", ["", "?!", "Quantenmechanik", "xyzzy", "ሰላም"])
def test_what_no_term_is_like_means_nothing(query: str) -> None:
    assert meant(query) == []


def test_the_label_comes_before_the_same_word_as_a_synonym() -> None:
    assert meant("zeichnen") == ["drawing", "street-art"]


def test_the_language_asked_in_decides_between_words_that_are_written_alike() -> None:
    assert meant("gift", "en") == ["present", "poison"]
    assert meant("gift", "de") == ["poison", "present"]


def test_a_hit_says_by_which_term_and_whether_it_is_written_so() -> None:
    (exact, *_), (typo, *_) = LEXICON.find("Kicken"), LEXICON.find("kickn")
    assert (exact.term.text, exact.term.language, exact.term.is_label, exact.exact) == ("Kicken", "de", False, True)
    assert (typo.term, typo.exact) == (exact.term, False)
    assert typo.score < exact.score < 1


def test_words_that_belong_to_something_else_or_to_nothing_make_it_less_sure() -> None:
    one, two, three = (LEXICON.find(query)[0].score for query in ("Kicken", "Kicken Yüzme", "Kicken Yüzme Zeichnen"))
    assert one > two > three
    assert LEXICON.find("Zeichnen Qwxzk")[0].score < 0.9


def test_who_says_more_of_a_term_means_it_more() -> None:
    lexicon = Lexicon([Concept("a", {"en": ["Table tennis for seniors"]}), Concept("b", {"en": ["Old tennis"]})])
    assert lexicon.find("tennis")[0].concept == "b"


@pytest.mark.parametrize("query", ["gemeinsam", "merei"])
def test_a_small_part_of_a_long_term_does_not_mean_it(query: str) -> None:
    long = Concept("repair", {"de": ["Gemeinsam im Sommer eine Menge alter Fahrräder reparieren"]})
    other = Concept("choir", {"de": ["Gemeinsam singen"]})
    assert [hit.concept for hit in Lexicon([long, other]).find(query) if hit.concept == "repair"] == []


def test_only_as_many_are_told_as_are_asked_for() -> None:
    assert len(LEXICON.find("zeichnen", most=1)) == 1


def test_what_is_narrower_belongs_to_it_and_what_is_wider_does_not() -> None:
    assert set(LEXICON.and_narrower("sport")) == {"sport", "football", "table-tennis", "swimming"}
    assert LEXICON.and_narrower("football") == {"football": 1.0}


def test_each_step_down_is_less_sure_and_a_circle_ends() -> None:
    steps = Lexicon([Concept("a", {}, ("c",)), Concept("b", {}, ("a",)), Concept("c", {}, ("b",))]).and_narrower("a")
    assert steps["a"] > steps["b"] > steps["c"] > 0


@given(st.text(max_size=40))
def test_whatever_is_typed_scores_lie_between_none_and_whole_and_descend(query: str) -> None:
    scores = [hit.score for hit in LEXICON.find(query)]
    assert scores == sorted(scores, reverse=True)
    assert all(LEAST_SCORE <= score <= 1 for score in scores)


@given(st.sampled_from([(one.id, text) for one in CONCEPTS for texts in one.terms.values() for text in texts]))
def test_every_term_finds_its_concept_for_sure(pair: tuple[str, str]) -> None:
    concept, text = pair
    assert next(hit for hit in LEXICON.find(text) if hit.concept == concept).exact


# --- offers ------------------------------------------------------------------------------------------

OFFERS = InMemory(
    [
        (offer, make_text([Field("title", title, 3.0), Field("description", description)]))
        for offer, title, description in [
            ("kick", "Offener Treff am Bolzplatz", "Jeden Freitag ab 14, alle spielen mit"),
            ("swim", "Schwimmkurs", "Für Anfänger, auch Fußballspieler"),
            ("park", "Vereinssport", "Turnhalle am Park"),
            ("paint", "Malen und Zeichnen", "Stifte sind da"),
        ]
    ]
)
TAGGED = {"football": ["kick"], "swimming": ["swim"], "sport": ["park"], "drawing": ["paint"]}


def hits(query: str) -> list[Hit]:
    return combine(find_texts(query, OFFERS), LEXICON.find(query), LEXICON, TAGGED)


def test_a_hobby_in_arabic_with_a_typo_arrives_at_a_place_that_says_it_in_german() -> None:
    (hit,) = hits("كرة القم")
    (reason,) = hit.reasons
    assert hit.offer == "kick"
    assert isinstance(reason, Means)
    assert (reason.concept, reason.tagged, reason.term.text, reason.exact) == (
        "football",
        "football",
        "كرة القدم",
        False,
    )


def test_what_is_meant_comes_before_what_only_has_a_word_like_it() -> None:
    assert [hit.offer for hit in hits("Fußball")] == ["kick", "swim"]


def test_the_wider_interest_finds_the_narrower_offers_after_its_own() -> None:
    first, *others = hits("رياضة")
    assert first.offer == "park"
    assert {hit.offer for hit in others} == {"kick", "swim"}
    assert {(one.concept, one.tagged) for hit in others for one in hit.reasons if isinstance(one, Means)} == {
        ("sport", "football"),
        ("sport", "swimming"),
    }


def test_the_words_themselves_are_reasons_too() -> None:
    (hit,) = hits("Stifte zum Zeichnen")
    assert hit.offer == "paint"
    assert [type(one) for one in hit.reasons] == [Means, HasWord, HasWord]
    assert hit.reasons[1:] == (HasWord("Stifte", "description"), HasWord("Zeichnen", "title"))


def test_a_word_like_the_one_asked_for_is_named_as_such() -> None:
    (hit,) = hits("Bolzplaz")
    assert HasSimilar("Bolzplaz", "Bolzplatz", "title") in hit.reasons


def test_of_what_one_asked_word_is_like_only_the_nearest_is_a_reason() -> None:
    rows = {"1": "Tanzabend Tanzen", "2": "Tanzen", "3": "Kochen", "4": "Malen"}
    offers = InMemory([(offer, make_text([Field("title", title)])) for offer, title in rows.items()])
    reasons = {hit.offer: hit.reasons for hit in combine(find_texts("Tanz", offers), [], LEXICON, {})}
    assert reasons["1"] == (HasSimilar("Tanz", "Tanzen", "title"),)


def sure(concept: str, score: float) -> ConceptHit:
    return ConceptHit(concept, score, Term(concept, "de", concept, True, (concept,)), exact=False)


def test_the_surest_meaning_is_the_reason() -> None:
    (hit,) = combine([], [sure("sport", 1.0), sure("football", 0.99)], LEXICON, {"football": ["kick"]})
    assert [one.concept for one in hit.reasons if isinstance(one, Means)] == ["football"]


@pytest.mark.parametrize(
    ("of_text", "of_meaning", "first"), [(1.0, 0.4, "text"), (0.3, 0.4, "meaning"), (1.0, 1.0, "meaning")]
)
def test_what_is_surer_counts_more(of_text: float, of_meaning: float, first: str) -> None:
    texts = [TextHit(Entry("text", {}, 1), 1.0, of_text, ())]
    assert combine(texts, [sure("drawing", of_meaning)], LEXICON, {"drawing": ["meaning"]})[0].offer == first


def test_nothing_is_found_for_what_nobody_offers() -> None:
    assert hits("Quantenmechanik") == []
