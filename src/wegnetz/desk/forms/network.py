"""What a person likes, and the steps of an introduction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.forms import DayField
from wegnetz.desk.conflicts import ChangeForm
from wegnetz.desk.forms.directory import FLAGS, WORDS, YES_OR_NO
from wegnetz.desk.forms.interests import LovedField
from wegnetz.desk.forms.people import language_choices
from wegnetz.directory.selectors.interests import Interests
from wegnetz.directory.selectors.pictures import shelves
from wegnetz.engines.introductions.model import ACCESSIBLE, FREE, INTERPRETER, WOMEN_ONLY
from wegnetz.network.openings import Liked, Step
from wegnetz.network.selectors import Page
from wegnetz.network.services.introductions import MAX_NOTE
from wegnetz.rules.introductions import REASONS, Stage

MOST, ALSO = 5, 3  # how much: what somebody names as their favourite, and what they also like
NEEDS = {
    ACCESSIBLE: gettext_lazy("Der Ort muss mit Rollstuhl erreichbar sein."),
    INTERPRETER: gettext_lazy("Jemand muss dolmetschen, wenn dort niemand die Sprache spricht."),
    WOMEN_ONLY: gettext_lazy("Nur unter Frauen."),
    FREE: gettext_lazy("Es darf nichts kosten."),
}
WHY_ENDED = {
    "not-liked": gettext_lazy("hat nicht gefallen"), "too-far": gettext_lazy("zu weit"), "full": gettext_lazy("voll"),
    "not-there": gettext_lazy("hat nicht stattgefunden"), "language": gettext_lazy("wegen der Sprache"),
    "alone": gettext_lazy("wollte nicht allein hin"), "no-time": gettext_lazy("keine Zeit"),
    "cost": gettext_lazy("zu teuer"), "other": gettext_lazy("etwas anderes"),
}  # fmt: skip
STAGES = {
    Stage.SUGGESTED: gettext_lazy("vorgeschlagen"), Stage.DISCUSSED: gettext_lazy("besprochen: möchte hin"),
    Stage.ANNOUNCED: gettext_lazy("beim Ort angekündigt"), Stage.VISITED: gettext_lazy("war dort"),
    Stage.RETURNED: gettext_lazy("war noch einmal dort"), Stage.REGULAR: gettext_lazy("geht regelmäßig hin"),
    Stage.ENDED: gettext_lazy("hat nicht gepasst"),
}  # fmt: skip
LONGEST_WISHES = 1_000


class LikedForm(forms.Form):
    """What a person likes, typed in any language or picked, and what a place must have."""

    wishes = forms.CharField(
        label=gettext_lazy("Was noch? Alles, was oben nicht zu finden ist"), required=False, max_length=LONGEST_WISHES,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Jeder Wunsch in einer Zeile, in den Worten der Person. Keine Namen."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In welchen Sprachen kann die Person mitmachen?"), required=False,
        widget=forms.CheckboxSelectMultiple, choices=lambda: language_choices()[1:],
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Was muss sein?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(NEEDS.items()),
    )  # fmt: skip
    woman = forms.ChoiceField(
        label=gettext_lazy("Kann die Person zu Angeboten nur für Frauen gehen?"), choices=YES_OR_NO, required=False
    )
    district = forms.ChoiceField(label=gettext_lazy("In welchem Stadtteil soll es sein?"), required=False)
    born = forms.IntegerField(
        label=gettext_lazy("In welchem Jahr ist die Person geboren?"), required=False, min_value=1900, max_value=2100,
        help_text=gettext_lazy("Nur, wenn sie es sagen möchte. Sonst fragen Sie bei einer Altersgrenze nach."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, known: Interests, speaks: str, districts: list[str], *args: Any, asks_birth: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_birth:
            del self.fields["born"]
        language = get_language() or "de"
        self.fields["loved"] = LovedField(
            known, speaks, label=_("Was macht die Person am liebsten?"), required=False, max_length=1_000,
            help_text=_("Mit Komma getrennt, in jeder Sprache. Was wir nicht kennen, merken wir als Wunsch."),
        )  # fmt: skip
        self.fields["picked"] = forms.MultipleChoiceField(
            label=_("Was macht sie auch gern? Lassen Sie die Person auf die Bilder tippen."), required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(each.id, each.label(language).text) for each in known.taxonomy.interests],
        )  # fmt: skip
        self.shelves = shelves(known, language, speaks=speaks)
        self.fields["district"] = forms.ChoiceField(
            label=self.fields["district"].label, required=False,
            choices=[("", _("egal")), *((name, name) for name in districts)],
        )  # fmt: skip
        self.order_fields(("loved", "picked", "wishes", "languages", "needs", "woman", "district", "born"))

    @property
    def liked(self) -> Liked:
        data = self.cleaned_data
        asked = "born" in self.fields and "born" in self.data
        interests = dict.fromkeys(data["picked"], ALSO) | dict.fromkeys(data["loved"].interests, MOST)
        wishes = [*filter(None, (line.strip() for line in data["wishes"].splitlines())), *data["loved"].wishes]
        return Liked(
            interests, tuple(dict.fromkeys(wishes)), tuple(data["languages"]), tuple(data["needs"]), data["district"],
            data["born"] if asked else self.initial.get("born"), FLAGS[data["woman"]], data["version"] or 0,
        )  # fmt: skip


def liked_initial(liked: Liked | None, speaks: str) -> dict[str, Any]:
    if liked is None:
        return {"languages": [speaks] if speaks else []}
    return {
        "loved": tuple(concept for concept, strength in liked.interests.items() if strength >= MOST),
        "picked": [concept for concept, strength in liked.interests.items() if strength < MOST],
        "wishes": "\n".join(liked.wishes), "languages": list(liked.languages), "needs": list(liked.needs),
        "woman": WORDS[liked.woman], "district": liked.district, "born": liked.born, "version": liked.version,
    }  # fmt: skip


# What is asked for a place that is told who comes.
FOR_PLACES = ("told_of", "agreed", "called", "accompanied", "comes_on", "for_place")
# What belongs to one step only. The page shows it with that step.
BELONGS = ((Stage.ANNOUNCED, FOR_PLACES), (Stage.ENDED, ("reason",)))
MAX_FOR_PLACE = 200
PAGE_CHANGED = gettext_lazy(
    "Inzwischen hat sich bei der Seite des Ortes etwas geändert. Es ist noch nichts geschehen. "
    "Bitte lesen Sie den Hinweis dazu und fragen Sie die Person noch einmal."
)
PLANNED_AT_MOST = timedelta(days=182)


class StepForm(ChangeForm):
    """How far an introduction has come."""

    needed_with = ("called", "reason")

    stage = forms.ChoiceField(label=gettext_lazy("Wie weit ist es?"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Wann war das?"))
    told_of = forms.UUIDField(widget=forms.HiddenInput, required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("Die Person möchte, dass der Ort weiß, dass sie kommt."), required=False
    )
    called = forms.CharField(
        label=gettext_lazy("Unter welchem Namen?"), max_length=60, required=False,
        help_text=gettext_lazy("Rufname oder Deckname, nicht der ganze Name. Fragen Sie die Person."),
    )  # fmt: skip
    accompanied = forms.ChoiceField(
        label=gettext_lazy("Geht jemand mit?"), required=False,
        choices=[("", "–"), ("yes", gettext_lazy("ja, jemand von uns")), ("no", gettext_lazy("nein, sie geht allein"))],
    )  # fmt: skip
    comes_on = DayField(label=gettext_lazy("An welchem Tag möchte sie hin?"), required=False)
    for_place = forms.CharField(
        label=gettext_lazy("Ein Satz für den Ort"), max_length=MAX_FOR_PLACE, required=False,
        help_text=gettext_lazy("Nur, was die Person dort sagen lassen möchte. Der Ort liest ihn auf seiner Seite."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Wenn es nicht gepasst hat: warum?"), required=False,
        choices=[("", "–"), *((reason, WHY_ENDED[reason]) for reason in REASONS)],
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Bemerkung"), max_length=MAX_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, next_stages: tuple[Stage, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"] = forms.ChoiceField(
            label=self.fields["stage"].label, widget=forms.RadioSelect,
            choices=[(stage.value, STAGES[stage]) for stage in next_stages],
        )  # fmt: skip
        for stage, names in BELONGS:
            for name in names if stage not in next_stages else ():
                del self.fields[name]
        self.order_fields(("stage", "on", *FOR_PLACES, "reason", "note"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        stage = data.get("stage")
        for other, names in BELONGS:
            for name in names if stage != other else ():
                self.errors.pop(name, None)
        if stage == Stage.ANNOUNCED and not data.get("agreed"):
            self.add_error("agreed", _("Ohne ihr Ja erfährt der Ort nichts. Bitte fragen Sie zuerst."))
        if stage == Stage.ANNOUNCED and not data.get("called", "").strip():
            self.add_error("called", _("Bitte eintragen, wie die Person dort heißen möchte."))
        comes_on, today = data.get("comes_on"), working_day()
        if stage == Stage.ANNOUNCED and comes_on and not today <= comes_on <= today + PLANNED_AT_MOST:
            self.add_error("comes_on", _("Bitte einen Tag ab heute eintragen, im nächsten halben Jahr."))
        if stage == Stage.ENDED and not data.get("reason"):
            self.add_error("reason", _("Bitte auswählen. Das hilft beim nächsten Vorschlag."))
        return data

    def ask_again(self, typed: QueryDict, page: Page | None) -> None:
        """The person's yes was to another page than this one, or to none; all else that was typed stays."""
        self.add_error("agreed", PAGE_CHANGED)
        again = typed.copy()
        again["told_of"] = str(page.link) if page else ""
        again.pop("agreed", None)
        self.data = again

    @property
    def step(self) -> Step:
        data = self.cleaned_data
        day: date = data["on"]
        stage = Stage(data["stage"])
        announced, ended = stage is Stage.ANNOUNCED, stage is Stage.ENDED
        return Step(
            stage, day, data["note"].strip(), data.get("reason", "") if ended else "",
            **(self._for_the_place(data) if announced else {}),
        )  # fmt: skip

    @staticmethod
    def _for_the_place(data: dict[str, Any]) -> dict[str, Any]:
        return {
            "called": data["called"].strip(), "comes_on": data["comes_on"], "for_place": data["for_place"].strip(),
            "accompanied": {"yes": True, "no": False}.get(data["accompanied"]),
        }  # fmt: skip
