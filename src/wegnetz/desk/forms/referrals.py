"""What staff type when they refer somebody, answer a letter, or hand somebody to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.casework.selectors import Agreed
from wegnetz.casework.services import MAX_LETTER, MAX_REASON, Reason
from wegnetz.programme.pack.wording import Wording


class LetterForm(forms.Form):
    """On which consent, what the letter says, and whether leading the way goes along."""

    consent = forms.TypedChoiceField(
        label=gettext_lazy("An wen?"), widget=forms.RadioSelect, coerce=UUID,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Dorthin geht kein Brief mehr: Die Einwilligung gilt nicht mehr, oder die Stelle hat schon zugesagt."
            )
        },
    )  # fmt: skip
    message = forms.CharField(
        label=gettext_lazy("Worum bitten Sie?"), max_length=MAX_LETTER, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "Was wünscht sich die Person, und was soll die andere Stelle tun? Bitte nichts über Gesundheit, "
            "Fluchtgründe oder andere Menschen. Die Person darf den Brief lesen."
        ),
    )  # fmt: skip
    hands_over = forms.BooleanField(label=gettext_lazy("Fallführung übergeben"), required=False)

    def __init__(self, words: Wording, agreed: Iterable[Agreed], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (each, f"{each.recipient_name}, {words.text('consents', 'functions', each.function, 'name')}")
            for each in agreed
        ]
        needs_none = {each.id for each, _name in named if each.taken_up and not each.can_hand_over}
        self.needs_none = sorted({name for each, name in named if each.id in needs_none})
        self.agreed = {each.id: each for each, _name in named if each.id not in needs_none}
        cast("forms.ChoiceField", self.fields["consent"]).choices = [
            (str(each.id), name) for each, name in named if each.id in self.agreed
        ]
        if any(each.can_hand_over for each in self.agreed.values()):
            self.fields["hands_over"].help_text = _(
                "Nur für das Teilhabemanagement einer anderen Stelle: Sagt sie zu, führt sie dann Plan und Angaben."
            )
        else:
            del self.fields["hands_over"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self.agreed.get(data.get("consent", ""))
        if data.get("hands_over") and chosen and not chosen.can_hand_over:
            self.add_error("hands_over", _("Diese Stelle kann die Fallführung nicht übernehmen. Bitte abwählen."))
        return data

    @property
    def chosen(self) -> Agreed:
        return self.agreed[self.cleaned_data["consent"]]


class ReasonForm(forms.Form):
    """Why: a reason of the pack's list, and words of one's own. The other side reads both, unless `sealed`."""

    reason = forms.ChoiceField(label=gettext_lazy("Grund"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Was möchten Sie dazu sagen?"), max_length=MAX_REASON, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Die andere Stelle liest das. Bitte nichts über Gesundheit oder andere Menschen."),
    )  # fmt: skip

    def __init__(self, words: Wording, name: str, ids: tuple[str, ...], *args: Any, sealed: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if sealed:
            self.fields["note"].help_text = _("Das bleibt bei Ihrer Organisation. Bitte nichts über andere Menschen.")
        cast("forms.ChoiceField", self.fields["reason"]).choices = [
            (each, words.text("care", name, each)) for each in ids
        ]

    @property
    def given(self) -> Reason:
        return Reason(self.cleaned_data["reason"], self.cleaned_data["note"].strip())


class ColleagueForm(forms.Form):
    """Who is responsible from now on."""

    colleague = forms.TypedChoiceField(label=gettext_lazy("Wer ist ab jetzt zuständig?"), coerce=UUID)

    def __init__(self, colleagues: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["colleague"]).choices = [
            ("", "–"), *((str(user), name) for user, name in colleagues),
        ]  # fmt: skip
