"""Two people changed the same thing, or one deleted it: both versions side by side, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from django import forms
from django.http import HttpRequest

from wegnetz.casework.services import EditConflictError, PutAwayError


class ChangeForm(forms.Form):
    """A form that changes what colleagues may change or delete meanwhile.

    It knows the version it began with, and after a deletion that saving brings the record back.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    restores = forms.BooleanField(widget=forms.HiddenInput, required=False)

    @property
    def since(self) -> Since:
        return Since(version=self.cleaned_data["version"] or 0, restores=self.cleaned_data["restores"])

    def again(self, conflict: EditConflictError, version: int) -> dict[str, Any]:
        """What was typed, to be sent again on top of the version that is stored now."""
        restores = self.cleaned_data["restores"] or isinstance(conflict, PutAwayError)
        return self.cleaned_data | {"version": version, "restores": restores}


class Since(TypedDict):
    """What the services ask of a form that changes a record."""

    version: int
    restores: bool


def is_change(request: HttpRequest) -> bool:
    """Whether a record is changed by this request, or what was typed into its form is shown again.

    Only then may the record have been deleted meanwhile: its page alone is gone.
    """
    return "version" in request.POST


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
