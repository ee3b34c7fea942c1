"""Open the sealed records of rows that are in scope and whose reading was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wegnetz.core.boxes import Place, open_json, seal_json
from wegnetz.network.models import Guest, Interests, Introduction, Invitation, Pairing, Workshop
from wegnetz.participants.access import SEALED
from wegnetz.participants.boxes import open_record
from wegnetz.rules.introductions import Stage


@dataclass(frozen=True, slots=True)
class Liked:
    """What a person likes: concept -> how much, 1 a little to 5 very much; and what a place must have for them.

    `wishes` are things that no interest stands for, in the person's own words. `born` is the year of birth, where it
    may be known. `woman` says whether a place for women only is open to the person; None where nobody asked.
    `handed_on` are the interests and wishes that were given to the list of what is missing, each with its month: nobody
    counts twice there. `worded` are the words under which a wish stands on it.
    """

    interests: Mapping[str, int] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    district: str = ""
    born: int | None = None
    woman: bool | None = None
    version: int = 0
    handed_on: Mapping[str, date] = field(default_factory=dict)
    worded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an introduction: when, who wrote it down, and what was said."""

    stage: Stage
    on: date
    note: str = ""
    reason: str = ""
    called: str = ""  # by which name the contact point knows who is coming
    comes_on: date | None = None  # the day on which they plan to go there
    accompanied: bool | None = None  # by us; None where nobody said
    for_place: str = ""  # what the contact point is told besides


@dataclass(frozen=True, slots=True)
class Said:
    """What the contact point said: whether somebody came, and on which day. `taken`: it was taken over here."""

    came: bool
    on: date
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """An introduction with its steps, the latest last, and what the contact point said, the latest last.

    `announcement` is what lies there for the page of the place. What is `sealed` no page is ever told.
    """

    id: UUID
    offer: UUID
    stage: Stage
    due_on: date | None
    steps: tuple[Step, ...]
    version: int
    said: tuple[Said, ...] = ()
    announcement: UUID | None = None
    sealed: bool = False

    @property
    def latest(self) -> Step:
        return self.steps[-1]

    @property
    def news(self) -> tuple[Said, ...]:
        """What the contact point said and nobody has taken over yet."""
        return tuple(each for each in self.said if not each.taken)


def liked_content(liked: Liked) -> dict[str, Any]:
    return {
        "interests": dict(liked.interests), "wishes": list(liked.wishes), "languages": list(liked.languages),
        "needs": list(liked.needs), "district": liked.district, "born": liked.born, "woman": liked.woman,
        "handed_on": {what: month.isoformat() for what, month in liked.handed_on.items()},
        "worded": dict(liked.worded),
    }  # fmt: skip


def open_interests(key: bytes, row: Interests) -> Liked:
    content = open_record(row, key)
    return Liked(
        content["interests"], tuple(content["wishes"]), tuple(content["languages"]), tuple(content["needs"]),
        content["district"], content["born"], content["woman"], row.version,
        {what: date.fromisoformat(month) for what, month in content.get("handed_on", {}).items()},
        content.get("worded", {}),
    )  # fmt: skip


def step_content(step: Step) -> dict[str, Any]:
    return {
        "stage": step.stage.value, "on": step.on.isoformat(), "note": step.note, "reason": step.reason,
        "called": step.called, "comes_on": step.comes_on.isoformat() if step.comes_on else None,
        "accompanied": step.accompanied, "for_place": step.for_place,
    }  # fmt: skip


def _open_step(content: dict[str, Any]) -> Step:
    """Also one that was written before places had pages of their own."""
    comes_on = content.get("comes_on")
    return Step(
        Stage(content["stage"]), date.fromisoformat(content["on"]), content["note"], content["reason"],
        content["called"], date.fromisoformat(comes_on) if comes_on else None, content.get("accompanied"),
        content.get("for_place", ""),
    )  # fmt: skip


def open_introduction(key: bytes, row: Introduction) -> Met:
    """`row` comes with its involvement."""
    content = open_record(row, key)
    announcement = content.get("announcement")
    return Met(
        row.id, UUID(content["offer"]), Stage(row.stage), row.due_on, tuple(map(_open_step, content["steps"])),
        row.version, open_said(key, row), UUID(announcement) if announcement else None,
        row.involvement.secrecy == SEALED,
    )  # fmt: skip


def _place_of_said(row: Introduction) -> Place:
    """Not bound to a version: the contact point speaks while somebody here writes."""
    return Place("said-by-the-place", row.id, (row.person_id, row.organisation_id, row.involvement_id), 2048)


def seal_said(key: bytes, row: Introduction, said: tuple[Said, ...]) -> bytes:
    content = [{"came": each.came, "on": each.on.isoformat(), "taken": each.taken} for each in said]
    return seal_json(key, content, _place_of_said(row))


def open_said(key: bytes, row: Introduction) -> tuple[Said, ...]:
    if row.said_box is None:
        return ()
    content = open_json(key, row.said_box, _place_of_said(row))
    return tuple(Said(each["came"], date.fromisoformat(each["on"]), each["taken"]) for each in content)


@dataclass(frozen=True, slots=True)
class Named:
    """What a workshop is called and what one does there, in one language (BCP 47)."""

    language: str
    title: str
    text: str = ""


def wording_content(first: Named, others: Iterable[Named] = ()) -> dict[str, Any]:
    """The language in which it was written first, and what is said in each."""
    said = {each.language: {"title": each.title, "text": each.text} for each in (first, *others)}
    return {"language": first.language, "said": said}


def named(workshop: Workshop, language: str) -> Named:
    """In a language, or as it was written first."""
    said = workshop.wording["said"]
    code = language if language in said else workshop.wording["language"]
    return Named(code, said[code]["title"], said[code]["text"])


def all_named(workshop: Workshop) -> tuple[Named, ...]:
    """In every language, the first one first."""
    first = workshop.wording["language"]
    rest = sorted(code for code in workshop.wording["said"] if code != first)
    return tuple(named(workshop, code) for code in (first, *rest))


def in_language(said: tuple[Named, ...], language: str) -> Named:
    """Of what `all_named` gave: in a language, or as it was written first."""
    return next((each for each in said if each.language == language), said[0])


@dataclass(frozen=True, slots=True)
class Invited:
    """What is sealed of an invitation.

    `secret` is that of the person's own link. `childcare` and `ticket`: needs it to come. `leads`: looks after a table.
    `table` is where they sat, counted from 1, `new` how many of those there they had not sat with before; `proof`, how
    the attendance is proved (`rules.workshops.Proof`), and `signature` what was drawn on a screen, as the path of an
    SVG within 300 by 100. `told` are the marks of news that went out (`rules.news.mark_of`), and `failed_at` is when
    one last did not (ISO 8601). `heard` is the answer of which the person knows, and `known` the state of the date in
    which they gave it. `said`: the faces of the feedback were given.
    """

    secret: str
    childcare: bool = False
    ticket: bool = False
    note: str = ""
    leads: bool = False
    table: int | None = None
    new: int = 0
    proof: str = ""
    told: tuple[str, ...] = ()
    said: bool = False
    signature: str = ""
    heard: str = ""
    known: int | None = None
    failed_at: str = ""


def invited_content(invited: Invited) -> dict[str, Any]:
    return asdict(invited) | {"told": list(invited.told)}


def open_invitation(key: bytes, row: Invitation) -> Invited:
    content = open_record(row, key)
    return Invited(**content | {"told": tuple(content["told"])})


@dataclass(frozen=True, slots=True)
class Paired:
    """Two people who sit `together`, or apart. `other` is not the one with whom it stands."""

    id: UUID
    person: UUID
    other: UUID
    together: bool
    note: str = ""


def pairing_content(other: UUID, *, together: bool, note: str) -> dict[str, Any]:
    return {"other": str(other), "together": together, "note": note}


def open_pairing(key: bytes, row: Pairing) -> Paired:
    content = open_record(row, key)
    return Paired(row.id, row.person_id, UUID(content["other"]), content["together"], content["note"])


def _place_of_guest(row: Guest) -> Place:
    return Place("guest", row.id, (row.date_id, row.organisation_id), 256)


def seal_guest(key: bytes, row: Guest, name: str) -> bytes:
    """`key` is the installation's: of whom nobody knows yet who it is, there is no other."""
    return seal_json(key, name, _place_of_guest(row))


def open_guest(key: bytes, row: Guest) -> str:
    """The name that was typed. Raises CannotOpenError."""
    name: str = open_json(key, row.box, _place_of_guest(row))
    return name
