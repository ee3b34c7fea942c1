"""A reason to keep data longer."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.core.days import working_day
from wegnetz.core.forms import DayField
from wegnetz.core.templatetags.ui import day
from wegnetz.rules.retention import longest_hold


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Warum müssen die Daten länger bleiben?"), min_length=10, max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zum Beispiel: Ein Widerspruch ist noch nicht entschieden. Bitte keine Einzelheiten."),
        error_messages={"min_length": gettext_lazy("Bitte in einem ganzen Satz begründen.")},
    )  # fmt: skip
    until = DayField(
        label=gettext_lazy("Bis wann?"),
        help_text=gettext_lazy(
            "Höchstens ein Jahr. Besteht der Grund dann noch, halten Sie neu an. Das Jahr legt Wegnetz fest, nicht das "
            "Programm."
        ),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = working_day()
        last = longest_hold(today)
        if not today < until <= last:
            raise ValidationError(_("Bitte einen Tag zwischen morgen und dem %(day)s eintragen.") % {"day": day(last)})
        return until
