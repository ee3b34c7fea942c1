"""What can be wrong with a pack. A fault names the file, the place, what was found and what was expected."""

from __future__ import annotations

from dataclasses import dataclass

from wegnetz.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `place` is a key path such as `coaching.end[1].value`, or a line."""

    file: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: found {self.found}, expected {self.expected}"


class PackError(DomainError):
    """The pack cannot be used. Carries every fault found, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(*faults)
        self.faults = faults


def shown(value: object, limit: int = 60) -> str:
    """A found value for a message, cut short."""
    try:
        text = "nothing" if value is None else repr(value)
    except RecursionError:
        text = "a value nested too deeply"
    return text if len(text) <= limit else text[: limit - 1] + "…"
