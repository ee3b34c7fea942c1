"""What staff type about a contact with a person, an appointment, a document, and the end of an accompaniment."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.casework.openings import Entry, Meeting
from wegnetz.casework.services import MAX_ENTRY, EntryContent, MeetingContent
from wegnetz.core.days import working_day
from wegnetz.core.forms import ClockField, DayField
from wegnetz.desk.conflicts import ChangeForm
from wegnetz.desk.uploads import UploadField
from wegnetz.programme.pack.wording import Wording

MAX_NOTE = 2000
LOST_CONTACT = "lost-contact"


def choices_of(words: Wording, name: str, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """A list of the pack with its words."""
    return [(each, words.text("care", name, each)) for each in ids]


def not_in_the_future(day: date) -> date:
    if day > max(working_day(), timezone.localdate()):
        raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie das Datum."))
    return day


def minute_of(at: datetime) -> time:
    """The local time of a moment, as somebody would type it."""
    return timezone.localtime(at).time().replace(second=0, microsecond=0)


def moment(day: date, clock: time) -> datetime:
    """A local day and time as a moment."""
    return timezone.make_aware(datetime.combine(day, clock))


class EntryForm(ChangeForm):
    """A journal entry: when, how, how long, and what happened."""

    day = DayField(label=gettext_lazy("Tag"))
    clock = ClockField(label=gettext_lazy("Uhrzeit"))
    kind = forms.ChoiceField(label=gettext_lazy("Art des Kontakts"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minuten"), required=False, min_value=1, max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "wn-w-clock"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Was war, und was folgt daraus?"), max_length=MAX_ENTRY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Schreiben Sie so, dass die Person es lesen kann. Bitte nichts über Fluchtgründe und nichts über andere "
            "Menschen. Das Journal bleibt in Ihrer Organisation und wird nie weitergegeben."
        ),
    )  # fmt: skip
    appointment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    window = forms.CharField(widget=forms.HiddenInput, required=False)
    began_with = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, words: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = choices_of(words, "contact-kinds", words.pack.care.contact_kinds)

    def clean_day(self) -> date:
        return not_in_the_future(self.cleaned_data["day"])

    @property
    def content(self) -> EntryContent:
        data = self.cleaned_data
        return EntryContent(moment(data["day"], data["clock"]), data["kind"], data["minutes"], data["text"].strip())


def entry_initial(entry: Entry) -> dict[str, Any]:
    return {
        "day": timezone.localdate(entry.happened_at), "clock": minute_of(entry.happened_at), "kind": entry.kind,
        "minutes": entry.minutes, "text": entry.text, "version": entry.version,
    }  # fmt: skip


class MeetingForm(ChangeForm):
    """An appointment with a person."""

    day = DayField(label=gettext_lazy("Tag"))
    begins = ClockField(label=gettext_lazy("Von"))
    ends = ClockField(label=gettext_lazy("Bis"))
    kind = forms.ChoiceField(label=gettext_lazy("Art des Termins"))
    held_by = forms.TypedChoiceField(label=gettext_lazy("Wer nimmt den Termin wahr?"), coerce=UUID)
    title = forms.CharField(
        label=gettext_lazy("Worum geht es?"), max_length=120, required=False,
        help_text=gettext_lazy("Zum Beispiel: Vertrag ansehen. Keine Fluchtgründe, nichts über Gesundheit."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=120, required=False)
    interpreter = forms.CharField(
        label=gettext_lazy("Dolmetschen"), max_length=120, required=False,
        help_text=gettext_lazy("Wer dolmetscht und in welcher Sprache."),
    )  # fmt: skip

    def __init__(self, words: Wording, colleagues: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = choices_of(words, "appointment-kinds", words.pack.care.appointment_kinds)
        cast("forms.ChoiceField", self.fields["held_by"]).choices = colleagues

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins is not None and ends is not None and ends <= begins:
            self.add_error("ends", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Uhrzeiten."))
        return data

    @property
    def content(self) -> MeetingContent:
        data = self.cleaned_data
        return MeetingContent(
            moment(data["day"], data["begins"]), moment(data["day"], data["ends"]), data["kind"], data["held_by"],
            title=data["title"].strip(), place=data["place"].strip(), interpreter=data["interpreter"].strip(),
        )  # fmt: skip


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    return {
        "day": timezone.localdate(meeting.starts_at), "begins": minute_of(meeting.starts_at),
        "ends": minute_of(meeting.ends_at), "kind": meeting.kind, "held_by": meeting.held_by, "title": meeting.title,
        "place": meeting.place, "interpreter": meeting.interpreter, "version": meeting.version,
    }  # fmt: skip


class DocumentForm(forms.Form):
    """A document to keep."""

    file = UploadField(label=gettext_lazy("Datei"))
    kind = forms.ChoiceField(label=gettext_lazy("Was für ein Dokument ist es?"))
    title = forms.CharField(
        label=gettext_lazy("Wie soll es in der Liste heißen?"), max_length=120, required=False,
        help_text=gettext_lazy("Leer heißt: wie die Datei. Bitte keine Namen anderer Menschen."),
    )  # fmt: skip

    def __init__(self, words: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = choices_of(words, "document-kinds", tuple(words.pack.care.document_kinds))
        cast("forms.ChoiceField", self.fields["kind"]).choices = [("", _("Bitte wählen")), *kinds]


class OutcomeForm(forms.Form):
    """How it ended, or how things stand some months later."""

    outcome = forms.ChoiceField(label=gettext_lazy("Wie ist die Begleitung ausgegangen?"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Tag"))
    note = forms.CharField(
        label=gettext_lazy("Bemerkung"), max_length=MAX_NOTE, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Was beim Nachfragen hilft. Bitte keine Orte, keine Fluchtgründe, nichts über andere."),
    )  # fmt: skip

    def __init__(self, words: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = cast("forms.ChoiceField", self.fields["outcome"])
        outcome.choices = choices_of(words, "outcomes", words.pack.care.outcomes)

    def clean_on(self) -> date:
        return not_in_the_future(self.cleaned_data["on"])


class FollowUpForm(OutcomeForm):
    """As at the end; that nobody was reached is an answer of its own, and comes first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, words: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(words, *args, **kwargs)
        outcome = cast("forms.ChoiceField", self.fields["outcome"])
        outcome.label = _("Wie geht es der Person heute?")
        others = [each for each in words.pack.care.outcomes if each != LOST_CONTACT]
        not_reached = [(LOST_CONTACT, _("nicht erreicht"))] if LOST_CONTACT in words.pack.care.outcomes else []
        outcome.choices = [*not_reached, *choices_of(words, "outcomes", tuple(others))]
