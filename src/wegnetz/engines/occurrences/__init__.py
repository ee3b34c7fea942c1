"""When something takes place: rules of RFC 5545, the days and hours they mean, and how people say them."""

from wegnetz.engines.occurrences.days import MOST, Occurrence, Recurring, begins_on, occurrences
from wegnetz.engines.occurrences.patterns import Pattern, describe_rule
from wegnetz.engines.occurrences.rules import (
    WEEKDAYS,
    Frequency,
    NthDay,
    Rule,
    RuleError,
    checked_rule,
    last_day,
)

__all__ = [
    "MOST",
    "WEEKDAYS",
    "Frequency",
    "NthDay",
    "Occurrence",
    "Pattern",
    "Recurring",
    "Rule",
    "RuleError",
    "begins_on",
    "checked_rule",
    "describe_rule",
    "last_day",
    "occurrences",
]
