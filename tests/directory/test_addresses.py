"""Addresses in one line."""

from __future__ import annotations

import pytest

from wegnetz.directory.entries import Address


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (Address("Weg 1", "40000", "Düsseldorf", "Bilk"), "Weg 1, 40000 Düsseldorf (Bilk)"),
        (Address("Weg 1", "40000"), "Weg 1, 40000"),
        (Address("Weg 1", town="Düsseldorf"), "Weg 1, Düsseldorf"),
        (Address("Weg 1", district="Bilk"), "Weg 1 (Bilk)"),
        (Address(postcode="40000"), "40000"),
        (Address(district="Bilk"), "Bilk"),
        (Address(), ""),
    ],
)
def test_what_is_said_of_an_address_stands_in_one_line(address: Address, line: str) -> None:
    assert address.line == line
