"""Every address with who may open it, written by hand: the truth the access matrix compares with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.people import DAY, SINGLE_CASE, Young

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
OBJECTS = ("own", "foreign", "erased", "nobody")


@dataclass(frozen=True)
class Screen:
    """A screen of the desk: its policy, and the status an admitted viewer gets for each method it answers."""

    policy: str
    answers: dict[str, int]
    body: dict[str, str] = field(default_factory=dict)
    about_a_person: bool = False

    def answer(self, method: str) -> int:
        return self.answers.get("GET" if method == "HEAD" else method, 405)


PAGE = {"GET": 200}
FORM = {"GET": 200, "POST": 302}
BUTTON = {"POST": 302}
CONTACT = {"called": "Neuer Name", "full": "", "language": "ti", "phone": "", "email": "", "note": "", "version": "1"}

SCREENS: dict[str, Screen] = {
    "start": Screen("staff", PAGE),
    "people": Screen("people", {"GET": 200, "POST": 200}, {"q": "Yonas"}),
    "people-csv": Screen("people", {"POST": 200}),
    "register": Screen("people", FORM, {"called": "Neu"}),
    "programme": Screen("staff", PAGE),
    "help-log": Screen("staff", PAGE),
    "help-accessibility": Screen("public", PAGE),
    "theme": Screen("public", BUTTON, {"theme": "dark", "next": "/programm/"}),
    "person": Screen("people", PAGE, about_a_person=True),
    "contact": Screen("people", FORM, CONTACT, about_a_person=True),
    "fact": Screen("people", FORM, {"value": "true", "provenance": "document-seen"}, about_a_person=True),
    "answer": Screen("people", BUTTON, {"value": "true", "on": DAY.isoformat()}, about_a_person=True),
    "retract": Screen("people", BUTTON, about_a_person=True),
    "restore": Screen("people", BUTTON, about_a_person=True),
    "blocks": Screen("people", PAGE, about_a_person=True),
    "decide": Screen("people", BUTTON, {"on": DAY.isoformat()}, about_a_person=True),
    "reviewed": Screen("people", BUTTON, about_a_person=True),
    "decision": Screen("people", PAGE, about_a_person=True),
    "single-case": Screen(
        "people",
        FORM,
        {"outcome": "declined", "justification": "Der Platz ist im Herbst noch einmal frei."},
        about_a_person=True,
    ),
}

# How each actor stands to each policy: "in", or the detour taken instead.
ADMISSION: dict[str, dict[str, str]] = {
    "ilka": {"public": "in", "staff": "in", "people": "in"},
    "bea": {"public": "in", "staff": "in", "people": "in"},
    "coach": {"public": "in", "staff": "in", "people": "404"},
    "trauma-coach": {"public": "in", "staff": "in", "people": "404"},
    "network-coordinator": {"public": "in", "staff": "in", "people": "404"},
    "workshop-host": {"public": "in", "staff": "in", "people": "404"},
    "lead": {"public": "in", "staff": "in", "people": "404"},
    "steering": {"public": "in", "staff": "in", "people": "404"},
    "funding": {"public": "in", "staff": "in", "people": "404"},
    "operator": {"public": "in", "staff": "in", "people": "404"},
    "unprotected": {"public": "in", "staff": "second factor", "people": "second factor"},
    "left": {"public": "in", "staff": "404", "people": "404"},
    "deactivated": {"public": "in", "staff": "login", "people": "login"},
    "anonymous": {"public": "in", "staff": "login", "people": "login"},
}


def parts_of(name: str, young: Young) -> dict[str, str | UUID]:
    """What stands in the address of a screen about a person."""
    parts: dict[str, str | UUID] = {"person_id": young.id}
    if name in {"fact", "answer"}:
        parts["fact_id"] = "work_ban"
    if name in {"retract", "restore"}:
        parts["record_id"] = young.record if name == "retract" else young.retracted
    if name == "decision":
        parts["decision_id"] = young.decision
    if name == "single-case":
        parts |= {"decision_id": young.early_decision, "block": SINGLE_CASE}
    return parts


def address(name: str, young: Young) -> str:
    return reverse(f"desk:{name}", kwargs=parts_of(name, young) if SCREENS[name].about_a_person else {})


# Views of libraries: the policy, then what GET, HEAD, POST, PUT and DELETE answer to nobody signed in, to somebody
# signed in without a second factor, and to somebody signed in with one. "login", "confirm", "setup", "start" and "out"
# are redirects: to sign in, to give the password again, to set up a second factor, to the first page, and to the sign-in
# page without return.
LIBRARY: dict[str, tuple[str, str, str, str]] = {
    "set_language": ("anybody", "start start start start start", "start start start start start",
                     "start start start start start"),
    "account_login": ("anybody", "200 200 200 200 405", "start start start start start", "start start start start start"),
    "account_logout": ("anybody", "out out out 405 405", "200 200 out 405 405", "200 200 out 405 405"),
    "account_inactive": ("anybody", "200 200 405 405 405", "200 200 405 405 405", "200 200 405 405 405"),
    "account_reauthenticate": ("signed-in", "login login login login login", "200 200 200 200 405",
                               "200 200 200 200 405"),
    "account_change_password": ("signed-in", "login login login login login", "setup setup setup setup setup",
        "200 200 200 200 405"),
    "account_reset_password_from_key": ("anybody", "200 200 200 200 200", "200 200 200 200 200", "200 200 200 200 200"),
    "account_reset_password_from_key_done": ("anybody", "200 200 405 405 405", "200 200 405 405 405",
                                             "200 200 405 405 405"),
    "mfa_index": ("signed-in", "login login login login login", "200 200 405 405 405", "200 200 405 405 405"),
    "mfa_authenticate": ("signing-in", "out out out out out", "start start start start start",
                         "start start start start start"),
    "mfa_reauthenticate": ("signed-in", "login login login login login", "confirm confirm confirm confirm confirm",
                           "200 200 200 200 405"),
    "mfa_activate_totp": ("confirmed", "login login login login login", "confirm confirm confirm confirm confirm",
                          "confirm confirm confirm confirm confirm"),
    "mfa_deactivate_totp": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "confirm confirm confirm confirm confirm"),
    "mfa_view_recovery_codes": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "404 404 405 405 405"),
    "mfa_generate_recovery_codes": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "confirm confirm confirm confirm confirm"),
    "mfa_download_recovery_codes": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "404 404 404 404 404"),
    "mfa_list_webauthn": ("signed-in", "login login login login login", "setup setup setup setup setup",
        "200 200 405 405 405"),
    "mfa_add_webauthn": ("confirmed", "login login login login login", "confirm confirm confirm confirm confirm",
                         "confirm confirm confirm confirm confirm"),
    "mfa_reauthenticate_webauthn": ("signed-in", "login login login login login",
                                    "confirm confirm confirm confirm confirm",
                                    "confirm confirm confirm confirm confirm"),
    "mfa_remove_webauthn": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "confirm confirm confirm confirm confirm"),
    "mfa_edit_webauthn": ("confirmed", "login login login login login", "setup setup setup setup setup",
        "confirm confirm confirm confirm confirm"),
    "mfa_login_webauthn": ("anybody", "out out out out 405", "start start start start start",
                           "start start start start start"),
}  # fmt: skip
LIBRARY_PARTS: dict[str, dict[str, str | int]] = {
    "account_reset_password_from_key": {"uidb36": "abc", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def every_pattern(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The name and pattern of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry
