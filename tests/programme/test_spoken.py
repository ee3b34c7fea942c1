"""What participants read: in their language, or honestly in German, from whichever side they read."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programme.minimal import DUESSELDORF, minimal, without_care
from wegnetz.programme.pack.files import pack_up
from wegnetz.programme.pack.reader import build, read_pack, restore_pack
from wegnetz.programme.pack.texts import texts_of_case_work, wordings
from wegnetz.programme.pack.translations import CONSENT_PLACEHOLDERS
from wegnetz.programme.pack.wording import Spoken, Wording, spoken

PACK = read_pack(DUESSELDORF)
MINIMAL = build(minimal())
LANGUAGES = PACK.participant_languages
TRANSLATED = tuple(language for language in LANGUAGES if language not in PACK.languages)
ISOLATES = str.maketrans("", "", "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}")

# What a participant reads, and nothing that only staff need.
READ = tuple((file, path) for file, path in texts_of_case_work(PACK) if file != "care" and path[-1] != "name")
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=20)

# Letters that betray a keyboard, or a translation, of a neighbouring language.
FOREIGN_LETTERS = {
    "ar": "کیگپچژ", "fa": "كيىة", "prs": "كيى", "ps": "كىے", "ckb": "كيىةٔ", "uk": "ыэъё", "ru": "іїєґ",
}  # fmt: skip
SCRIPTS = {
    "ARABIC": {"ar", "fa", "prs", "ps", "ckb"},
    "CYRILLIC": {"uk", "ru"},
    "ETHIOPIC": {"ti", "am"},
    "LATIN": {"de", "en", "fr", "kmr", "so", "sq", "tr"},
}
RANGES = {"ARABIC": "\u0600-\u06ff", "CYRILLIC": "\u0400-\u04ff", "ETHIOPIC": "\u1200-\u137f", "LATIN": "A-Za-zÀ-ſ"}


def test_a_text_is_shown_in_the_language_of_the_person() -> None:
    assert spoken(MINIMAL, "fa", "plan", "goal") == Spoken("هدف", "fa", "draft")


@pytest.mark.parametrize("language", ["fa", "tlh", ""])
def test_a_text_that_is_missing_in_a_language_is_german_and_says_so(language: str) -> None:
    assert spoken(MINIMAL, language, "plan", "step") == Spoken("step", "de", "own")


def test_a_text_that_no_language_has_is_empty() -> None:
    old = restore_pack(pack_up(without_care()))
    assert spoken(old, "ar", "plan", "step") == Spoken("", "de", "")


def test_what_a_person_agrees_to_is_never_half_in_one_language() -> None:
    for language in LANGUAGES:
        for wording in wordings(PACK):
            shown = {spoken(PACK, language, "consents", *wording, part).language for part in ("title", "text")}
            assert len(shown) == 1


@given(organisation=NAMES, sender=NAMES, language=st.sampled_from(LANGUAGES))
def test_names_are_filled_in_as_they_are(organisation: str, sender: str, language: str) -> None:
    text = spoken(PACK, language, "consents", "purposes", "coaching", "1", "text")
    filled = text.filled({"organisation": organisation, "from": sender})
    by_hand = text.text.replace("{organisation}", "\0").replace("{from}", sender).replace("\0", organisation)
    assert filled.text.translate(ISOLATES) == by_hand.translate(ISOLATES)
    assert (filled.language, filled.state) == (text.language, text.state)


def test_a_name_keeps_its_direction_inside_a_text_from_the_right() -> None:
    words = {"organisation": "zakk (Düsseldorf)"}
    assert Spoken("مؤسسة {organisation}", "ar", "draft").filled(words).text == "مؤسسة \u2068zakk (Düsseldorf)\u2069"
    assert Spoken("Stelle {organisation}", "de", "own").filled(words).text == "Stelle zakk (Düsseldorf)"


# Düsseldorf.


def test_the_programme_speaks_sixteen_languages() -> None:
    assert set(LANGUAGES) == {language for languages in SCRIPTS.values() for language in languages}
    assert len(LANGUAGES) == 16


def test_five_of_them_run_from_right_to_left() -> None:
    right = {language for language in LANGUAGES if spoken(PACK, language, "plan", "goal").direction == "rtl"}
    assert right == {"ar", "fa", "prs", "ps", "ckb"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_participant_reads_exists_in_their_language(language: str) -> None:
    assert {spoken(PACK, language, file, *path).language for file, path in READ} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_that_no_native_speaker_has_read_says_that_it_is_a_draft(language: str) -> None:
    states = {spoken(PACK, language, file, *path).state for file, path in READ}
    assert states == {"draft" if language in TRANSLATED else "own"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_stands_in_its_own_letters(language: str) -> None:
    script = next(script for script, languages in SCRIPTS.items() if language in languages)
    own, foreign = re.compile(f"[{RANGES[script]}]"), set(FOREIGN_LETTERS.get(language, ""))
    for file, path in READ:
        text = spoken(PACK, language, file, *path).text
        assert own.search(text)
        assert foreign & set(text) == set()


@pytest.mark.parametrize("path", [path for file, path in READ if file == "consents"], ids=".".join)
def test_no_two_languages_ask_in_the_same_words(path: tuple[str, ...]) -> None:
    texts = [spoken(PACK, language, "consents", *path).text for language in LANGUAGES]
    assert len(set(texts)) == len(LANGUAGES)


@pytest.mark.parametrize("purpose", PACK.purposes)
def test_a_question_says_what_is_seen_what_is_not_that_no_is_an_answer_and_how_it_ends(purpose: str) -> None:
    for language in LANGUAGES:
        paragraphs = spoken(PACK, language, "consents", "purposes", purpose, "1", "text").text.split("\n")
        assert len(paragraphs) == 5
        assert [paragraph for paragraph in paragraphs if len(paragraph.strip()) < 20] == []
        assert "{organisation}" in paragraphs[-1]


def test_the_consent_of_the_organisation_itself_names_no_other() -> None:
    for language in LANGUAGES:
        text = spoken(PACK, language, "consents", "purposes", "accompany", "1", "text").text
        assert [word for word in CONSENT_PLACEHOLDERS if "{" + word + "}" in text] == ["organisation"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_can_be_said_in_every_language(language: str) -> None:
    day = Wording(PACK, language).day(date(2021, 10, 7))
    assert (re.findall(r"\d+", day), bool(re.search(r"[^\W\d]", day))) == (["7", "2021"], True)


def test_every_file_of_a_language_is_read() -> None:
    for language in TRANSLATED:
        files = sorted(path.name for path in (DUESSELDORF / "texts" / language).iterdir())
        assert files == ["consents.toml", "interests.toml", "plan.toml"]
        for name in files:
            text = Path(DUESSELDORF / "texts" / language / name).read_text(encoding="utf-8")
            assert PACK.texts[language][name.removesuffix(".toml")] == tomllib.loads(text)
