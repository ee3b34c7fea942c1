"""A pack's names, numbers and files: typing errors must not pass in silence."""

from __future__ import annotations

import pytest

from tests.programme.minimal import changed, minimal
from wegnetz.programme.pack.errors import Fault, PackError
from wegnetz.programme.pack.reader import build


def faults(files: dict[str, str]) -> tuple[Fault, ...]:
    with pytest.raises(PackError) as caught:
        build(files)
    return caught.value.faults


@pytest.mark.parametrize("name", ["criterion.toml", "texts/de/notess.toml", "examples/a/b.toml", "texts/de.toml"])
def test_a_file_the_format_does_not_know_is_named(name: str) -> None:
    found = faults(minimal() | {name: ""})
    assert found == (Fault(name, "", "a file the format does not know", "one of docs/programme-pack.md"),)


def test_two_blocks_cannot_share_a_number() -> None:
    numbers = [line for line in minimal()["blocks.toml"].splitlines() if line.startswith("number")]
    assert len(numbers) == 2
    found = faults(changed(("blocks.toml", numbers[1], numbers[0])))
    assert {fault.expected for fault in found} == {"a number of its own for each block"}


def test_an_id_is_lower_case() -> None:
    head = next(line for line in minimal()["programme.toml"].splitlines() if line.startswith("id = "))
    found = faults(changed(("programme.toml", head, 'id = "My Pack"')))
    assert [(f.place, f.found) for f in found] == [("My Pack", "'My Pack'")]


def test_nothing_is_kept_for_less_than_a_day() -> None:
    section = next(line for line in minimal()["programme.toml"].splitlines() if line.startswith("[retention."))
    found = faults(changed(("programme.toml", section, f"{section}\ndays = 0")))
    assert [fault.expected for fault in found] == ["a number of days above 0"]
