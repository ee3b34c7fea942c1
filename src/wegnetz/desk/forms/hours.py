"""When something is open or takes place: a row of a form for each time, and the rule it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.core.forms import ClockField, DayField
from wegnetz.directory.entries import MOST_HOURS, Hours, ends_too_early
from wegnetz.engines.occurrences import WEEKDAYS, Frequency, Pattern, RuleError, checked_rule, describe_rule

ONCE, MONTHLY = "once", "monthly"
EVERY = {
    "1": gettext_lazy("jede Woche"), "2": gettext_lazy("alle zwei Wochen"), "3": gettext_lazy("alle drei Wochen"),
    "4": gettext_lazy("alle vier Wochen"), MONTHLY: gettext_lazy("einmal im Monat, am selben Wochentag"),
    ONCE: gettext_lazy("nur einmal"),
}  # fmt: skip
CLOSES_TOO_EARLY = gettext_lazy(
    "Das Ende liegt nicht nach dem Anfang. Bitte prüfen Sie beide Uhrzeiten. Nur bis 6 Uhr früh verstehen wir es als "
    "den nächsten Tag."
)
EMPTY_ROWS = 2
MORE = "mehr-zeiten"  # the button that asks for more rows
MORE_ROWS = 5
# Of one request; from the page come as many as are stored, and MOST_HOURS of new ones.
MOST_SENT = 230


class HoursForm(forms.Form):
    """One time. Empty rows say nothing. What a rule says beyond these fields is kept as it is, in `rule`."""

    mark_optional = False

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Wochentage"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, WEEKDAYS_ABBR[number]) for number, code in enumerate(WEEKDAYS)],
    )  # fmt: skip
    opens = ClockField(label=gettext_lazy("Von"), required=False)
    closes = ClockField(label=gettext_lazy("Bis"), required=False)
    every = forms.ChoiceField(label=gettext_lazy("Wie oft?"), choices=list(EVERY.items()), required=False)
    first_day = DayField(label=gettext_lazy("Zum ersten Mal am"), required=False)
    until = DayField(label=gettext_lazy("Zum letzten Mal am"), required=False)
    rule = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    but_not_on = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    zone = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    drop = forms.BooleanField(label=gettext_lazy("Diese Zeit löschen"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or data.get("drop") or not self.says_something(data):
            return data
        every, first = data["every"] or "1", data["first_day"]
        if every in {ONCE, MONTHLY} and first is None and not data["rule"]:
            self.add_error("first_day", _("Bitte tragen Sie den Tag ein. Ohne ihn wissen wir nicht, wann das ist."))
        elif every not in {ONCE, MONTHLY} and not data["days"] and first is None and not data["rule"]:
            self.add_error("days", _("Bitte kreuzen Sie mindestens einen Wochentag an."))
        if first and data["until"] and data["until"] < first:
            self.add_error("until", _("Das letzte Mal liegt vor dem ersten. Bitte prüfen Sie beide Tage."))
        # What was stored so is kept: a file can say for itself that something goes on until the next day.
        if {"opens", "closes"} & {*self.changed_data} and ends_too_early(data["opens"], data["closes"]):
            self.add_error("closes", CLOSES_TOO_EARLY)
        return data

    @staticmethod
    def says_something(data: dict[str, Any]) -> bool:
        return any(data.get(name) for name in ("days", "opens", "closes", "first_day", "until", "rule"))

    def hours(self, today: date) -> Hours | None:
        """What a valid row says; None for one that says nothing or was dropped."""
        data = self.cleaned_data
        if data["drop"] or not self.says_something(data):
            return None
        first = data["first_day"] or today
        kept = {"zone": data["zone"]} if data["zone"] else {}
        left_out = tuple(date.fromisoformat(day) for day in data["but_not_on"].split() if day)
        rule = data["rule"] or _rule(first, every=data["every"] or "1", days=data["days"], until=data["until"])
        return Hours(first, data["opens"], data["closes"], rule, left_out, **kept)

    def clean_but_not_on(self) -> str:
        return _checked(self.cleaned_data["but_not_on"], date.fromisoformat)

    def clean_zone(self) -> str:
        return _checked(self.cleaned_data["zone"], ZoneInfo, whole=True)

    def clean_rule(self) -> str:
        return _checked(self.cleaned_data["rule"], checked_rule, whole=True)


def _checked(text: str, read: Any, *, whole: bool = False) -> str:
    """Hidden fields hold what the page itself wrote; whatever else arrives in them is left out."""
    try:
        for part in [text] if whole else text.split():
            if part:
                read(part)
    except (ValueError, LookupError, OSError):  # RuleError is a ValueError; a zone may name a folder
        return ""
    return text


class BaseRows(forms.BaseFormSet[HoursForm]):
    """All the times of a place or an offer."""

    def clean(self) -> None:
        told = [row for row in self.forms if row.is_valid() and not row.cleaned_data.get("drop")]
        number = sum(row.says_something(row.cleaned_data) for row in told)
        if number > MOST_HOURS:
            raise forms.ValidationError(
                _("Das sind %(n)d Zeiten. Mehr als %(most)d passen nicht. Löschen Sie bitte, was vorbei ist.")
                % {"n": number, "most": MOST_HOURS}
            )

    @property
    def has_room(self) -> bool:
        return len(self.forms) < MOST_HOURS


HoursRows = cast(
    "type[BaseRows]",
    forms.formset_factory(HoursForm, formset=BaseRows, extra=EMPTY_ROWS, max_num=MOST_HOURS, absolute_max=MOST_SENT),
)


def more_rows(rows: BaseRows) -> BaseRows:
    """The same rows with what was typed in them, and empty ones behind; what is wrong is not said yet."""
    filled = [each for row in rows.forms if HoursForm.says_something(each := typed_in(row))]
    more = HoursRows(initial=filled, prefix=rows.prefix)
    more.extra = MORE_ROWS
    return more


def typed_in(form: forms.BaseForm) -> dict[str, Any]:
    """What was sent for each field, as it was typed."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def hours_initial(hours: Iterable[Hours]) -> list[dict[str, Any]]:
    """The rows of a form that say the same."""
    return [_initial(each) for each in hours]


def _initial(hours: Hours) -> dict[str, Any]:
    found: dict[str, Any] = {
        "opens": hours.opens, "closes": hours.closes, "first_day": hours.first_day, "zone": hours.zone,
        "but_not_on": " ".join(day.isoformat() for day in hours.but_not_on),
    }  # fmt: skip
    if not hours.rule:
        return found | {"every": ONCE}
    pattern = _pattern(hours.rule, hours.first_day)
    fields = _fields(pattern) if pattern else None
    # Only what these fields would say again exactly so; all else stays as it is.
    if fields and _pattern(_rule(hours.first_day, **fields), hours.first_day) == pattern:
        return found | fields
    return found | {"rule": hours.rule}


def _pattern(rule: str, first: date) -> Pattern | None:
    try:
        return describe_rule(checked_rule(rule), first, UTC)
    except RuleError:
        return None


def _fields(pattern: Pattern) -> dict[str, Any]:
    monthly = pattern.unit is Frequency.MONTHLY
    weekdays = range(7) if pattern.unit is Frequency.DAILY else pattern.weekdays
    return {
        "every": MONTHLY if monthly else str(pattern.interval), "days": [WEEKDAYS[day] for day in weekdays],
        "until": pattern.until,
    }  # fmt: skip


def _rule(first: date, *, every: str, days: Iterable[str], until: date | None) -> str:
    """The rule that the fields stand for; the day of the week or month is that of the first day where none is said."""
    end = f";UNTIL={until:%Y%m%d}" if until else ""
    if every == ONCE:
        return ""
    if every == MONTHLY:
        nth = (first.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{WEEKDAYS[first.weekday()]}{end}"
    again = f";INTERVAL={every}" if every != "1" else ""
    return f"FREQ=WEEKLY{again};BYDAY={','.join(days) or WEEKDAYS[first.weekday()]}{end}"
