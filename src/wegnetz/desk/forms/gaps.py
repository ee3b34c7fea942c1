"""A wish, in words that say nothing of the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from wegnetz.network.services.gaps import LONGEST


class WishForm(forms.Form):
    """One wish of a person, by its place among them. Each stands in a form of its own, so ids differ."""

    wish = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=999)
    text = forms.CharField(
        label=gettext_lazy("So kommt es auf die Liste"), max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy(
            "Nichts, woran jemand zu erkennen ist: kein Name, keine Herkunft, keine Sprache, kein Ort."
        ),
    )  # fmt: skip

    def __init__(self, place: int, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        self.place = place
        super().__init__(data, initial=dict(initial or {}), auto_id=f"wish-{place}-%s")
