"""How forms look and how they read dates. FORM_RENDERER points here, so every form follows."""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wegnetz.rules.facts import EARLIEST_DATE, Year

GERMAN_DAY = re.compile(r"(\d{1,2})[. ]\s*(\d{1,2})[. ]\s*(\d{4})")  # no slashes: 10/07 is read both ways
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DIGITS_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")
BARE_YEAR = re.compile(r"\d{4}")
WHEN_EMPTY = {
    "input": gettext_lazy("Bitte eintragen."),
    "select": gettext_lazy("Bitte auswählen."),
    "group": gettext_lazy("Bitte auswählen."),
    "check": gettext_lazy("Bitte ankreuzen."),
}


class KernBoundField(BoundField):
    """A field that knows its shape in the design system and gives its widget the matching class."""

    @property
    def shape(self) -> str:
        """Which part of core/field.html draws the field: group, check, select or input."""
        widget = self.field.widget
        if widget.use_fieldset:
            return "group"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
            return "select"
        return "input"

    @property
    def is_optional(self) -> bool:
        """Required is the rule; what may stay empty is said. A single tick box is always a choice.

        What a form needs with some answers only (`needed_with`) says so in its label.
        """
        marked = getattr(self.form, "mark_optional", True) and self.name not in getattr(self.form, "needed_with", ())
        return bool(marked) and not self.field.required and self.shape != "check"

    @property
    def problems(self) -> list[str]:
        """What to do about each error: Django's sentence for an empty field only says that it is empty."""
        default = forms.Field.default_error_messages["required"]
        found: list[str] = []
        for error in self.errors.as_data():
            if error.code == "required" and self.field.error_messages["required"] == default:
                found.append(str(WHEN_EMPTY[self.shape]))
            else:
                found.extend(error.messages)
        return found

    @property
    def target(self) -> str:
        """The id to which the error summary leads: the first thing that can be focused."""
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs
        kern = {"input": "kern-form-input__input", "select": "kern-form-input__select"}.get(self.shape)
        if kern and not (widget or self.field.widget).is_hidden:
            built["class"] = " ".join(str(part) for part in (kern, own.get("class"), built.get("class")) if part)
        # A placeholder that repeats the label vanishes when one types, and says nothing before.
        if str(self.label) and str(self.label) in str(own.get("placeholder", "")):
            built["placeholder"] = False
        return built


class KernRenderer(TemplatesSetting):
    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
    bound_field_class = KernBoundField


class DayInput(forms.TextInput):
    """A day typed by hand. Not type=date: that follows the browser's language, not the page's."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "wn-w-day", **(attrs or {})})


class DayPicker(forms.DateInput):
    """A day picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "wn-w-day", **(attrs or {})}, format="%Y-%m-%d")


def read_day(text: str) -> date:
    """Read 07.10.2021, 2021-10-07 or 07102021 (numeric keypads of some phones lack the full stop).

    Raises ValidationError: not a date (code "invalid"), or a day that does not exist (code "no-such-day").
    """
    if match := ISO_DAY.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
    elif match := GERMAN_DAY.fullmatch(text) or DIGITS_DAY.fullmatch(text):
        number, month, year = (int(part) for part in match.groups())
    else:
        raise ValidationError(gettext("Bitte schreiben Sie das Datum so: 07.10.2021."), code="invalid")
    try:
        return date(year, month, number)
    except ValueError as error:
        raise ValidationError(_no_such_day(year, month, number), code="no-such-day") from error


def _no_such_day(year: int, month: int, number: int) -> str:
    if not (1 <= month <= 12 and 1 <= number <= 31 and 1 <= year <= 9999):
        return gettext("Dieses Datum gibt es nicht. Zuerst kommt der Tag, dann der Monat, dann das Jahr.")
    last = calendar.monthrange(year, month)[1]
    return gettext("Den %(day)d. %(month)s gibt es nicht. Meinten Sie den %(last)s?") % {
        "day": number,
        "month": MONTHS[month],
        "last": f"{last:02}.{month:02}.{year}",
    }


class DayField(forms.Field):
    """A day, typed (DayInput) or picked (DayPicker). Cleans to a date, or None when optional and empty."""

    widget = DayInput
    example: str | Promise = gettext_lazy("Zum Beispiel 07.10.2021.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.help_text and isinstance(self.widget, DayInput):
            self.help_text = self.example

    def to_python(self, value: Any) -> date | Year | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date | Year):
            return value
        return self.read(str(value).strip())

    def read(self, text: str) -> date | Year:
        found = read_day(text)
        if found < EARLIEST_DATE:
            raise ValidationError(gettext("Bitte prüfen Sie das Jahr: Es liegt vor 1900."), code="too-early")
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Year):
            return str(value.value)
        if isinstance(value, date) and not isinstance(self.widget, DayPicker):
            return f"{value:%d.%m.%Y}"
        return value


class ClockInput(forms.TextInput):
    """A time of the day typed by hand."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "wn-w-clock", **(attrs or {})})


class ClockField(forms.Field):
    """A time of the day: 9, 9:30, 9.30 or 930. Cleans to a time, or None when optional and empty."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        match = CLOCK.fullmatch(str(value).strip().removesuffix("Uhr").strip())
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(gettext("Bitte schreiben Sie die Uhrzeit so: 9:30."), code="invalid")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}:{value:%M}" if isinstance(value, time) else value


class EuroField(forms.DecimalField):
    """Euros and cents, with a comma or a point in whatever language. Cleans to a Decimal, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"decimal_places": 2, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return number_format(value, 2) if isinstance(value, Decimal) else value


class BirthField(DayField):
    """A day of birth, or the year alone: many people have no other record. Cleans to a date or a Year."""

    example = gettext_lazy("Zum Beispiel 31.12.2001. Wenn nur das Jahr bekannt ist, reicht 2001.")

    def read(self, text: str) -> date | Year:
        if not BARE_YEAR.fullmatch(text):
            return super().read(text)
        if int(text) < EARLIEST_DATE.year:
            raise ValidationError(gettext("Bitte prüfen Sie das Jahr: Es liegt vor 1900."), code="too-early")
        return Year(int(text))
