"""What a lead types about their team, and somebody who joins it about themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.accounts.access import Role


def role_choices(roles: Collection[Role]) -> list[tuple[str, str]]:
    """In the order of the roles themselves."""
    return [(str(role), str(role.label)) for role in Role if role in roles]


class InvitationForm(forms.Form):
    """Who is invited, and to what."""

    email = forms.EmailField(
        label=gettext_lazy("Dienstliche E-Mail-Adresse"), max_length=254,
        help_text=gettext_lazy("Mit ihr meldet sich die Person später an."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("So steht er im Team und im Protokoll."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, roles: Collection[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Aufgaben"), choices=role_choices(roles), widget=forms.CheckboxSelectMultiple,
            help_text=_("Nur, was die Person wirklich tut: Jede Aufgabe öffnet andere Angaben."),
        )  # fmt: skip


class RoleForm(forms.Form):
    """One more role for somebody who works here."""

    def __init__(self, roles: Collection[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Bitte wählen")), *role_choices(roles)]
        self.fields["role"] = forms.ChoiceField(label=_("Weitere Aufgabe"), choices=choices)


class NewcomerForm(forms.Form):
    """The first password of a new account. How good it must be is decided where the account is made."""

    password1 = forms.CharField(
        label=gettext_lazy("Passwort"), strip=False, max_length=256,
        help_text=gettext_lazy("Mindestens 12 Zeichen. Mehrere Wörter hintereinander sind gut zu merken."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=gettext_lazy("Passwort noch einmal"), strip=False, max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Die beiden Passwörter sind nicht gleich."))
        return data
