"""A reason to keep data longer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from wegnetz.core.forms import DayField


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Warum müssen die Daten länger bleiben?"), min_length=10, max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zum Beispiel: Ein Widerspruch ist noch nicht entschieden. Bitte keine Einzelheiten."),
        error_messages={"min_length": gettext_lazy("Bitte in einem ganzen Satz begründen.")},
    )  # fmt: skip
    until = DayField(
        label=gettext_lazy("Bis wann?"), required=False,
        help_text=gettext_lazy("Leer heißt: bis jemand die Löschung wieder zulässt."),
    )  # fmt: skip
