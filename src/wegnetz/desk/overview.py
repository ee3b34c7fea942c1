"""What the pages about a person draw: areas of life then and now, and who is involved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wegnetz.casework.openings import Letter, TakenAssessment
from wegnetz.participants.selectors import Companion
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.referrals import Status


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one area: which line runs through it, and which node stands on it ("then", "now" or nothing)."""

    line: str
    node: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area of life then and now: the picture, and the same in words."""

    label: str
    cells: tuple[Cell, ...]
    said: str
    note: str


@dataclass(frozen=True, slots=True)
class Areas:
    """The first and the latest assessment as a picture; both may be the same one."""

    steps: tuple[str, ...]
    lines: tuple[AreaLine, ...]
    first_on: date
    latest_on: date

    @property
    def moved(self) -> bool:
        return self.first_on != self.latest_on


def areas_then_and_now(taken: Sequence[TakenAssessment], words: Wording) -> Areas | None:
    """The picture of all assessments in order of their days; None where there is none."""
    if not taken:
        return None
    first, latest = taken[0], taken[-1]
    steps = words.pack.care.steps
    lines = []
    for area in words.pack.care.areas:
        then, now = (each.areas[area].step if area in each.areas else "" for each in (first, latest))
        note = latest.areas[area].note if area in latest.areas else ""
        label = words.text("care", "areas", area)
        lines.append(AreaLine(label, _cells(steps, then, now), _said(words, then, now, only=first is latest), note))
    return Areas(
        tuple(words.text("care", "steps", step) for step in steps), tuple(lines), first.taken_on, latest.taken_on
    )


def _cells(steps: tuple[str, ...], then: str, now: str) -> tuple[Cell, ...]:
    """A line from then to now, dotted where it leads back."""
    known = [steps.index(step) for step in (then, now) if step in steps]
    low, high = min(known, default=0), max(known, default=0)
    back = " back" if then in steps and now in steps and steps.index(now) < steps.index(then) else ""

    def cell(at: int, step: str) -> Cell:
        line = ""
        if low <= at <= high and low < high:
            line = ("seg-f" if at == low else "seg-b" if at == high else "seg-x") + back
        return Cell(line, "now" if step == now else "then" if step == then else "")

    return tuple(cell(at, step) for at, step in enumerate(steps))


def _said(words: Wording, then: str, now: str, *, only: bool) -> str:
    was, now_is = (words.text("care", "steps", step) if step else _("nicht besprochen") for step in (then, now))
    if only:
        return now_is
    return _("wie am Anfang: %(now)s") % {"now": now_is} if then == now else _("von %(then)s zu %(now)s") % {
        "then": was, "now": now_is,
    }  # fmt: skip


# --- who is involved ---------------------------------------------------------------------------------

# Where organisations stand around the person in the middle, as x and y; who leads comes first.
MIDDLE = (190, 128)
PLACES = ((70, 52), (310, 52), (318, 200), (62, 200), (190, 236), (190, 34))
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation in the picture. `kind` is "leads", "involved" or "asked"."""

    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str
    name: str
    does: str
    kind: str


@dataclass(frozen=True, slots=True)
class Involved:
    """A line of the list beside the picture: who it is, and what they do."""

    name: str
    does: str
    responsible: str
    since: date
    leads: bool = False
    asked: bool = False


def involved(companions: Iterable[Companion], letters: Iterable[Letter], words: Wording) -> list[Involved]:
    """Who accompanies, and whom the viewer's organisation has asked and who has not answered."""
    return [
        *(Involved(each.name, does(each.function, words), each.responsible, each.since, leads=each.leads)
          for each in companions),
        *(Involved(letter.recipient_name, does(letter.function, words), "", letter.offered_on, asked=True)
          for letter in letters if letter.status == Status.OFFERED),
    ]  # fmt: skip


def does(function: str, words: Wording) -> str:
    return words.text("consents", "functions", function, "name")


def hub(lines: Sequence[Involved]) -> list[Node]:
    """The picture of the list; empty where it has more lines than places, or one that needs no picture."""
    if not 1 < len(lines) <= len(PLACES):
        return []
    return [_node(place, line) for place, line in zip(PLACES, lines, strict=False)]


def height_of(nodes: Iterable[Node]) -> int:
    """How far down the picture reaches: with few organisations, the lower half stays empty."""
    return max([MIDDLE[1] + 34, *(node.label_y + 24 for node in nodes)])


def _node(place: tuple[int, int], line: Involved) -> Node:
    x, y = place
    anchor, label_x = ("middle", x) if x == MIDDLE[0] else ("start", 4) if x < MIDDLE[0] else ("end", 376)
    name = line.name if len(line.name) <= LONGEST else f"{line.name[: LONGEST - 1]}…"
    kind = "asked" if line.asked else "leads" if line.leads else "involved"
    label_y = y - 32 if y < MIDDLE[1] else y + 26
    return Node(x, y, label_x, label_y, anchor, name, _("angefragt") if line.asked else line.does, kind)
