"""For whom introductions are planned, how many each, and what somebody made of the plan by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.engines.introductions import Chosen

MOST_PEOPLE = 60  # at a time: what a form may send has an end
MOST_EACH = 3
MOST_HELD_BACK = 20


class CohortForm(forms.Form):
    """Who of `names` is to be introduced, and how.

    At first those are chosen who are not `introduced` yet, as far as they fit.
    """

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Wer soll Vorschläge bekommen?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ausgewählt sind zuerst alle, für die noch keine Vermittlung läuft."),
        error_messages={"required": gettext_lazy("Bitte wählen Sie mindestens eine Person aus.")},
    )  # fmt: skip
    per_person = forms.TypedChoiceField(
        label=gettext_lazy("Wie viele Angebote für jede Person?"), coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_EACH + 1)],
    )  # fmt: skip
    held_back = forms.IntegerField(
        label=gettext_lazy("Wie viele Plätze bleiben bei jedem Angebot frei?"), min_value=0, max_value=MOST_HELD_BACK,
        help_text=gettext_lazy("Für alle, die später dazukommen."),
    )  # fmt: skip

    def __init__(
        self, names: Mapping[UUID, str], data: QueryDict | None = None, *, introduced: Collection[UUID] = ()
    ) -> None:
        first = [str(person) for person in names if person not in introduced]
        self.more = len(first) > MOST_PEOPLE
        initial = {"people": first[:MOST_PEOPLE], "per_person": 1, "held_back": 0}
        super().__init__(data, initial=initial)
        cast("forms.MultipleChoiceField", self.fields["people"]).choices = [
            (str(person), name) for person, name in names.items()
        ]

    def clean_people(self) -> list[UUID]:
        people: list[str] = self.cleaned_data["people"]
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(
                _("Bitte wählen Sie höchstens %(most)d Menschen auf einmal aus."), params={"most": MOST_PEOPLE}
            )
        return list(map(UUID, people))

    @property
    def chosen(self) -> list[Chosen] | None:
        """The rows of the plan as they were sent: each with its tick. None where there was no plan yet."""
        if "row" not in self.data:
            return None
        ticked = set(self._list("take"))
        rows = dict.fromkeys(self._list("row"))
        return [Chosen(*pair, taken=row in ticked) for row in rows for pair in _pair(row)]

    def _list(self, name: str) -> list[str]:
        return cast("QueryDict", self.data).getlist(name)


def _pair(sent: str) -> Iterator[tuple[str, str]]:
    """Person and offer, from `person:offer`; nothing where that is not what was sent."""
    person, _colon, offer = sent.partition(":")
    try:
        yield str(UUID(person)), str(UUID(offer))
    except ValueError:
        return
