"""The pure part of the audit: what a chain proves."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.audit.reading_back import Row, broken_at
from wegnetz.audit.chain import START, canonical, leaf, link


def chain(length: int) -> list[Row]:
    rows: list[Row] = []
    previous = START
    for place in range(1, length + 1):
        salt = place.to_bytes(16, "big")
        content: dict[str, Any] = {
            "id": f"event-{place}",
            "sequence": place,
            "at": (datetime(2021, 10, 7, tzinfo=UTC) + timedelta(minutes=place)).isoformat(),
            "actor": f"user-{place % 3}",
            "action": "view",
            "purpose": "person page",
            "subjects": [f"person-{place % 5}"],
        }
        own = leaf(salt, content)
        previous = link(previous, own)
        rows.append(Row(place, salt, own, previous, content))
    return rows


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def tampered(rows: list[Row], chance: random.Random) -> tuple[list[Row], int]:
    """A copy with one change, and the place where it must show."""
    at = chance.randrange(len(rows) - 1)
    row = rows[at]
    kind = chance.choice(["payload", "salt", "leaf", "link", "removed", "doubled", "swapped"])
    copy = list(rows)
    if kind == "payload":
        key = chance.choice([key for key in row.payload if key != "sequence"])
        copy[at] = replace(row, payload=row.payload | {key: "something else"})
    elif kind == "removed":
        del copy[at]
    elif kind == "doubled":
        copy.insert(at, row)
        return copy, at + 2
    elif kind == "swapped":
        copy[at], copy[at + 1] = copy[at + 1], copy[at]
    elif kind == "salt":
        copy[at] = replace(row, salt=flipped(row.salt, chance))
    elif kind == "leaf":
        copy[at] = replace(row, leaf=flipped(row.leaf, chance))
    else:
        copy[at] = replace(row, link=flipped(row.link, chance))
    return copy, at + 1


def test_an_untouched_chain_fits() -> None:
    assert broken_at(chain(300)) is None


def test_each_of_200_changes_is_found_where_it_was_made() -> None:
    rows, chance = chain(50), random.Random(2021)
    for number in range(200):
        copy, place = tampered(rows, chance)
        assert (number, broken_at(copy)) == (number, place)


def test_a_payload_hidden_under_a_new_leaf_breaks_the_next_link() -> None:
    rows = chain(5)
    content = rows[1].payload | {"actor": "nobody"}
    own = leaf(rows[1].salt, content)
    rows[1] = replace(rows[1], payload=content, leaf=own, link=link(rows[0].link, own))
    assert broken_at(rows) == 3


def test_the_order_of_keys_does_not_change_a_payload() -> None:
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'.encode()


def test_the_same_payload_under_another_salt_gives_another_leaf() -> None:
    """So that a leaf left behind tells nothing about an event that was forgotten."""
    content = {"action": "view"}
    assert len({leaf(bytes([number]), content) for number in range(20)}) == 20
