"""What is said of a contact point in figures and rules, as sentences in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_currency
from django.utils.translation import get_language, gettext, ngettext

from wegnetz.core.days import working_day
from wegnetz.core.languages import locale_of
from wegnetz.directory.entries import Hours, Offer, State, Wording
from wegnetz.directory.exporting import edition
from wegnetz.directory.exporting.edition import Said
from wegnetz.directory.exporting.times import recurring_of
from wegnetz.engines.occurrences import Frequency, Pattern, Recurring, describe_rule, occurrences

NEXT = 5  # single days that are shown
LEFT_OUT_SHOWN = 5


def said(wording: Wording, field: str, language: str) -> Said:
    """What is said in a language, or in the nearest one that says it. Empty: not said at all."""
    return edition.said(wording, field, language) or Said("", wording.language, State.SOURCE)


def ages(offer: Offer) -> str:
    if offer.age_from is not None and offer.age_to is not None:
        return gettext("%(least)d bis %(most)d Jahre") % {"least": offer.age_from, "most": offer.age_to}
    if offer.age_from is not None:
        return gettext("ab %(least)d Jahren") % {"least": offer.age_from}
    return gettext("bis %(most)d Jahre") % {"most": offer.age_to} if offer.age_to is not None else ""


def cost(offer: Offer) -> str:
    return "" if offer.cost_cents is None else price(offer.cost_cents)


def price(cents: int) -> str:
    if cents == 0:
        return gettext("kostenlos")
    return format_currency(cents / 100, "EUR", locale=locale_of(get_language()))


def when(hours: Iterable[Hours], *, on: date | None = None) -> list[str]:
    """One sentence for each time, such as "donnerstags, 18:00 bis 20:00".

    With a day, as somebody reads it who wants to go there: of single days, and of what nobody says in a few words, only
    the next few that come, and nothing of what is over.
    """
    if on is None:
        return [_when(each) for each in hours]
    told, irregular = [], []
    for each in hours:
        recurring = recurring_of(each)
        if recurring is None or ((pattern := _pattern_of(recurring)) and _goes_on(pattern, recurring, on)):
            told.append(_when(each))
        else:
            irregular.append((recurring, each))
    return told + (_next(irregular, on, alone=not told) if irregular else [])


def _next(irregular: Iterable[tuple[Recurring, Hours]], on: date, *, alone: bool) -> list[str]:
    """Days with their times, the nearest first; and whether there are more, or none at all."""
    coming = [
        (start.date(), hours)
        for recurring, hours in irregular
        for start, _end in occurrences(recurring, on, date.max, most=NEXT + 1)
    ]
    nearest = sorted(coming, key=lambda each: (each[0], each[1].opens or time()))
    told = [_and(filter(None, (day_of(day), _clock(each.opens, each.closes)))) for day, each in nearest[:NEXT]]
    if len(nearest) > NEXT:
        return [*told, gettext("und weitere Termine")]
    return told if told or not alone else [gettext("Zurzeit ist kein neuer Termin bekannt.")]


def _goes_on(pattern: Pattern, recurring: Recurring, on: date) -> bool:
    ends = pattern.until or pattern.times
    return not ends or any(True for _each in occurrences(recurring, on, date.max, most=1))


def _pattern_of(recurring: Recurring) -> Pattern | None:
    return describe_rule(recurring.rule, recurring.first_day, recurring.zone) if recurring.rule else None


def _when(hours: Hours) -> str:
    return _and((_taking_place(hours), *_left_out(hours)))


def _left_out(hours: Hours) -> Iterator[str]:
    """The next days on which it does not take place."""
    days = [day for day in hours.but_not_on if day >= working_day()][:LEFT_OUT_SHOWN]
    if days:
        yield gettext("nicht am: %(days)s") % {"days": _and(map(day_of, days))}


def _taking_place(hours: Hours) -> str:
    recurring = recurring_of(hours)
    if recurring is None or recurring.rule is None:
        days = day_of(hours.first_day)
    else:
        pattern = _pattern_of(recurring)
        days = _and(_parts(pattern)) if pattern else gettext("zu verschiedenen Zeiten")
    return _and(filter(None, (days, _clock(hours.opens, hours.closes))))


def _and(parts: Iterable[str]) -> str:
    """With the comma of the language."""
    return gettext(", ").join(parts)


def day_of(day: date) -> str:
    return str(format_date(day, "long", locale=locale_of(get_language())))


def _clock(opens: time | None, closes: time | None) -> str:
    if opens is None:
        return ""
    if closes is None:
        return _time(opens)
    if opens < closes or closes == time():  # midnight belongs to the day that ends
        until = gettext("%(start)s bis %(end)s")
    else:
        until = gettext("%(start)s bis %(end)s am nächsten Tag")
    return until % {"start": _time(opens), "end": _time(closes)}


def _time(at: time) -> str:
    moment = datetime.combine(date(2000, 1, 1), at, UTC)
    return str(format_time(moment, "HH:mm", tzinfo=UTC, locale=locale_of(get_language())))


def _parts(pattern: Pattern) -> Iterator[str]:
    yield _again(pattern)
    if pattern.until:
        yield gettext("bis %(end)s") % {"end": day_of(pattern.until)}
    if pattern.times:
        yield ngettext("%(n)d Mal", "%(n)d Mal", pattern.times) % {"n": pattern.times}


def _again(pattern: Pattern) -> str:
    names = get_day_names("wide", locale=locale_of(get_language()))
    dates = (str(day) if day > 0 else gettext("letzter Tag") for day in pattern.month_days)
    every = {
        "n": pattern.interval, "days": _and(names[day] for day in pattern.weekdays), "dates": _and(dates),
        "nth": _and(_nth(number) for number in pattern.nth),
    }  # fmt: skip
    match pattern.unit:
        case Frequency.DAILY:
            return gettext("jeden Tag") if pattern.interval == 1 else gettext("alle %(n)d Tage") % every
        case Frequency.WEEKLY:
            alone = pattern.interval == 1
            return gettext("jede Woche: %(days)s") % every if alone else gettext("alle %(n)d Wochen: %(days)s") % every
        case Frequency.MONTHLY if pattern.weekdays:
            alone = pattern.interval == 1
            sentence = gettext("jeden Monat: %(nth)s %(days)s")
            return (sentence if alone else gettext("alle %(n)d Monate: %(nth)s %(days)s")) % every
        case Frequency.MONTHLY:
            return gettext("jeden Monat am: %(dates)s") % every
        case _:
            return gettext("einmal im Jahr")


def _nth(number: int) -> str:
    return gettext("letzter") if number == -1 else gettext("%(n)d.") % {"n": number}
