"""The addresses of libraries with who may open them, written by hand as those in `addresses`."""

from __future__ import annotations

from tests.desk.addresses import METHODS


def always(answer: str) -> str:
    return " ".join([answer] * len(METHODS))


# What GET, HEAD, POST, PUT and DELETE are answered with. Words are redirects: "login" to the sign-in page and back,
# "out" to the sign-in page, "start" to the first page, "setup" to set up a second factor, "confirm" to give the
# password or the second factor again.
LIBRARY_PAGE, LIBRARY_FORM = "200 200 405 405 405", "200 200 200 200 405"
LOGIN, OUT, START, SET_UP, CONFIRM = map(always, ("login", "out", "start", "setup", "confirm"))

# Views of libraries: the policy; then the answers to nobody signed in, to somebody signed in without a second factor,
# and to somebody signed in with one.
LIBRARY: dict[str, tuple[str, str, str, str]] = {
    "set_language": ("anybody", START, START, START),
    "account_login": ("anybody", LIBRARY_FORM, START, START),
    "account_logout": ("anybody", "out out out 405 405", "200 200 out 405 405", "200 200 out 405 405"),
    "account_inactive": ("anybody", LIBRARY_PAGE, LIBRARY_PAGE, LIBRARY_PAGE),
    "account_reauthenticate": ("signed-in", LOGIN, LIBRARY_FORM, LIBRARY_FORM),
    "account_change_password": ("signed-in", LOGIN, SET_UP, LIBRARY_FORM),
    "account_reset_password_from_key": ("anybody", always("200"), always("200"), always("200")),
    "account_reset_password_from_key_done": ("anybody", LIBRARY_PAGE, LIBRARY_PAGE, LIBRARY_PAGE),
    "mfa_index": ("signed-in", LOGIN, LIBRARY_PAGE, LIBRARY_PAGE),
    "mfa_authenticate": ("signing-in", OUT, START, START),
    "mfa_reauthenticate": ("signed-in", LOGIN, CONFIRM, LIBRARY_FORM),
    "mfa_activate_totp": ("confirmed", LOGIN, CONFIRM, CONFIRM),
    "mfa_deactivate_totp": ("confirmed", LOGIN, SET_UP, CONFIRM),
    "mfa_view_recovery_codes": ("confirmed", LOGIN, SET_UP, "404 404 405 405 405"),
    "mfa_generate_recovery_codes": ("confirmed", LOGIN, SET_UP, CONFIRM),
    "mfa_download_recovery_codes": ("confirmed", LOGIN, SET_UP, always("404")),
    "mfa_list_webauthn": ("signed-in", LOGIN, SET_UP, LIBRARY_PAGE),
    "mfa_add_webauthn": ("confirmed", LOGIN, CONFIRM, CONFIRM),
    "mfa_reauthenticate_webauthn": ("signed-in", LOGIN, CONFIRM, CONFIRM),
    "mfa_remove_webauthn": ("confirmed", LOGIN, SET_UP, CONFIRM),
    "mfa_edit_webauthn": ("confirmed", LOGIN, SET_UP, CONFIRM),
    "mfa_login_webauthn": ("anybody", "out out out out 405", START, START),
}
LIBRARY_PARTS: dict[str, dict[str, str | int]] = {
    "account_reset_password_from_key": {"uidb36": "abc", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}
