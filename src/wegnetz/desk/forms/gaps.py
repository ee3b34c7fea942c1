"""A wish, in words that say nothing of the person."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from wegnetz.network.services.gaps import LONGEST


class WishForm(forms.Form):
    """The words for one wish of a person, which is known by its place. Each has a form of its own, so ids differ."""

    text = forms.CharField(
        label=gettext_lazy("So kommt es auf die Liste"), max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy(
            "Nichts, woran jemand zu erkennen ist: kein Name, keine Herkunft, keine Sprache, kein Ort."
        ),
    )  # fmt: skip

    def __init__(self, place: int, data: QueryDict | None = None) -> None:
        self.place = place
        super().__init__(data, auto_id=f"wish-{place}-%s")
