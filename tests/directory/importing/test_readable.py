"""HTML of strangers becomes what a person reads in it, and never comes through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.directory.importing.readable import plain_text

READ = {
    "<p>Eins</p><p>Zwei</p>": "Eins\n\nZwei",
    "Eins<br>Zwei<br/>Drei": "Eins\nZwei\nDrei",
    "<h2>Was</h2><ul><li>Tanz</li><li>Musik &amp; Spiel</li></ul>": "Was\n\n- Tanz\n- Musik & Spiel",
    "<table><tr><td>Mo</td><td>10</td></tr><tr><td>Di</td><td>11</td></tr></table>": "Mo 10\nDi 11",
    'Mehr <a href="https://x.de/a">hier</a>.': "Mehr hier (https://x.de/a).",
    '<a href="https://x.de">https://x.de</a>': "https://x.de",
    '<a href="mailto:a@x.de">Schreiben</a>': "Schreiben (a@x.de)",
    '<a href="tel:0211123">0211123</a>': "0211123",
    '<a href="javascript:alert(1)">Klick</a>': "Klick",
    '<a href="https://x.de">offen': "offen (https://x.de)",
    '<a href="https://x.de">eins <a href="https://y.de">zwei</a>': "eins (https://x.de)zwei (https://y.de)",
    "a<script>alert(1)</script>b<style>p{}</style>c": "abc",
    "<svg><script>x</script></svg>Text": "Text",
    "<img src=x onerror=alert(1)>Bild": "Bild",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "‹script>alert(1)‹/script>",
    "3 &lt; 5 und 7 > 2": "3 < 5 und 7 > 2",
    "<p>  viel \n  Platz\t </p>": "viel Platz",
    "<p>مرحبا</p>": "مرحبا",
    "a<!-- geheim -->b": "ab",
    "a<![if !x]>b<![endif]>c": "abc",
    "a<![ ]>b": "ab",
    "a\x00\u202eb": "ab",
    "": "",
}


@pytest.mark.parametrize("html", READ)
def test_what_is_read_is_what_was_meant(html: str) -> None:
    assert plain_text(html) == READ[html]


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='https://x.de'>", "</a>", "<script>", "</script>", "<", ">", "&lt;", "&#60;", "b",
     "<!--", "-->",
     "<svg/onload=x>", "<![CDATA[", "]]>", "<?", "&", "=\"", "'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_mark_up_comes_through(html: str) -> None:
    found = plain_text(html)
    assert re.search(r"<[a-zA-Z/!?]", found) is None
    assert found == plain_text(html)


@pytest.mark.parametrize("piece", ["<a", "<![>", "<!--", "<a href='", "&", "<script>", "<![", "<p>", "</"])
def test_a_page_of_one_piece_only_is_read_all_the_same(piece: str) -> None:
    assert re.search(r"<[a-zA-Z/!?]", plain_text(piece * (20_000 // len(piece)))) is None
