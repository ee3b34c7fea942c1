"""What somebody who was invited to a workshop is told, and when: each thing once, and nothing that is over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from wegnetz.rules.workshops import Answer

# Nobody's telephone rings for what can wait; what changes somebody's way is told at any hour.
BY_DAY: Final = (time(9), time(21))
# How long after the end somebody is asked how it was, and may say so.
ASKED_FOR: Final = timedelta(days=7)


class News(StrEnum):
    """One thing that is told."""

    INVITED = "invited"
    MOVED_UP = "moved-up"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDED = "reminded"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Date:
    """When a workshop takes place (in the time of the place), whether it does, and how often that was changed."""

    starts_at: datetime
    ends_at: datetime
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Knows:
    """What one person answered and knows.

    `heard` is the answer of which they know, where they gave one. `sequence` is the state of the date in which they
    gave it. `told` are the marks of what went out before (`mark_of`), `said` whether they have said how it was.
    """

    answer: Answer
    heard: str = ""
    sequence: int | None = None
    told: Collection[str] = ()
    attended: bool | None = None
    said: bool = False


def news_for(person: Knows, on: Date, *, now: datetime) -> News | None:
    """What is to be told now, if anything. `now` is in the time of the place."""
    found = _news(person, on, now)
    if found is None or mark_of(found, on) in person.told:
        return None
    at_any_hour = found in {News.CANCELLED, News.CHANGED, News.MOVED_UP}
    return found if at_any_hour or BY_DAY[0] <= now.time() < BY_DAY[1] else None


def mark_of(news: News, on: Date) -> str:
    """Under what it is remembered that something was told: once for a state of the date, or once for its day."""
    if news is News.REMINDED:
        return f"{news}:{on.starts_at.date().isoformat()}"
    return f"{news}:{on.sequence}"


def marks_of(news: News, on: Date, *, now: datetime) -> tuple[str, ...]:
    """What is told along with it: whoever hears of tomorrow today needs no reminder of it."""
    marks = [mark_of(news, on)]
    if news not in {News.REMINDED, News.CANCELLED, News.FEEDBACK} and _is_near(on, now.date()):
        marks.append(mark_of(News.REMINDED, on))
    return tuple(marks)


def _news(person: Knows, on: Date, now: datetime) -> News | None:
    if on.ends_at <= now:
        asks = person.attended is True and not person.said and not on.cancelled and now < on.ends_at + ASKED_FOR
        return News.FEEDBACK if asks and not _told(person, News.FEEDBACK) else None
    if on.starts_at <= now or person.answer is Answer.DECLINED:
        return None
    known = _known(person)
    if known is None:  # and who never heard of it need not hear that it does not take place
        return None if on.cancelled else News.INVITED
    return News.CANCELLED if on.cancelled else _news_of_what_comes(person, on, now, known)


def _news_of_what_comes(person: Knows, on: Date, now: datetime, known: int) -> News | None:
    if person.answer is Answer.COMING and person.heard == Answer.WAITING and not _told(person, News.MOVED_UP):
        return News.MOVED_UP
    if known < on.sequence:
        return News.CHANGED
    near = person.answer is not Answer.WAITING and _is_near(on, now.date())
    return News.REMINDED if near else None


def _is_near(on: Date, today: date) -> bool:
    """From the day before on."""
    return on.starts_at.date() - timedelta(days=1) <= today


def _told(person: Knows, news: News) -> bool:
    return any(mark.partition(":")[0] == news for mark in person.told)


def _known(person: Knows) -> int | None:
    """The latest state of the date of which the person has heard; None where they have heard of none."""
    marks = (mark.partition(":") for mark in person.told)
    by_news = [int(state) for news, _colon, state in marks if news not in {News.REMINDED, News.FEEDBACK}]
    heard = [*by_news, *([] if person.sequence is None else [person.sequence])]
    return max(heard, default=None)
