"""A lead asks to look at a person in an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy


class GlassForm(forms.Form):
    person = forms.ChoiceField(
        label=gettext_lazy("Um wen geht es?"),
        help_text=gettext_lazy("Hier stehen Decknamen. Den Namen sehen Sie erst, wenn eine zweite Person zustimmt."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Warum müssen Sie jetzt nachsehen?"), min_length=20, max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Die zweite Person liest das, und später auch die Person, um die es geht."),
        error_messages={"min_length": gettext_lazy("Bitte in ein bis zwei ganzen Sätzen begründen.")},
    )  # fmt: skip

    def __init__(self, people: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["person"])
        field.choices = [("", "–"), *((str(person), pseudonym) for person, pseudonym in people)]
