"""Registration, answers and single cases."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.accounts.access import Viewer
from wegnetz.core.forms import BirthField, DayField
from wegnetz.core.languages import OWN_NAMES, name_beside_own
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import MAX_JUSTIFICATION, Asked, Duty
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.consents import Answer, Channel
from wegnetz.rules.facts import Fact, FactDefinition, FactKind, FactValue, Provenance, Year
from wegnetz.rules.periods import Period

PROVENANCE_LABELS = {
    Provenance.SELF_REPORTED: gettext_lazy("selbst gesagt"),
    Provenance.DOCUMENT_SEEN: gettext_lazy("Dokument gesehen"),
    Provenance.COPIED: gettext_lazy("Kopie liegt vor"),
}


def language_choices() -> list[tuple[str, str]]:
    """In the order of the names as staff read them."""
    named = [(code, name_beside_own(code)) for code in OWN_NAMES]
    return [("", "–"), *sorted(named, key=lambda pair: pair[1])]


class PersonForm(forms.Form):
    """Name and contact: the few things to begin with. Nothing is required but that there is a person."""

    called = forms.CharField(
        label=gettext_lazy("Wie möchte die Person genannt werden?"), max_length=80, required=False,
        help_text=gettext_lazy("Der Rufname reicht. Ohne Namen steht in den Listen nur der Deckname."),
    )  # fmt: skip
    full = forms.CharField(
        label=gettext_lazy("Ganzer Name"), max_length=160, required=False,
        help_text=gettext_lazy("Nur, wenn Sie ihn für Briefe brauchen. Gern auch in der eigenen Schrift."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Beste Sprache für Gespräche"), choices=language_choices, required=False
    )
    phone = forms.CharField(
        label=gettext_lazy("Telefon"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(label=gettext_lazy("E-Mail"), max_length=200, required=False)
    note = forms.CharField(
        label=gettext_lazy("So ist die Person am besten zu erreichen"), max_length=200, required=False,
        help_text=gettext_lazy("Zum Beispiel: nachmittags per Nachricht. Bitte keine Orte und keine Fluchtgründe."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def name(self) -> Name:
        return Name(full=self.cleaned_data["full"].strip(), called=self.cleaned_data["called"].strip())

    @property
    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(phone=data["phone"], email=data["email"], language=data["language"], note=data["note"].strip())


CHANNEL_LABELS = {
    Channel.IN_PERSON: gettext_lazy("im Gespräch"),
    Channel.WRITTEN: gettext_lazy("schriftlich"),
    Channel.PHONE: gettext_lazy("am Telefon"),
    Channel.MESSAGE: gettext_lazy("per Nachricht"),
}


def channel_choices() -> list[tuple[str, str]]:
    return [(str(channel), str(label)) for channel, label in CHANNEL_LABELS.items()]


def channels_or_none() -> list[tuple[str, str]]:
    return [("", "–"), *channel_choices()]


class GroundForm(forms.Form):
    """On what ground the organisation accompanies a new person: their consent, or a recorded duty."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Worauf stützt sich die Begleitung?"), widget=forms.RadioSelect, initial=""
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Wie hat die Person zugestimmt?"), choices=channels_or_none, required=False,
        help_text=gettext_lazy("Nur bei einer Einwilligung."),
    )  # fmt: skip
    shown_in = forms.ChoiceField(
        label=gettext_lazy("In welcher Sprache haben Sie den Text gezeigt oder vorgelesen?"),
        choices=language_choices, required=False, initial="de",
    )  # fmt: skip
    witness = forms.CharField(
        label=gettext_lazy("Wer war noch dabei?"), max_length=120, required=False,
        help_text=gettext_lazy("Zum Beispiel die Dolmetscherin. Nur, wenn jemand dabei war."),
    )  # fmt: skip
    CONSENT = "consent"

    def __init__(self, words: Wording, function: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack = words.pack
        duties = [duty for duty in words.pack.duties.values() if duty.function == function]
        field = cast("forms.ChoiceField", self.fields["ground"])
        field.choices = [
            (self.CONSENT, _("Die Person willigt ein")),
            *((duty.id, words.text("consents", "duties", duty.id, "name")) for duty in duties),
        ]
        self.purpose = next(p.id for p in words.pack.purposes.values() if p.own and p.function == function)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ground") == self.CONSENT:
            if not data.get("channel"):
                self.add_error("channel", _("Bitte auswählen, wie die Person zugestimmt hat."))
            if not data.get("shown_in"):
                self.add_error("shown_in", _("Bitte auswählen, in welcher Sprache die Person gefragt wurde."))
        return data

    @property
    def asked_in(self) -> str:
        """The language chosen so far, for the text."""
        chosen = str(self["shown_in"].value())
        return chosen if chosen in OWN_NAMES else "de"

    def ground_for(self, viewer: Viewer, on: date) -> Asked | Duty:
        data = self.cleaned_data
        if data["ground"] != self.CONSENT:
            return Duty(data["ground"])
        return Asked(
            self.purpose, viewer.organisation, Answer.GIVEN, data["shown_in"], Channel(data["channel"]), on,
            witness=data["witness"].strip(),
        )  # fmt: skip


class FactForm(forms.Form):
    """One answer, how we know it, and from when to when it holds."""

    def __init__(self, definition: FactDefinition, wording: Wording, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields["value"] = self._value_field(wording)
        self.fields["provenance"] = forms.ChoiceField(
            label=_("Woher wissen wir das?"), choices=[(str(p), label) for p, label in PROVENANCE_LABELS.items()],
            widget=forms.RadioSelect,
        )  # fmt: skip
        if not definition.year_is_enough:
            self.fields["valid_from"] = DayField(
                label=_("Gilt seit"), required=False, help_text=_("Leer heißt: schon immer.")
            )
            self.fields["valid_to"] = DayField(
                label=_("Gilt bis"),
                required=False,
                help_text=_("Der letzte Tag, der zum Beispiel im Dokument steht. Leer heißt: bis auf Weiteres."),
            )

    def _value_field(self, wording: Wording) -> forms.Field:
        label = _("Antwort")
        match self.definition.kind:
            case FactKind.DATE:
                field = BirthField if self.definition.year_is_enough else DayField
                return field(label=label)
            case FactKind.BOOLEAN:
                choices = [("true", wording.common("yes").capitalize()), ("false", wording.common("no").capitalize())]
            case FactKind.CHOICE:
                choices = [
                    (c, wording.text("facts", self.definition.id, "choices", c)) for c in self.definition.choices
                ]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)

    def clean_value(self) -> FactValue:
        raw = self.cleaned_data["value"]
        if self.definition.kind is FactKind.BOOLEAN:
            return bool(raw == "true")
        first = raw.first if isinstance(raw, Year) else raw
        if isinstance(first, date) and first > timezone.localdate():
            raise ValidationError(_("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie das Datum."))
        value: FactValue = raw
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        return data

    @property
    def fact(self) -> Fact:
        data = self.cleaned_data
        period = Period(data.get("valid_from"), data.get("valid_to"))
        return Fact(self.definition.id, data["value"], period, timezone.localdate(), Provenance(data["provenance"]))


class SingleCaseForm(forms.Form):
    """A decision a person makes, with the reason that will stand beside it."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Ihre Entscheidung"), widget=forms.RadioSelect,
        choices=[
            ("admitted", gettext_lazy("In den Baustein aufnehmen")),
            ("declined", gettext_lazy("Nicht in den Baustein aufnehmen")),
        ],
    )  # fmt: skip
    justification = forms.CharField(
        label=gettext_lazy("Begründung"), min_length=20, max_length=MAX_JUSTIFICATION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Was spricht dafür, was dagegen? Bitte nichts über Gesundheit, Fluchtgründe oder andere Menschen."
        ),
        error_messages={"min_length": gettext_lazy("Bitte in ein bis zwei ganzen Sätzen begründen.")},
    )  # fmt: skip
