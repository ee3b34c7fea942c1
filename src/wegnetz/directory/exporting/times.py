"""Hours of the directory as what is computed with, and rules written out again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from wegnetz.directory.entries import Hours
from wegnetz.engines.occurrences import WEEKDAYS, NthDay, Recurring, Rule, checked_rule


def recurring_of(hours: Hours) -> Recurring | None:
    """None where the rule, the zone or the year is none that is known: one bad entry must not keep back the others."""
    try:
        rule = checked_rule(hours.rule) if hours.rule else None
        return Recurring(
            hours.first_day, ZoneInfo(hours.zone), hours.opens, hours.closes, rule, frozenset(hours.but_not_on)
        )
    except (ValueError, LookupError, OSError):  # RuleError is a ValueError; a zone may name a folder
        return None


def rule_parts(rule: Rule) -> dict[str, str]:
    """The parts of RFC 5545 in order, without UNTIL, which every format writes in its own way."""
    numbers = {"BYMONTH": rule.by_month, "BYMONTHDAY": rule.by_month_day, "BYSETPOS": rule.by_position}
    return {
        "FREQ": rule.frequency.value,
        **({"INTERVAL": str(rule.interval)} if rule.interval > 1 else {}),
        **({"COUNT": str(rule.times)} if rule.times else {}),
        **({"BYDAY": ",".join(map(day_name, rule.by_day))} if rule.by_day else {}),
        **{name: ",".join(map(str, listed)) for name, listed in numbers.items() if listed},
        **({"WKST": WEEKDAYS[rule.week_start]} if rule.week_start else {}),
    }


def day_name(day: NthDay) -> str:
    return f"{day.nth or ''}{WEEKDAYS[day.weekday]}"


def last_start(recurring: Recurring) -> date | datetime | None:
    """UNTIL as RFC 5545 wants it: a day for whole days, else the moment in UTC behind which nothing begins."""
    until = recurring.rule.until if recurring.rule else None
    if until is None:
        return None
    if isinstance(until, datetime):
        moment = until if until.tzinfo else until.replace(tzinfo=recurring.zone)
    else:
        moment = datetime.combine(until, recurring.opens or time(), recurring.zone)
    return moment.astimezone(UTC) if recurring.opens else moment.astimezone(recurring.zone).date()


def clock_of(at: time | None) -> str | None:
    """ "18:00", with seconds only where there are some. Midnight is a time."""
    return at.isoformat(timespec="seconds" if at.second else "minutes") if at is not None else None


def written(hours: Hours) -> str:
    """One line for a cell: "2026-03-03 18:00-20:00 FREQ=WEEKLY;BYDAY=TU not 2026-03-31 Europe/Berlin"."""
    opens, closes = clock_of(hours.opens) or "", clock_of(hours.closes)
    times = f"{opens}-{closes}" if closes else opens
    but_not = f"not {','.join(day.isoformat() for day in hours.but_not_on)}" if hours.but_not_on else ""
    return " ".join(part for part in (hours.first_day.isoformat(), times, hours.rule, but_not, hours.zone) if part)
