"""What the person says of somebody on their map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wegnetz.engines.ego_network import Alter, Horizon, Sector, Support, Tie
from wegnetz.network.selectors.map_pictures import Mark, Names
from wegnetz.network.services.drawing import Told

LONGEST = 40  # what is typed is kept when it is refused


class AddForm(forms.Form):
    """Somebody new: how they are called, and where they stand."""

    template_name = "portal/person_map/_form.html"
    mark_optional = False

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called"] = forms.CharField(
            label=_("Anfangsbuchstaben oder Emoji"), max_length=LONGEST,
            error_messages={"required": _("Bitte schreib einen Buchstaben oder ein Emoji.")},
            widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "dir": "auto"}),
        )  # fmt: skip
        self.fields["sector"] = forms.ChoiceField(
            label=_("Woher kennst du die Person?"), choices=[(each.value, name) for each, name in names.sectors.items()]
        )
        self.fields["horizon"] = forms.ChoiceField(
            label=_("Wie nah ist sie dir?"), choices=[(each.value, name) for each, name in names.horizons.items()]
        )
        self.fields["from_programme"] = forms.BooleanField(
            label=_("Kenne ich durch das Programm, zum Beispiel aus einem Workshop"), required=False
        )

    def told(self) -> Told:
        sent = self.cleaned_data
        return Told(
            sent["called"], Sector(sent["sector"]), Horizon(sent["horizon"]), from_programme=sent["from_programme"]
        )  # fmt: skip

    def refuse_name(self) -> None:
        """It would say who somebody is."""
        self.add_error(
            "called",
            _("Bitte nur ein oder zwei Buchstaben oder ein Emoji. So weiß niemand, wer gemeint ist."),
        )


class TellForm(AddForm):
    """Everything that can be said of somebody who is there."""

    def __init__(self, names: Names, others: list[Mark], *args: Any, **kwargs: Any) -> None:
        super().__init__(names, *args, **kwargs)
        self.fields["tie"] = forms.TypedChoiceField(
            label=_("Habt ihr Kontakt?"), coerce=int, choices=[(int(each), name) for each, name in names.ties.items()]
        )
        self.fields["conflict"] = forms.BooleanField(label=_("Wir haben Streit"), required=False)
        self.fields["staff"] = forms.BooleanField(label=_("Arbeitet im Programm"), required=False)
        levels = [(0, _("nie")), (1, _("selten")), (2, _("manchmal")), (3, _("oft"))]
        for kind, name in names.support.items():
            self.fields[kind.value] = forms.TypedChoiceField(label=name, coerce=int, choices=levels)
        if others:
            self.fields["knows"] = forms.MultipleChoiceField(
                label=_("Wen auf der Karte kennt die Person?"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(each.alter.id, f"{each.called} ({each.sector})") for each in others],
            )  # fmt: skip

    def told(self) -> Told:
        sent = self.cleaned_data
        return Told(
            sent["called"], Sector(sent["sector"]), Horizon(sent["horizon"]), Tie(sent["tie"]), sent["conflict"],
            {kind: sent[kind.value] for kind in Support}, sent["from_programme"], sent["staff"],
            sent.get("knows", []),
        )  # fmt: skip


def told_before(alter: Alter, knows: tuple[str, ...]) -> dict[str, Any]:
    """What stands in the form of somebody."""
    return {
        "called": alter.name or alter.emoji, "sector": alter.sector.value, "horizon": alter.horizon.value,
        "tie": int(alter.tie), "conflict": alter.conflict, "staff": alter.staff,
        "from_programme": alter.from_programme, "knows": list(knows),
    } | {kind.value: alter.support.get(kind, 0) for kind in Support}  # fmt: skip
