"""Two people changed the same thing: both versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what was typed is not what is stored, both as a person reads them."""

    label: str
    mine: str
    theirs: str


def differences(form: forms.Form, stored: Mapping[str, Any]) -> list[Difference]:
    """The fields of a valid form, or of one that is shown again, whose value is another one than the stored one."""
    mine = form.cleaned_data if form.is_bound else form.initial
    return [
        Difference(str(field.label), _shown(field, mine[name]), _shown(field, stored[name]))
        for name, field in form.fields.items()
        if not field.widget.is_hidden and name in stored and (mine[name] or "") != (stored[name] or "")
    ]


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[object, object]]", field.choices)
        labels = {str(key): str(label) for key, label in choices}
        return labels.get(str(value), str(value))
    return str(field.prepare_value(value) or "")
