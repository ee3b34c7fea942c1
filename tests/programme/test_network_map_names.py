"""A programme may call the sectors and rings of the network map otherwise, and add none."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.programme.breaking import faults_of
from tests.programme.minimal import added
from wegnetz.engines.ego_network import Horizon, Sector
from wegnetz.network.selectors.map_pictures import names_in
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.reader import build

FILE = "texts/de/network_map.toml"
RENAMED = '[sectors]\nfriends = "Clique"\n[rings]\ninner = "Herz"\n'


@translation.override("de")
def test_what_the_programme_calls_otherwise_is_called_so_in_that_language() -> None:
    pack = build(added(FILE, RENAMED))
    found = [names_in(language, pack) for language in ("de", "fa")]
    assert [(names.sectors[Sector.FRIENDS], names.horizons[Horizon.INNER]) for names in found] == [
        ("Clique", "Herz"), ("Freundeskreis", "ganz nah"),
    ]  # fmt: skip
    assert found[0].sectors[Sector.FAMILY] == "Familie"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[sectors]\nenemies = "Gegner"', ("sectors.enemies", "a name the format does not know",
         "one of family, friends, colleagues, professionals")),
        ('[circles]\ninner = "Herz"', ("circles", "a group the format does not know", "one of sectors, rings")),
        ('rings = "Herz"', ("rings", "a group the format does not know", "one of sectors, rings")),
        ('[rings]\ninner = ""', ("rings.inner", "''", "a text of 1 to 24 characters")),
        ("[rings]\ninner = 3", ("rings.inner", "3", "a text of 1 to 24 characters")),
        (f'[rings]\nouter = "{"x" * 25}"', ("rings.outer", f"'{'x' * 25}'", "a text of 1 to 24 characters")),
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_map_is_a_fault(text: str, fault: tuple[str, str, str]) -> None:
    assert faults_of(added(FILE, text)) == (Fault(FILE, *fault),)
