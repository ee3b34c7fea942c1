"""What staff type into a plan and into an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.accounts.access import Viewer
from wegnetz.casework.openings import GOAL, STEP, TASK, AreaStep, Item, OpenPlan, TakenAssessment
from wegnetz.casework.services import ItemContent, PlanContent
from wegnetz.core.forms import DayField
from wegnetz.desk.conflicts import ChangeForm
from wegnetz.desk.forms.journal import choices_of, not_in_the_future
from wegnetz.participants.selectors import Companion
from wegnetz.programme.pack.model import Care, number_on
from wegnetz.programme.pack.wording import Wording

MAX_TITLE, MAX_NOTE, MAX_WISH = 200, 1000, 1000
PERSON, OTHER = "person", "other"
STAFF, ORGANISATION = "staff", "organisation"

Doer = tuple[str, str]


def in_their_language(speaks: str) -> str:
    """The label of a field for the words of the person."""
    return _("Dasselbe auf %(language)s") % {"language": speaks} if speaks else _("Dasselbe in der Sprache der Person")


def review_day(care: Care, today: date) -> date | None:
    """When a plan of today is looked at again, as the programme asks for it."""
    weeks = number_on(care.review_weeks, today)
    return today + timedelta(weeks=weeks) if weeks else None


class PlanForm(forms.Form):
    """What the person wishes, when it was agreed, and when both look at it again."""

    wish = forms.CharField(
        label=gettext_lazy("Was wünscht sich die Person?"), max_length=MAX_WISH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Am besten mit ihren eigenen Worten. Die Person kann den Plan gedruckt mitnehmen."),
    )  # fmt: skip
    translated = forms.CharField(
        max_length=MAX_WISH, required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Nur, wenn jemand es so gesagt oder übersetzt hat. Sonst steht auf dem Blatt Deutsch."),
    )  # fmt: skip
    agreed_on = DayField(label=gettext_lazy("Gemeinsam vereinbart am"), required=False)
    review_on = DayField(label=gettext_lazy("Wieder gemeinsam ansehen am"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, speaks: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["translated"].label = in_their_language(speaks)

    def clean_agreed_on(self) -> date | None:
        agreed: date | None = self.cleaned_data["agreed_on"]
        return not_in_the_future(agreed) if agreed else None

    @property
    def content(self) -> PlanContent:
        data = self.cleaned_data
        return PlanContent(data["wish"].strip(), data["translated"].strip(), data["agreed_on"], data["review_on"])


def plan_initial(plan: OpenPlan) -> dict[str, Any]:
    return {
        "wish": plan.wish, "translated": plan.translated, "agreed_on": plan.agreed_on, "review_on": plan.review_on,
        "version": plan.version,
    }  # fmt: skip


def doers(viewer: Viewer, colleagues: Iterable[tuple[UUID, str]], others: Iterable[Companion]) -> list[Doer]:
    """Who can do something: the person, the viewer, colleagues, other organisations that accompany the person."""
    found = [(PERSON, _("die Person")), (f"{STAFF}:{viewer.user}", _("ich"))]
    found += [(f"{STAFF}:{user}", name) for user, name in colleagues if user != viewer.user]
    there = {each.organisation: each.name for each in others if each.organisation != viewer.organisation}
    found += [(f"{ORGANISATION}:{organisation}", name) for organisation, name in there.items()]
    return [*found, (OTHER, _("jemand anderes"))]


class ItemForm(ChangeForm):
    """A goal: in which area of life, and until when."""

    title = forms.CharField(max_length=MAX_TITLE)
    translated = forms.CharField(max_length=MAX_TITLE, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    area = forms.ChoiceField(label=gettext_lazy("Lebensbereich"), required=False)
    does = forms.ChoiceField(label=gettext_lazy("Wer macht es?"))
    who = forms.CharField(
        label=gettext_lazy("Wer genau?"), max_length=120, required=False,
        help_text=gettext_lazy("Nur bei „jemand anderes“, zum Beispiel: die Tante, der Betrieb."),
    )  # fmt: skip
    due_on = DayField(label=gettext_lazy("Bis wann?"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Bemerkung"), max_length=MAX_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nichts über Fluchtgründe, Gesundheit oder andere Menschen."),
    )  # fmt: skip

    def __init__(self, kind: str, words: Wording, speaks: str, people: list[Doer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = title_label(kind)
        self.fields["translated"].label = in_their_language(speaks)
        if kind == GOAL:
            del self.fields["does"], self.fields["who"]
            areas = choices_of(words, "areas", words.pack.care.areas)
            cast("forms.ChoiceField", self.fields["area"]).choices = [("", _("keiner davon")), *areas]
        else:
            del self.fields["area"]
            cast("forms.ChoiceField", self.fields["does"]).choices = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("does") == OTHER and not data.get("who", "").strip():
            self.add_error("who", _("Bitte schreiben Sie, wer es macht."))
        return data

    @property
    def content(self) -> ItemContent:
        data = self.cleaned_data
        doer, _colon, known = data.get("does", PERSON).partition(":")
        return ItemContent(
            data["title"].strip(), data["translated"].strip(), data["note"].strip(), data.get("area", ""),
            data["due_on"], doer, data["who"].strip() if doer == OTHER else "",
            assignee=UUID(known) if doer == STAFF else None,
            assigned_to=UUID(known) if doer == ORGANISATION else None,
        )  # fmt: skip


def title_label(kind: str) -> str:
    return {
        GOAL: _("Was soll anders sein?"),
        STEP: _("Was ist der Schritt?"),
        TASK: _("Was ist zu tun?"),
    }[kind]


def does_of(item: Item) -> str:
    """Who does it, as the form names them."""
    known = item.assignee or item.assigned_to
    return f"{item.doer}:{known}" if known else item.doer


def item_initial(item: Item) -> dict[str, Any]:
    return {
        "title": item.title, "translated": item.translated, "area": item.area, "does": does_of(item),
        "who": item.who if item.doer == OTHER else "", "due_on": item.due_on, "note": item.note,
        "version": item.version,
    }  # fmt: skip


class AssessmentForm(ChangeForm):
    """All areas of life, each with one of the pack's worded steps and a note; what was not spoken about stays open."""

    def __init__(self, words: Wording, *args: Any, dated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = choices_of(words, "areas", words.pack.care.areas)
        if dated:
            self.fields["on"] = DayField(label=_("Gemeinsam eingeschätzt am"))
        choices = [*choices_of(words, "steps", words.pack.care.steps), ("", _("nicht besprochen"))]
        for area, label in self.areas:
            self.fields[f"step-{area}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.RadioSelect, initial=""
            )
            self.fields[f"note-{area}"] = forms.CharField(
                label=_("Bemerkung zu %(area)s") % {"area": label}, max_length=MAX_NOTE, required=False,
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"step-{area}") for area, _label in self.areas):
            raise forms.ValidationError(_("Bitte schätzen Sie mindestens einen Lebensbereich ein."))
        return data

    def clean_on(self) -> date:
        return not_in_the_future(self.cleaned_data["on"])

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each area the steps and the note."""
        return [(self[f"step-{area}"], self[f"note-{area}"]) for area, _label in self.areas]

    @property
    def content(self) -> dict[str, AreaStep]:
        data = self.cleaned_data
        entries = {area: AreaStep(data[f"step-{area}"], data[f"note-{area}"].strip()) for area, _label in self.areas}
        return {area: entry for area, entry in entries.items() if entry.step or entry.note}


def assessment_initial(taken: TakenAssessment) -> Mapping[str, Any]:
    initial: dict[str, Any] = {"version": taken.version}
    for area, entry in taken.areas.items():
        initial |= {f"step-{area}": entry.step, f"note-{area}": entry.note}
    return initial
