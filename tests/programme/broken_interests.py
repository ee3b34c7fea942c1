"""Broken interests of a programme, each with the fault it leads to."""

from __future__ import annotations

from tests.programme.breaking import DE, EN, Case, one
from tests.programme.minimal import added, minimal
from wegnetz.programme.pack.errors import Fault

INTERESTS, FA = "interests.toml", "texts/fa/interests.toml"
EMPTY = "a file of its own, even when it is empty"
TERMS = "a label and its synonyms, each once"
WORDS = '["Graffiti", "spraying"]'

BROKEN_INTERESTS: list[Case] = [
    ("no interests", {name: text for name, text in minimal().items() if name != INTERESTS},
     (Fault(INTERESTS, "", "no such file", EMPTY),)),
    one("unknown key", (INTERESTS, "icon =", "picture ="), "graffiti.picture", "an unknown key", "a key of the format"),
    one("no groups at all", (INTERESTS, 'groups = ["art"]\n', ""), "graffiti.groups", "nothing", "a value"),
    one("empty groups", (INTERESTS, '["art"]', "[]"), "graffiti.groups", "nothing", "at least one group"),
    one("group twice", (INTERESTS, '["art"]', '["art", "art"]'), "graffiti.groups", "'art'", "each group once"),
    one("no source", (INTERESTS, 'icon = "mdi-spray"\nsource = "S1"\n', ""), "graffiti.source", "nothing", "a value"),
    one("source that does not exist", (INTERESTS, 'icon = "mdi-spray"\nsource = "S1"', 'source = "S9"'),
        "graffiti.source", "'S9'", "an id of sources.toml"),
    one("unconfirmed without a note", (INTERESTS, 'icon = "mdi-spray"\n', 'status = "unconfirmed"\n'), "graffiti.note",
        "nothing", "a note saying what is unconfirmed"),
    one("no label in English", (EN + INTERESTS, f"graffiti = {WORDS}\n", ""), "graffiti", "nothing", "a label"),
    one("empty list of words", (DE + INTERESTS, WORDS, "[]"), "graffiti", "nothing", "a label"),
    one("a text for a list", (DE + INTERESTS, WORDS, '"Graffiti"'), "graffiti", "'Graffiti'", TERMS),
    one("a number among the words", (DE + INTERESTS, WORDS, '["Graffiti", 1]'), "graffiti", "['Graffiti', 1]", TERMS),
    one("the same word twice", (DE + INTERESTS, WORDS, '["Graffiti", "GRAFFITI"]'), "graffiti",
        "['Graffiti', 'GRAFFITI']", TERMS),
    one("an empty word", (FA, '["گرافیتی"]', '[""]'), "graffiti", "['']", TERMS),
    one("a word with spaces around it", (FA, '["گرافیتی"]', '[" گ"]'), "graffiti", "[' گ']", TERMS),
    one("words for nothing", (FA, "graffiti =", "graffito ="), "graffito", "words without an interest",
        "an id of interests.toml"),
    one("no state", (FA, '"draft"', '"perfect"'), "about.state", "none of them", "own or draft or checked"),
    ("no state where nobody thought of it", added("texts/fa/interests.toml", "") | {FA: 'graffiti = ["گرافیتی"]\n'},
     (Fault(FA, "about.state", "none of them", "own or draft or checked"),)),
]  # fmt: skip
