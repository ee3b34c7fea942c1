"""The library's account pages stand behind the same second factor as everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wegnetz.desk.acting import viewer_now
from wegnetz.desk.guard import second_factor_detour

# What someone without a proved factor needs to get one, to prove it, or to leave.
OPEN = frozenset(
    {
        "account_login", "account_logout", "account_inactive", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "mfa_authenticate", "mfa_trust", "mfa_login_webauthn",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "set_language",
    }
)  # fmt: skip
TO_SET_ONE_UP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})


class SecondFactorPages:
    """Refuse account pages to a session that has not proved the factor its account has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        library = name.startswith(("account_", "mfa_"))
        if not library or name in OPEN or not request.user.is_authenticated:
            return None
        detour = second_factor_detour(request, viewer_now(request))
        sets_one_up = detour is not None and detour.headers["Location"] == _set_up_address()
        return None if sets_one_up and name in TO_SET_ONE_UP else detour


def _set_up_address() -> str:
    return reverse("mfa_index")
