"""What a place may be told: by which name somebody can be announced, and what would lead to them."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wegnetz.engines.announcing import leads_to_somebody, name_to_go_by

DIGITS = [char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.digit(char, None) is not None]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Samir", "Samir"), ("Ana-Lena", "Ana-Lena"), ("سمیر", "سمیر"), ("ሳሙኤል", "ሳሙኤል"), ("Testa Samir", ""),
        ("Weber, Anna", ""), ("A. Weber", ""), ("Anna  Maria", ""), ("Samir99", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_a_single_word_is_proposed_as_a_name(called: str, name: str) -> None:
    assert name_to_go_by(called) == name


@pytest.mark.parametrize(
    "text",
    [
        "0211 7700123", "+49 (0)176/123-45-67", "0176.12.34.56.78", "06.12.34.56.78", "0211–77 00 12", "ruf 112233 an",
        "٠١٧٦ ١٢٣٤٥٦٧", "०१७६१२३४५६७", "፩፪፫፬፭፮", "０１７６１２３４５", "①②③④⑤⑥", "0\u200b1\u200b7\u200b6\u200b1\u200b2",
        "samir@example.org", "samir ＠ example.org", "@samir_99", "Geboren am 7.10.2001, 0211 7700123",
        "0171|234|567", "0171_234*567", "instagram.com/anna", "t.me/anna", "https://x.example", "www.anna.example",
    ],
)  # fmt: skip
def test_what_leads_to_somebody_is_found(text: str) -> None:
    assert leads_to_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Samir", "Bitte leise", "kommt am 07.10.2021 um 14:30 Uhr", "7.10. bis 9.10.2021, 14.30–16.00 Uhr",
        "mit Bus 721 oder 722, 40210 Düsseldorf", "zu zweit, Platz 12 und 34",
        "Bis 16 Uhr.Danach nicht", "z.B. mit dem Rad",
    ],
)  # fmt: skip
def test_what_leads_to_nobody_may_be_said(text: str) -> None:
    assert not leads_to_somebody(text)


@example(["0", "0", "0", "0", "\U0001f101", "0"], "", "")  # a nought with a comma, in one sign
@given(
    st.lists(st.sampled_from(DIGITS), min_size=6, max_size=15), st.sampled_from(["", " ", "-", "/", "–", "\u200d"]),
    st.sampled_from(["", "Ruf an: ", "Tel "]),
)  # fmt: skip
def test_no_script_and_no_separator_hides_a_number(digits: list[str], between: str, before: str) -> None:
    assert leads_to_somebody(before + between.join(digits))


@given(st.text(st.characters(exclude_categories=["N"], exclude_characters="@"), max_size=40))
def test_without_digits_and_the_sign_of_addresses_nothing_is_refused(text: str) -> None:
    assert not leads_to_somebody(unicodedata.normalize("NFKC", text).replace("@", ""))
