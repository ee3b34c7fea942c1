"""Open the sealed records of rows that are in scope and whose reading was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wegnetz.network.models import Interests, Introduction
from wegnetz.participants.boxes import open_record
from wegnetz.rules.introductions import Stage


@dataclass(frozen=True, slots=True)
class Liked:
    """What a person likes: concept -> how much, 1 a little to 5 very much; and what a place must have for them.

    `wishes` are things that no interest stands for, in the person's own words. `born` is the year of birth, where it
    may be known. `woman` says whether a place for women only is open to the person; None where nobody asked.
    """

    interests: Mapping[str, int] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    district: str = ""
    born: int | None = None
    woman: bool | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an introduction: when, who wrote it down, and what was said."""

    stage: Stage
    on: date
    note: str = ""
    reason: str = ""
    called: str = ""  # by which name the contact point knows who is coming


@dataclass(frozen=True, slots=True)
class Met:
    """An introduction with its steps, the latest last."""

    id: UUID
    offer: UUID
    stage: Stage
    due_on: date | None
    steps: tuple[Step, ...]
    version: int

    @property
    def latest(self) -> Step:
        return self.steps[-1]


def liked_content(liked: Liked) -> dict[str, Any]:
    return {
        "interests": dict(liked.interests), "wishes": list(liked.wishes), "languages": list(liked.languages),
        "needs": list(liked.needs), "district": liked.district, "born": liked.born, "woman": liked.woman,
    }  # fmt: skip


def open_interests(key: bytes, row: Interests) -> Liked:
    content = open_record(row, key)
    return Liked(
        content["interests"], tuple(content["wishes"]), tuple(content["languages"]), tuple(content["needs"]),
        content["district"], content["born"], content["woman"], row.version,
    )  # fmt: skip


def step_content(step: Step) -> dict[str, str]:
    return {
        "stage": step.stage.value, "on": step.on.isoformat(), "note": step.note, "reason": step.reason,
        "called": step.called,
    }  # fmt: skip


def open_introduction(key: bytes, row: Introduction) -> Met:
    content = open_record(row, key)
    steps = tuple(
        Step(Stage(each["stage"]), date.fromisoformat(each["on"]), each["note"], each["reason"], each["called"])
        for each in content["steps"]
    )
    return Met(row.id, UUID(content["offer"]), Stage(row.stage), row.due_on, steps, row.version)
