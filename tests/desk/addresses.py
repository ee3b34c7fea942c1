"""Every address with who may open it, written by hand: the truth the access matrix compares with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.desk.mates import Mate
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
    about_a_colleague: bool = False

    @property
    def about_somebody(self) -> bool:
        return self.about_a_person or self.about_a_colleague

    def answer(self, method: str) -> int:
        return self.answers.get("GET" if method == "HEAD" else method, 405)


PAGE = {"GET": 200}
FORM = {"GET": 200, "POST": 302}
BUTTON = {"POST": 302}
INVITED = {"email": "neu@elsewhere.example", "name": "Noch Jemand", "roles": "coach"}
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
    "team": Screen("team", PAGE),
    "invite": Screen("team", {"GET": 200, "POST": 200}, INVITED),
    "renew-invitation": Screen("team", {"POST": 200}, about_a_colleague=True),
    "withdraw-invitation": Screen("team", BUTTON, about_a_colleague=True),
    "colleague": Screen("team", PAGE, about_a_colleague=True),
    "add-role": Screen("team", BUTTON, {"role": "workshop-host"}, about_a_colleague=True),
    "deactivate": Screen("team", BUTTON, about_a_colleague=True),
    "reactivate": Screen("team", BUTTON, about_a_colleague=True),
    "end-role": Screen("team", BUTTON, about_a_colleague=True),
    "resume-role": Screen("team", BUTTON, about_a_colleague=True),
    "act-as": Screen("staff", {"POST": 404}, {"membership": "none of one's own"}),
    "invitation": Screen("public", {"GET": 404, "POST": 404}),  # of a link nobody was given
}

# How each actor stands to each policy: "in", or the detour taken instead.
ADMISSION: dict[str, dict[str, str]] = {
    "ilka": {"public": "in", "staff": "in", "people": "in", "team": "404"},
    "bea": {"public": "in", "staff": "in", "people": "in", "team": "404"},
    "coach": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "trauma-coach": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "network-coordinator": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "workshop-host": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "lead": {"public": "in", "staff": "in", "people": "404", "team": "in"},
    "steering": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "funding": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "operator": {"public": "in", "staff": "in", "people": "404", "team": "404"},
    "unprotected": {"public": "in", "staff": "second factor", "people": "second factor", "team": "404"},
    "left": {"public": "in", "staff": "404", "people": "404", "team": "404"},
    "deactivated": {"public": "in", "staff": "login", "people": "login", "team": "login"},
    "anonymous": {"public": "in", "staff": "login", "people": "login", "team": "login"},
}


def parts_of(name: str, whom: Young | Mate) -> dict[str, str | UUID]:
    """What stands in the address of a screen about somebody."""
    if isinstance(whom, Mate) or not SCREENS[name].about_a_person:
        return _parts_of_a_team(name, whom)
    parts: dict[str, str | UUID] = {"person_id": whom.id}
    if name in {"fact", "answer"}:
        parts["fact_id"] = "work_ban"
    if name in {"retract", "restore"}:
        parts["record_id"] = whom.record if name == "retract" else whom.retracted
    if name == "decision":
        parts["decision_id"] = whom.decision
    if name == "single-case":
        parts |= {"decision_id": whom.early_decision, "block": SINGLE_CASE}
    return parts


def _parts_of_a_team(name: str, whom: Young | Mate) -> dict[str, str | UUID]:
    """No participant is anybody's colleague."""
    mate = whom if isinstance(whom, Mate) else Mate(whom.id, whom.id, whom.id, whom.id)
    match name:
        case "renew-invitation" | "withdraw-invitation":
            return {"invitation_id": mate.invitation}
        case "end-role" | "resume-role":
            return {"membership_id": mate.membership if name == "end-role" else mate.ended}
        case "invitation":
            return {"token": "x" * 43}
    return {"colleague_id": mate.id} if SCREENS[name].about_a_colleague else {}


def address(name: str, whom: Young | Mate) -> str:
    return reverse(f"desk:{name}", kwargs=parts_of(name, whom))


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


def every_pattern(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The name and pattern of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry
