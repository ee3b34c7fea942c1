"""The plan as a person takes it home: in their language and in German side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wegnetz.casework.openings import GOAL, Item, OpenPlan
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.wording import RIGHT_TO_LEFT, Spoken, long_day, spoken

# Keeps a name together in a text that runs the other way.
ISOLATED = "\N{FIRST STRONG ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one language says in a row: a text, and details as label and value."""

    text: Spoken
    details: tuple[tuple[str, str], ...] = ()
    german_only: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet, with one cell for each language. `kind` says how it looks."""

    kind: str
    cells: tuple[Cell, ...]
    done: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed. `translated` are titles in `speaks`, the language the person speaks."""

    pack: Pack
    language: str
    speaks: str
    role: str

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.language, "de")))

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_draft(self) -> bool:
        return self.say(self.language, "plan").state == "draft"

    def say(self, language: str, *path: str) -> Spoken:
        return spoken(self.pack, language, "plan", *path)

    def rows(self, plan: OpenPlan, name: str, today: date) -> Iterator[Row]:
        """The whole sheet, from top to bottom."""
        yield self._labels("title", "plan", ("as-of", today))
        yield Row("name", tuple(Cell(Spoken(ISOLATED % name, language, "")) for language in self.languages))
        yield self._written("wish", plan.wish, plan.translated)
        if first := next_of(plan):
            yield self._labels("next", "next-step")
            yield self._item("next-item", first)
        yield self._labels("heading", "goals")
        for goal in plan.goals:
            if goal.state != "dropped":
                yield from self._goal(goal)
        if plan.review_on:
            yield self._labels("review", "review-on", ("", plan.review_on))

    def foot(self, contact: str) -> Iterator[Row]:
        """How to reach those who accompany, and whose sheet it is."""
        cells = (Cell(self.say(language, "contact"), (("", ISOLATED % contact),)) for language in self.languages)
        yield Row("contact", tuple(cells))
        yield self._labels("small", "ask")
        yield self._labels("small", "yours")

    def _goal(self, goal: Item) -> Iterator[Row]:
        yield self._item("goal", goal)
        for item in goal.wanted:
            yield self._item("step", item)
            for task in item.wanted:
                yield self._item("task", task)

    def _labels(self, kind: str, key: str, dated: tuple[str, date] | None = None) -> Row:
        """A row of the pack's words, with a day where one belongs to it."""
        cells = []
        for language in self.languages:
            details: tuple[tuple[str, str], ...] = ()
            if dated:
                label = self.say(language, dated[0]).text if dated[0] else ""
                details = ((label, long_day(language, dated[1])),)
            cells.append(Cell(self.say(language, key), details))
        return Row(kind, tuple(cells))

    def _written(self, kind: str, german: str, translated: str) -> Row:
        return Row(kind, tuple(self._cell(language, german, translated) for language in self.languages))

    def _cell(
        self, language: str, german: str, translated: str, details: tuple[tuple[str, str], ...] = ()
    ) -> Cell:  # fmt: skip
        """What somebody wrote: in the person's language where there is such a text, else in German and marked so."""
        if language == "de":
            return Cell(Spoken(german, "de", ""), details)
        known = translated if self.speaks in {"", language} else ""
        return Cell(Spoken(known or german, language if known else "de", ""), details, german_only=not known)

    def _item(self, kind: str, item: Item) -> Row:
        cells = (
            self._cell(language, item.title, item.translated, self._details(language, item))
            for language in self.languages
        )
        return Row(kind, tuple(cells), done=item.state == "done")

    def _details(self, language: str, item: Item) -> tuple[tuple[str, str], ...]:
        found = []
        if item.kind == GOAL:
            if item.area:
                found.append((self.say(language, "area").text, self.say(language, "areas", item.area).text))
        else:
            found.append((self.say(language, "who").text, self._who(language, item)))
        if item.state == "done":
            found.append(("", self.say(language, "done").text))
        elif item.due_on:
            found.append((self.say(language, "until").text, long_day(language, item.due_on)))
        return tuple(found)

    def _who(self, language: str, item: Item) -> str:
        if item.doer == "person":
            return self.say(language, "you").text
        if item.doer == "staff":
            return f"{self.say(language, self.role).text} ({ISOLATED % item.who})"
        return ISOLATED % item.who


def next_of(plan: OpenPlan) -> Item | None:
    """The person's own open step or task that is due first."""
    every = [each for goal in plan.goals for step in goal.items for each in (step, *step.items)]
    coming = [item for item in every if item.state == "open" and item.due_on and item.doer == "person"]
    return min(coming, key=lambda item: str(item.due_on), default=None)
