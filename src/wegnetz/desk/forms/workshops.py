"""What staff type about a workshop, its times, and what somebody answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.core.days import working_day
from wegnetz.core.forms import ClockField, DayField
from wegnetz.desk.conflicts import ChangeForm
from wegnetz.desk.forms.directory import Words
from wegnetz.desk.forms.hours import CLOSES_TOO_EARLY
from wegnetz.desk.forms.journal import minute_of, moment
from wegnetz.directory.entries import ends_too_early
from wegnetz.network.openings import Named
from wegnetz.network.selectors.workshops import Guestlisted, OpenWorkshop, Time
from wegnetz.network.services.invitations import Reply
from wegnetz.network.services.workshops import Outline

MOST_WEEKS: Final = 52
MOST_SEATS: Final = 500
NUMBER: Final = {"inputmode": "numeric", "autocomplete": "off", "class": "wn-w-clock"}


def _words(label: Any, length: int, *, rows: int = 0, **more: Any) -> Words:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return Words(label=label, max_length=length, widget=widget, **more)


class WorkshopForm(ChangeForm):
    """A workshop in the language in which it is written first, and what holds for each of its times."""

    title = _words(gettext_lazy("Wie heißt der Workshop?"), 80)
    text = _words(
        gettext_lazy("Was macht man dort?"), 600, rows=3, required=False,
        help_text=gettext_lazy("Ein, zwei Sätze, wie Sie es jemandem erzählen. Sie stehen in der Einladung."),
    )  # fmt: skip
    place = _words(gettext_lazy("Wo?"), 200, help_text=gettext_lazy("Name und Adresse des Ortes."))
    directions = _words(
        gettext_lazy("Wie findet man hin?"), 500, rows=2, required=False,
        help_text=gettext_lazy("Haltestelle, Eingang, Stockwerk."),
    )  # fmt: skip
    host = _words(gettext_lazy("Wer leitet ihn?"), 120, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Für wie viele Menschen ist Platz?"), required=False, min_value=1, max_value=MOST_SEATS,
        widget=forms.TextInput(attrs=NUMBER), help_text=gettext_lazy("Leer heißt: ohne Grenze."),
    )  # fmt: skip
    group_size = forms.IntegerField(
        label=gettext_lazy("Wie viele sitzen an einem Tisch?"), min_value=2, max_value=10, initial=4,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    women_only = forms.BooleanField(label=gettext_lazy("Nur für Frauen"), required=False)
    childcare = forms.BooleanField(label=gettext_lazy("Es gibt Kinderbetreuung"), required=False)
    travel = forms.BooleanField(label=gettext_lazy("Wer eine Fahrkarte braucht, bekommt eine"), required=False)

    def outline(self, before: OpenWorkshop | None = None) -> Outline:
        """What was typed; what is said in other languages stays."""
        data = self.cleaned_data
        language = before.named[0].language if before else "de"
        others = before.named[1:] if before else ()
        return Outline(
            (Named(language, data["title"], data["text"]), *others), data["place"], data["host"], data["directions"],
            data["women_only"], data["capacity"], data["group_size"], data["childcare"], data["travel"],
        )  # fmt: skip


def workshop_initial(found: OpenWorkshop) -> dict[str, Any]:
    first = found.named[0]
    return {
        "title": first.title, "text": first.text, "place": found.place, "directions": found.directions,
        "host": found.host, "capacity": found.capacity, "group_size": found.group_size,
        "women_only": found.women_only, "childcare": found.childcare, "travel": found.travel,
        "version": found.version,
    }  # fmt: skip


class WorkshopWordsForm(ChangeForm):
    """The same workshop in another language. Without a name it is not said in it."""

    title = Words(label="", max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = Words(label="", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))

    def __init__(self, first: Named, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label, self.fields["text"].label = first.title, first.text or _("Was macht man dort?")
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and not data.get("title"):
            self.add_error("title", _("Bitte schreiben Sie auch, wie der Workshop in dieser Sprache heißt."))
        return data


def in_more_words(found: OpenWorkshop, said: Named) -> Outline:
    """The workshop with what it is called in one language, or without it."""
    first, *others = found.named
    kept = [each for each in others if each.language != said.language]
    return Outline(
        (first, *kept, *([said] if said.title else [])), found.place, found.host, found.directions, found.women_only,
        found.capacity, found.group_size, found.childcare, found.travel,
    )  # fmt: skip


class _Span(forms.Form):
    """From when to when on a day; until early in the morning it is the night before."""

    day = DayField(label=gettext_lazy("Tag"))
    begins = ClockField(label=gettext_lazy("Von"))
    ends = ClockField(label=gettext_lazy("Bis"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < working_day():
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei. Bitte prüfen Sie das Datum."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if ends_too_early(data.get("begins"), data.get("ends")):
            self.add_error("ends", CLOSES_TOO_EARLY)
        return data

    def span(self, weeks: int = 0) -> tuple[datetime, datetime]:
        """By the clock on the wall, also across the change to winter time."""
        data = self.cleaned_data
        day = data["day"] + timedelta(weeks=weeks)
        ends_on = day if data["ends"] > data["begins"] else day + timedelta(days=1)
        return moment(day, data["begins"]), moment(ends_on, data["ends"])


class TimesForm(_Span):
    """One time, or the same every week."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Wie viele Wochen hintereinander?"), min_value=1, max_value=MOST_WEEKS, initial=1,
        widget=forms.TextInput(attrs=NUMBER), help_text=gettext_lazy("1 heißt: nur dieser Tag."),
    )  # fmt: skip

    @property
    def times(self) -> list[tuple[datetime, datetime]]:
        return [self.span(week) for week in range(self.cleaned_data["weeks"])]


class MoveForm(_Span):
    """Another time for a date."""


def move_initial(time: Time) -> dict[str, Any]:
    return {
        "day": timezone.localdate(time.starts_at), "begins": minute_of(time.starts_at),
        "ends": minute_of(time.ends_at),
    }  # fmt: skip


class InviteForm(forms.Form):
    """Whom to invite."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Wen möchten Sie einladen?"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Bitte wählen Sie mindestens eine Person aus.")},
    )  # fmt: skip

    def __init__(self, people: Mapping[UUID, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["people"]).choices = list(people.items())


class AnswerNoteForm(forms.Form):
    """What somebody answered by word of mouth."""

    comes = forms.TypedChoiceField(
        label=gettext_lazy("Was hat die Person gesagt?"), coerce=lambda value: value == "yes", empty_value=None,
        choices=(("yes", gettext_lazy("kommt")), ("no", gettext_lazy("kommt nicht"))), widget=forms.RadioSelect,
    )  # fmt: skip
    childcare = forms.BooleanField(label=gettext_lazy("Braucht Kinderbetreuung"), required=False)
    ticket = forms.BooleanField(label=gettext_lazy("Braucht eine Fahrkarte"), required=False)
    leads = forms.BooleanField(
        label=gettext_lazy("Kümmert sich um einen Tisch"), required=False,
        help_text=gettext_lazy("An jedem Tisch sitzt dann möglichst jemand mit Erfahrung."),
    )  # fmt: skip
    note = _words(
        gettext_lazy("Was ist noch wichtig?"), 200, required=False,
        help_text=gettext_lazy(
            "Zum Beispiel: kommt 20 Minuten später. Es steht auf der Seite des Termins, nicht auf der Liste am Eingang."
        ),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def reply(self) -> Reply:
        data = self.cleaned_data
        return Reply(data["comes"], data["childcare"], data["ticket"], data["note"], data["leads"])


def answer_initial(line: Guestlisted) -> dict[str, Any]:
    comes = {"coming": "yes", "waiting": "yes", "declined": "no"}.get(line.answer)
    return {
        "comes": comes, "childcare": line.invited.childcare, "ticket": line.invited.ticket, "note": line.invited.note,
        "leads": line.invited.leads,
        "version": line.version,
    }  # fmt: skip


class PairForm(forms.Form):
    """Two people who never sit together, or always."""

    other = forms.TypedChoiceField(label=gettext_lazy("Mit wem?"), coerce=UUID, empty_value=None)
    together = forms.TypedChoiceField(
        label=gettext_lazy("Was gilt?"), coerce=lambda value: value == "together", empty_value=None,
        widget=forms.RadioSelect,
        choices=(
            ("apart", gettext_lazy("Die beiden sitzen nie zusammen.")),
            ("together", gettext_lazy("Die beiden sitzen immer zusammen, zum Beispiel zum Dolmetschen.")),
        ),
    )  # fmt: skip
    note = _words(
        gettext_lazy("Warum?"), 200, required=False,
        help_text=gettext_lazy("Nur für Sie und Ihr Team. Auch die Workshop-Leitung erfährt nichts davon."),
    )  # fmt: skip

    def __init__(self, others: Mapping[UUID, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["other"]).choices = [("", _("Bitte wählen")), *others.items()]
