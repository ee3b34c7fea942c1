"""What Wegnetz itself gave away and gets back: words in every language, and hours by their exact rule.

A file can claim to be ours and be anybody's, so all of it is read as carefully as what others write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from wegnetz.directory.entries import Hours, Translation, Wording
from wegnetz.directory.importing.cells import clock, day, language, prose
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.recurrence import parts_of, sound
from wegnetz.engines.occurrences import RuleError, checked_rule

FINGERPRINT = re.compile(r"[0-9a-f]{16}")
LONGEST_KEY = 300
_LINE = re.compile(
    r"(?P<first>\S+)(?: (?P<opens>\d\d:\d\d(?::\d\d)?)?(?:-(?P<closes>\d\d:\d\d(?::\d\d)?))?)?"
    r"(?: (?P<rule>FREQ=\S+))?(?: not (?P<but>\S+))?(?: (?P<zone>[A-Za-z]\S*))?"
)


@dataclass(slots=True)
class Words:
    """Texts as they are gathered, by language and field. What is no language, or none of the `fields`, is left out."""

    fields: tuple[str, ...]
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    machine: set[str] = field(default_factory=set)
    made_from: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, name: str, text: str, say: Say) -> None:
        known = language(code)
        if not known:
            say(code, Expected.LANGUAGE)
            return
        said = self.texts.setdefault(known, {})
        if name in self.fields and (clean := prose(text, say)):
            said[name] = clean
        elif name == "machine" and text == "yes":
            self.machine.add(known)
        elif name == "made_from" and FINGERPRINT.fullmatch(text):
            self.made_from[known] = text

    def wording(self, written_in: str) -> Wording | None:
        """None where the source says nothing under the first of the fields, which it must."""
        source = language(written_in)
        if not self.texts.get(source, {}).get(self.fields[0]):
            return None
        return Wording(source, {
            code: Translation(texts, code in self.machine, self.made_from.get(code, ""))
            for code, texts in self.texts.items()
        })  # fmt: skip


def exact_hours(said: Mapping[str, str], but_not_on: Iterable[str], say: Say) -> Hours | None:
    """`said` has "first_day", and perhaps "opens", "closes", "rule" and "zone". None, and said, without a day."""
    first = day(said.get("first_day", ""), say)
    if first is None:
        return None
    left_out = tuple(found for each in but_not_on if (found := day(each, say)))
    return Hours(
        first, _time(said.get("opens", ""), say), _time(said.get("closes", ""), say), _rule(said.get("rule", ""), say),
        left_out, **_zone(said.get("zone", ""), say),
    )  # fmt: skip


def hours_by_rule(text: str, say: Say) -> tuple[Hours, ...]:
    """Lines as tables of ours have them: "2026-03-03 18:00-20:00 FREQ=WEEKLY;BYDAY=TU not 2026-03-31 Europe/Berlin"."""
    found: dict[Hours, None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = _LINE.fullmatch(line)
        if parts is None:
            say(line, Expected.RULE)
            continue
        said = {"first_day": parts["first"], "opens": parts["opens"] or "", "closes": parts["closes"] or "",
                "rule": parts["rule"] or "", "zone": parts["zone"] or ""}  # fmt: skip
        if hours := exact_hours(said, filter(None, (parts["but"] or "").split(",")), say):
            found[hours] = None
    return tuple(found)


def _time(text: str, say: Say) -> time | None:
    return clock(text, say) if text else None


def _rule(text: str, say: Say) -> str:
    """As it is where it is sound; otherwise as much of it as is."""
    try:
        if text:
            checked_rule(text)
    except RuleError:
        rule, left = sound(parts_of(text))
        for each in left:
            say(each, Expected.RULE)
        return rule
    return text


def _zone(name: str, say: Say) -> dict[str, str]:
    try:
        return {"zone": ZoneInfo(name).key} if name else {}
    except (ValueError, LookupError, OSError):  # a name may lead to a folder
        say(name, Expected.ZONE, Effect.CHANGED)
        return {}
