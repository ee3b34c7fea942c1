"""What staff type when they ask a person: consents, and releases from professional secrecy."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import organisations_with
from wegnetz.core.days import working_day
from wegnetz.core.forms import DayField
from wegnetz.desk.forms.people import channel_choices, language_choices
from wegnetz.participants.access import FUNCTIONS
from wegnetz.participants.selectors import ConsentLine, sealed_functions
from wegnetz.participants.services import Asked, Release
from wegnetz.programme.pack.model import Purpose
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.consents import Answer, Channel

Choice = tuple[str, str]


def channels_to_choose() -> list[Choice]:
    return [("", "–"), *channel_choices()]


class QuestionForm(forms.Form):
    """What the person is asked, about which organisation, and in which language the text is shown."""

    what = forms.ChoiceField(label=gettext_lazy("Was möchten Sie fragen, und für wen?"))
    language = forms.ChoiceField(
        label=gettext_lazy("In welcher Sprache zeigen oder lesen Sie den Text?"), choices=language_choices
    )

    def __init__(self, words: Wording, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.viewer = words, viewer
        self.places = {
            purpose.id: self._organisations(purpose) for purpose in words.pack.purposes_on(working_day())
        }  # fmt: skip
        named = {each: words.text("consents", "purposes", each, "name") for each in self.places}
        cast("forms.ChoiceField", self.fields["what"]).choices = [
            ("", "–"),
            *(
                (f"{purpose}|{each}", f"{named[purpose]}: {name}")
                for purpose, places in self.places.items()
                for each, name in places
            ),
        ]

    @classmethod
    def again(cls, words: Wording, viewer: Viewer, asked: ConsentLine) -> QuestionForm:
        """With the question of an earlier answer chosen; with nothing chosen when it cannot be asked here any more."""
        form = cls(words, viewer, initial={"language": asked.language})
        about_us = asked.recipient == viewer.organisation
        for place, name in form.places.get(asked.purpose, []):
            if place == asked.recipient or (about_us and name == asked.said.about):
                return cls(words, viewer, {"what": f"{asked.purpose}|{place}", "language": asked.language})
        return form

    def _organisations(self, purpose: Purpose) -> list[tuple[UUID, str]]:
        """Where somebody does this today; for what opens no door, elsewhere, who reads it or who may then speak."""
        functions = self.words.pack.functions
        if purpose.function:
            return organisations_with(Role(functions[purpose.function].role))
        named = {purpose.shown_to} if purpose.shown_to else sealed_functions(self.words.pack)
        found: dict[UUID, str] = {}
        for function in named - {FUNCTIONS.get(self.viewer.role)}:
            found |= dict(organisations_with(Role(functions[function].role)))
        return sorted(((each, name) for each, name in found.items() if each != self.viewer.organisation), key=_by_name)

    @property
    def purpose(self) -> Purpose:
        return self.words.pack.purposes[self.cleaned_data["what"].partition("|")[0]]

    @property
    def place(self) -> tuple[UUID, str]:
        """The organisation that the text speaks of."""
        chosen = UUID(self.cleaned_data["what"].partition("|")[2])
        return next(place for place in self.places[self.purpose.id] if place[0] == chosen)

    @property
    def tells_us(self) -> bool:
        """Whether it is the viewer's organisation that learns something: feedback comes from the chosen one."""
        return not self.purpose.function and not self.purpose.categories


def _by_name(place: tuple[UUID, str]) -> str:
    return place[1].lower()


class AnswerForm(forms.Form):
    """How the person answered. Yes and No are two buttons that look alike, so there is no field for them."""

    channel = forms.ChoiceField(label=gettext_lazy("Wie hat die Person geantwortet?"), choices=channels_to_choose)
    given_on = DayField(label=gettext_lazy("Wann?"))
    given_by = forms.CharField(
        label=gettext_lazy("Wer hat geantwortet?"), max_length=120, required=False,
        help_text=gettext_lazy("Nur, wenn jemand für die Person antwortet, zum Beispiel eine Betreuerin."),
    )  # fmt: skip
    witness = forms.CharField(
        label=gettext_lazy("Wer war noch dabei?"), max_length=120, required=False,
        help_text=gettext_lazy("Zum Beispiel die Dolmetscherin. Nur, wenn jemand dabei war."),
    )  # fmt: skip
    BUTTON = "answer"

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > working_day():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft. Bitte prüfen Sie das Datum."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.data.get(self.BUTTON) not in set(Answer):
            raise forms.ValidationError(_("Bitte wählen Sie Ja oder Nein."))
        return data

    def asked(self, question: QuestionForm) -> Asked:
        data, (place, name) = self.cleaned_data, question.place
        recipient = question.viewer.organisation if question.tells_us else place
        return Asked(
            question.purpose.id, recipient, Answer(self.data[self.BUTTON]), question.cleaned_data["language"],
            Channel(data["channel"]), data["given_on"], data["given_by"].strip(), data["witness"].strip(),
            about=name if question.tells_us else "",
        )  # fmt: skip


class ReleaseForm(forms.Form):
    """Whom the person releases from professional secrecy, towards whom, and what about."""

    professional = forms.CharField(label=gettext_lazy("Wer darf sprechen?"), max_length=120)
    profession = forms.CharField(
        label=gettext_lazy("Beruf"), max_length=80,
        help_text=gettext_lazy("Zum Beispiel Ärztin, Rechtsanwalt, Sozialarbeiterin."),
    )  # fmt: skip
    towards = forms.CharField(label=gettext_lazy("Mit wem?"), max_length=120)
    matter = forms.CharField(
        label=gettext_lazy("Worüber?"), max_length=200,
        help_text=gettext_lazy("So eng wie möglich: nur das, was gerade besprochen werden muss. Keine Diagnosen."),
    )  # fmt: skip
    given_on = DayField(label=gettext_lazy("Wann hat die Person es erlaubt?"))
    until = DayField(
        label=gettext_lazy("Gilt bis"), required=False, help_text=gettext_lazy("Leer heißt: bis auf Weiteres.")
    )
    language = forms.ChoiceField(label=gettext_lazy("In welcher Sprache haben Sie gefragt?"), choices=language_choices)
    channel = forms.ChoiceField(label=gettext_lazy("Wie hat die Person es erlaubt?"), choices=channels_to_choose)

    clean_given_on = AnswerForm.clean_given_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("given_on"), data.get("until")
        if start and end and end < start:
            self.add_error("until", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        return data

    @property
    def release(self) -> Release:
        data = self.cleaned_data
        return Release(
            data["professional"].strip(), data["profession"].strip(), data["towards"].strip(), data["matter"].strip(),
            data["language"], Channel(data["channel"]), data["given_on"], data["until"],
        )  # fmt: skip
