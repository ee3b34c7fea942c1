"""Every address with who may open it, written by hand: the truth the access matrix compares with.

A new screen is one row in `SCREENS`. What stands in its address is found in what somebody wrote (`tests.papers`) under
the name of the part without `_id`; `names` says where another thing is meant, such as one that was put away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.desk.admission import ADMISSION, OF_THE_COMPANY
from tests.desk.mates import Mate
from tests.desk.stands import Stand
from tests.papers import SOMETHING_ELSE, today
from tests.people import DAY, SINGLE_CASE, Young

__all__ = ["ADMISSION", "OF_THE_COMPANY"]
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
Reach = dict[str, tuple[str, ...]]
Whom = Young | Mate | Stand

# Whose things each actor opens, by their name in `tests.company`; one's own first. Everybody else opens nobody's.
REACH: Reach = {
    "ilka": ("yonas", "amina", "mariam", "rana"),
    "gero": ("yonas", "amina", "mariam", "rana"),
    "bea": ("omar", "sami"),
    "kim": ("amina at B",),
    "tess": ("mariam at B",),
    "lea": ("yonas",),
}
# Who opens a person of whom nothing is written down.
REACH_PERSONS: Reach = REACH | {"ilka": (*REACH["ilka"], "lina"), "gero": (*REACH["gero"], "lina")}
# For things that only Yonas and Omar have, such as a decision that was left to a person.
FIRST_ONLY: Reach = {actor: own[:1] for actor, own in REACH.items()}
NOT_SEALED: Reach = {actor: own for actor, own in REACH.items() if actor not in {"tess", "lea"}}
# For a draft, which its writer alone opens, and for what nobody in the company has.
WRITER_ONLY: Reach = {actor: own for actor, own in REACH.items() if actor not in {"gero", "lea"}}
# Ilka and whoever stands in for her tell Yonas of the look that was granted.
GLASSES: Reach = {"ilka": ("yonas",), "gero": ("yonas",)}
# Everybody else of A who sees people may be the second person for a request of A's lead.
SECOND: Reach = dict.fromkeys(
    ("ilka", "gero", "lea", "late", "coach", "trauma-coach", "network-coordinator"), ("yonas",)
)  # fmt: skip
NOBODYS: Reach = {"nobody": ()}
# Workshops belong to an organisation: whoever plans there opens them, by the things of anybody who was invited.
WORKSHOPS: Reach = {
    **dict.fromkeys(("ilka", "gero", "coach", "network-coordinator"), ("yonas", "amina", "mariam", "rana")),
    **dict.fromkeys(("bea", "kim"), ("omar", "sami", "amina at B", "rana at B")),
}
NOT_SEALED_PERSONS: Reach = {actor: own for actor, own in REACH_PERSONS.items() if actor not in {"tess", "lea"}}
# Of whom there is something about who sits with whom.
PAIRED: Reach = {"ilka": REACH["ilka"], "gero": REACH["gero"], "bea": ("sami",)}
# Whose accompaniment was closed.
CLOSED: Reach = {"ilka": ("rana",), "gero": ("rana",), "bea": ("sami",)}

# A consent is known to both sides, and a sealed one to who wrote it down and to who works on it.
CONSENTS: Reach = {
    "ilka": ("yonas", "amina", "rana"),
    "gero": ("yonas", "amina", "rana", "mariam at B"),
    "bea": ("omar", "sami"),
    "kim": ("amina",),
    "tess": ("mariam at B",),
}
# Those on which one's own accompaniment rests.
CARRYING: Reach = {
    "ilka": ("yonas",), "gero": ("yonas",), "bea": ("omar",), "kim": ("amina",), "tess": ("mariam at B",),
}  # fmt: skip
# Contact points, by their name in `tests.desk.stands`: an organisation keeps its own, two roles also what is nobody's.
OWN_STANDS: Reach = {
    "workshop-host": ("of A",), "lead": ("of A",), "lea": ("of A",), "late": ("of A",), "bo": ("of B",),
}  # fmt: skip
# What was handed in is its reader's alone until it is taken over.
IMPORTS: Reach = {"network-coordinator": ("of A",), "steering": ("nobody's", "of B")}
STANDS: Reach = OWN_STANDS | dict.fromkeys(("network-coordinator", "steering"), ("nobody's", "of A"))
# The steering office and leads keep places, and yet hand out no link: with it one reads by which names people come.
LINKED: Reach = {"workshop-host": ("of A",), "network-coordinator": ("nobody's", "of A")}
# What is missing belongs to nobody: it is open to those two, whoever handed it on.
GAPS: Reach = dict.fromkeys(("network-coordinator", "steering"), ("nobody's", "of A", "of B"))
# Letters as their sender may act on them, and as the recipient has them.
SENT: Reach = {"ilka": ("amina", "rana"), "gero": ("amina", "rana"), "bea": ("sami",)}
RECEIVED: Reach = {"ilka": ("sami",), "gero": ("sami",), "kim": ("amina",), "tess": ("mariam at B",)}


@dataclass(frozen=True)
class Screen:
    """A screen of the desk: its policy, and the status an admitted viewer gets for each method it answers.

    `names` gives the kind of thing behind a part of the address. `reach` says whose things whom the screen opens to,
    where that differs from `REACH`. `restores` says that what was deleted meanwhile can be saved all the same.
    """

    policy: str
    answers: dict[str, int]
    body: dict[str, str] = field(default_factory=dict)
    about_a_person: bool = False
    about_a_colleague: bool = False
    about_a_place: bool = False
    about_a_workshop: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    reach: Reach | None = None
    restores: bool = False

    @property
    def about_somebody(self) -> bool:
        return self.about_a_person or self.about_a_colleague or self.about_a_place or self.about_a_workshop

    def answer(self, method: str) -> int:
        return self.answers.get("GET" if method == "HEAD" else method, 405)


PAGE = {"GET": 200}
FORM = {"GET": 200, "POST": 302}
BUTTON = {"POST": 302}
HALF = {"GET": 200, "POST": 422}  # with less than the form asks for
INVITED = {"email": "neu@elsewhere.example", "name": "Noch Jemand", "roles": "coach"}
REGISTER = {"called": "Neu", "ground": "consent", "channel": "in-person", "shown_in": "de"}
CONTACT = {"called": "Neuer Name", "full": "", "language": "ti", "phone": "", "email": "", "note": "", "version": "1"}

ENTRY = {"day": "01.10.2021", "clock": "9:30", "kind": "phone", "minutes": "20", "text": "Neu", "version": "1"}
MEETING = {
    "day": "11.10.2021", "begins": "9:30", "ends": "10:15", "kind": "visit", "held_by": "", "title": "Neu", "place": "",
    "interpreter": "", "version": "1",
}  # fmt: skip
# A year at the most, so the day moves with the clock.
HOLD = {"reason": "Ein Widerspruch ist offen.", "until": (today() + timedelta(days=30)).isoformat()}
OUTCOME = {"outcome": "school", "on": "01.10.2021", "note": "Neu", "version": "1"}
ITEM = {"title": "Anrufen", "does": "person"}
VISIT = {"stage": "visited", "on": today().isoformat(), "version": "2"}
WISH = {"wish": "0", "text": "Drachen bauen"}
NO_HOURS = {"zeiten-TOTAL_FORMS": "0", "zeiten-INITIAL_FORMS": "0"}
POINT = {"name": "Haus", **NO_HOURS}
EVENING = {"day": (today() + timedelta(days=30)).strftime("%d.%m.%Y"), "begins": "17", "ends": "19", "weeks": "1"}
WORKSHOP = {"title": "Tanzen", "place": "Halle", "group_size": "4", "version": "1"}
OFFER = {"title": "Chor", "concepts": "", **NO_HOURS}
RELEASE = {
    "professional": "Dr. Neu", "profession": "Ärztin", "towards": "Beratung", "matter": "Termin",
    "given_on": "01.10.2021", "language": "de", "channel": "in-person",
}  # fmt: skip

SCREENS: dict[str, Screen] = {
    "start": Screen("staff", PAGE),
    "people": Screen("people", {"GET": 200, "POST": 200}, {"q": "Yonas"}),
    "people-csv": Screen("leading", {"POST": 200}),
    "take-over": Screen("work", BUTTON),
    # Whom there is to introduce differs: without a name, nobody is.
    "cohort": Screen("work", HALF, {"do": "plan", "per_person": "1", "held_back": "0"}),
    "register": Screen("leading", FORM, REGISTER),
    "programme": Screen("staff", PAGE),
    "help-log": Screen("staff", PAGE),
    "help-accessibility": Screen("public", PAGE),
    "theme": Screen("public", BUTTON, {"theme": "dark", "next": "/programm/"}),
    "person": Screen("people", PAGE, about_a_person=True),
    "contact": Screen("leading", FORM, CONTACT, about_a_person=True),
    "take-the-lead": Screen("leading", BUTTON, about_a_person=True, reach=REACH_PERSONS),
    "fact": Screen("leading", FORM, {"value": "true", "provenance": "document-seen"}, about_a_person=True),
    "answer": Screen("leading", BUTTON, {"value": "true", "on": DAY.isoformat()}, about_a_person=True),
    "retract": Screen("leading", BUTTON, about_a_person=True),
    "restore": Screen("leading", BUTTON, about_a_person=True, names={"record_id": "retracted"}, reach=FIRST_ONLY),
    "blocks": Screen("leading", PAGE, about_a_person=True),
    "decide": Screen("leading", BUTTON, {"on": DAY.isoformat()}, about_a_person=True),
    "reviewed": Screen("leading", BUTTON, about_a_person=True),
    "decision": Screen("leading", PAGE, about_a_person=True),
    "single-case": Screen(
        "leading",
        FORM,
        {"outcome": "declined", "justification": "Der Platz ist im Herbst noch einmal frei."},
        about_a_person=True,
        names={"decision_id": "early_decision"},
        reach=FIRST_ONLY,
    ),
    "plan": Screen("people", PAGE, about_a_person=True),
    "print-plan": Screen("people", PAGE, about_a_person=True, reach=REACH),  # of whom there is a plan
    # Whether it begins differs: without a wish, nobody's does.
    "begin-plan": Screen("work", {"GET": 200, "POST": 422}, {"agreed_on": "07.10.2021"}, about_a_person=True),
    "change-plan": Screen("work", FORM, {"wish": "Eine Lehre", "version": "1"}, about_a_person=True),
    "add-goal": Screen("work", FORM, {"title": "Deutsch B1"}, about_a_person=True),
    "remind": Screen("work", FORM, ITEM, about_a_person=True),
    "item": Screen("work", FORM, {"title": "Anrufen", "version": "1"}, about_a_person=True, restores=True),
    "add-step": Screen("work", FORM, ITEM, about_a_person=True),
    "add-task": Screen("work", FORM, ITEM, about_a_person=True),
    "finish-item": Screen("work", BUTTON, about_a_person=True),
    "reopen-item": Screen("work", BUTTON, about_a_person=True),
    "drop-item": Screen("work", BUTTON, about_a_person=True),
    "delete-item": Screen("work", BUTTON, about_a_person=True),
    "restore-item": Screen("work", BUTTON, about_a_person=True, names={"item_id": "deleted_item"}),
    "item-up": Screen("work", BUTTON, about_a_person=True),
    "item-down": Screen("work", BUTTON, about_a_person=True),
    "assessments": Screen("people", PAGE, about_a_person=True),
    "take-assessment": Screen("work", FORM, {"on": "07.10.2021", "step-work": "unsure"}, about_a_person=True),
    "assessment": Screen("work", FORM, {"step-work": "going", "version": "1"}, about_a_person=True, restores=True),
    "delete-assessment": Screen("work", BUTTON, about_a_person=True),
    "restore-assessment": Screen("work", BUTTON, about_a_person=True, names={"assessment_id": "deleted_assessment"}),
    "journal": Screen("people", PAGE, about_a_person=True),
    "write-entry": Screen("work", FORM, ENTRY, about_a_person=True),
    "entry": Screen("work", FORM, ENTRY, about_a_person=True, restores=True),
    "delete-entry": Screen("work", BUTTON, about_a_person=True),
    "restore-entry": Screen("work", BUTTON, about_a_person=True, names={"entry_id": "deleted_entry"}),
    "draft": Screen("work", {"POST": 200}, {"text": "Halb"}, about_a_person=True, reach=REACH_PERSONS),
    "continue-draft": Screen("work", {"GET": 302}, about_a_person=True, reach=WRITER_ONLY),
    "discard-draft": Screen("work", BUTTON, about_a_person=True, reach=WRITER_ONLY),
    "restore-draft": Screen("work", BUTTON, about_a_person=True, names={"draft_id": "made up"}, reach=NOBODYS),
    "appointments": Screen("people", PAGE, about_a_person=True),
    # Whose appointment it is to be differs: without a name, nobody's is made.
    "make-appointment": Screen("work", {"GET": 200, "POST": 422}, MEETING, about_a_person=True),
    "appointment": Screen("work", {"GET": 200, "POST": 422}, MEETING, about_a_person=True, restores=True),
    "note-appointment": Screen("work", BUTTON, {"state": "missed"}, about_a_person=True),
    "replan-appointment": Screen("work", BUTTON, about_a_person=True),
    "delete-appointment": Screen("work", BUTTON, about_a_person=True),
    "restore-appointment": Screen("work", BUTTON, about_a_person=True, names={"appointment_id": "deleted_appointment"}),
    "appointment-file": Screen("people", PAGE, about_a_person=True),
    "week": Screen("work", PAGE),
    "calendar-file": Screen("work", PAGE),
    "calendar": Screen("work", PAGE),
    "make-calendar-link": Screen("work", {"POST": 200}),
    "revoke-calendar-link": Screen("work", BUTTON),
    "reminders": Screen("work", BUTTON, {"wanted": "no"}),
    "calendar-feed": Screen("token", {"GET": 404}),  # of a link nobody was given
    "places": Screen("people", {"GET": 200, "POST": 200}, {"q": "Chor"}, about_a_person=True, reach=REACH_PERSONS),
    "likes": Screen("work", FORM, {"wishes": "Drachen steigen lassen", "version": "1"}, about_a_person=True),
    "suggest-offer": Screen("work", BUTTON, {"offer": str(SOMETHING_ELSE)}, about_a_person=True, reach=REACH_PERSONS),
    # Of whom somebody has written down what they like; what is sealed goes nowhere.
    "hand-to-gaps": Screen("work", FORM, WISH, about_a_person=True, reach=NOT_SEALED),
    "introduction": Screen("work", FORM, VISIT, about_a_person=True),
    "take-back-introduction": Screen("work", BUTTON, about_a_person=True),
    "take-over-visits": Screen("work", BUTTON, about_a_person=True),
    "announce-again": Screen("work", BUTTON, about_a_person=True),
    "delete-introduction": Screen("work", BUTTON, about_a_person=True),
    "restore-introduction": Screen(
        "work", BUTTON, about_a_person=True, names={"introduction_id": "deleted_introduction"}
    ),
    "workshops": Screen("workshops", PAGE),
    "new-workshop": Screen("workshops", FORM, WORKSHOP),
    "quiet": Screen("workshops", PAGE),
    "workshop": Screen("workshops", FORM, EVENING, about_a_workshop=True, reach=WORKSHOPS),
    "change-workshop": Screen("workshops", FORM, WORKSHOP, about_a_workshop=True, reach=WORKSHOPS),
    "workshop-words": Screen(
        "workshops", FORM, {"title": "Dancing", "version": "1"}, about_a_workshop=True, reach=WORKSHOPS
    ),
    "end-workshop": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "resume-workshop": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "mix-workshop": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "workshop-date": Screen("workshops", PAGE, about_a_workshop=True, reach=WORKSHOPS),
    # Whom there is to invite differs: without a name, nobody is.
    "invite-to-workshop": Screen("workshops", HALF, {"people": ""}, about_a_workshop=True, reach=WORKSHOPS),
    "move-workshop-date": Screen("workshops", FORM, EVENING, about_a_workshop=True, reach=WORKSHOPS),
    "cancel-workshop-date": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "hold-workshop-date": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "workshops-of": Screen("workshops", HALF, {"note": "Neu"}, about_a_person=True, reach=NOT_SEALED_PERSONS),
    "workshop-answer": Screen(
        "workshops", FORM, {"comes": "yes", "version": "2"}, about_a_person=True, reach=NOT_SEALED
    ),
    "take-back-workshop-invitation": Screen("workshops", BUTTON, about_a_person=True, reach=NOT_SEALED),
    "restore-workshop-invitation": Screen(
        "workshops", BUTTON, about_a_person=True, names={"invited_id": "deleted_invited"}, reach=NOT_SEALED
    ),
    "end-pairing": Screen("workshops", BUTTON, about_a_person=True, reach=PAIRED),
    "restore-pairing": Screen("workshops", BUTTON, about_a_person=True, names={"pairing_id": "made up"}, reach=NOBODYS),
    "network-map": Screen("people", PAGE, about_a_person=True, reach=REACH_PERSONS),
    "make-map-link": Screen("work", {"POST": 200}, {"instead": "yes"}, about_a_person=True, reach=REACH_PERSONS),
    "documents": Screen("people", PAGE, about_a_person=True),
    "keep-document": Screen("work", {"GET": 200, "POST": 422}, {"kind": "cv", "title": "Neu"}, about_a_person=True),
    "document-file": Screen("people", PAGE, about_a_person=True),
    "delete-document": Screen("work", BUTTON, about_a_person=True),
    "restore-document": Screen("work", BUTTON, about_a_person=True, names={"document_id": "deleted_document"}),
    "deleted": Screen("people", PAGE, about_a_person=True),
    "closing": Screen("work", FORM, OUTCOME, about_a_person=True),
    "reopen": Screen("work", BUTTON, about_a_person=True, reach=CLOSED),
    "follow-up": Screen("work", FORM, OUTCOME, about_a_person=True, reach=CLOSED),
    "end-involvement": Screen("work", FORM, about_a_person=True),
    "consents": Screen("people", PAGE, about_a_person=True, reach=REACH_PERSONS),
    "ask-consent": Screen("work", HALF, {"language": "de"}, about_a_person=True, reach=REACH_PERSONS),
    "ask-again": Screen("work", PAGE, about_a_person=True, reach=CONSENTS),
    "end-own-consent": Screen("work", PAGE, about_a_person=True, reach=CARRYING),
    "withdraw-consent": Screen("work", BUTTON, {"channel": "phone"}, about_a_person=True, reach=CONSENTS),
    "record-release": Screen("work", FORM, RELEASE, about_a_person=True, reach=REACH_PERSONS),
    "withdraw-release": Screen("work", BUTTON, about_a_person=True),
    "letters-about": Screen("work", PAGE, about_a_person=True, reach=REACH_PERSONS),
    "refer": Screen("work", HALF, {"message": "Neu"}, about_a_person=True, reach=REACH_PERSONS),
    "hand-on": Screen("work", HALF, {"colleague": "nobody"}, about_a_person=True, reach=REACH_PERSONS),
    "letters-in": Screen("work", PAGE),
    "letters-out": Screen("work", PAGE),
    "letter-out": Screen("work", PAGE, about_a_person=True, reach=SENT | {"gero": (*SENT["gero"], "mariam at B")}),
    "withdraw-letter": Screen("work", BUTTON, about_a_person=True, reach=SENT),
    "letter-in": Screen("work", PAGE, about_a_person=True, reach=RECEIVED),
    "accept-letter": Screen("work", BUTTON, about_a_person=True, reach=RECEIVED),
    "decline-letter": Screen("work", FORM, {"reason": "full", "note": "Neu"}, about_a_person=True, reach=RECEIVED),
    "finish-letter": Screen("work", FORM, {"reason": "completed"}, about_a_person=True, reach=RECEIVED),
    "accesses": Screen("work", PAGE, about_a_person=True, reach=REACH_PERSONS),
    "delete-person": Screen("work", FORM, about_a_person=True, reach=REACH_PERSONS),
    "holds": Screen("work", FORM, HOLD, about_a_person=True, reach=REACH_PERSONS),
    "lift-hold": Screen("work", BUTTON, about_a_person=True),
    "retention": Screen("people", PAGE),
    "glasses": Screen("team", {"GET": 200, "POST": 422}, {"reason": "kurz"}),
    "asked-glasses": Screen("people", PAGE),
    "confirm-glass": Screen("people", FORM, {"answer": "no"}, about_a_person=True, reach=SECOND),
    "close-glass": Screen("team", BUTTON, about_a_person=True, names={"glass_id": "broken"}, reach={"lea": ("yonas",)}),
    "tell-person": Screen("work", FORM, about_a_person=True, names={"glass_id": "broken"}, reach=GLASSES),
    "team": Screen("team", PAGE),
    "invite": Screen("team", {"GET": 200, "POST": 200}, INVITED),
    "renew-invitation": Screen("team", {"POST": 200}, about_a_colleague=True),
    "withdraw-invitation": Screen("team", BUTTON, about_a_colleague=True),
    "colleague": Screen("team", PAGE, about_a_colleague=True),
    "add-role": Screen("team", BUTTON, {"role": "workshop-host"}, about_a_colleague=True),
    "deactivate": Screen("team", BUTTON, about_a_colleague=True),
    "reactivate": Screen("team", BUTTON, about_a_colleague=True),
    "end-role": Screen("team", BUTTON, about_a_colleague=True),
    "resume-role": Screen("team", BUTTON, about_a_colleague=True, names={"membership_id": "ended"}),
    "directory": Screen("directory", PAGE),
    "new-point": Screen("directory", FORM, POINT | {"name": "Noch ein Haus"}),
    "check-points": Screen("directory", FORM),
    "directory-reminders": Screen("directory", BUTTON, {"wanted": "no"}),
    "gaps": Screen("whole-directory", PAGE),
    "offered-now": Screen("whole-directory", BUTTON, about_a_place=True, reach=GAPS),
    "remove-gap": Screen("whole-directory", BUTTON, about_a_place=True, reach=GAPS),
    "reopen-gap": Screen("whole-directory", BUTTON, about_a_place=True, names={"gap_id": "closed_gap"}, reach=GAPS),
    "imports": Screen("whole-directory", {"GET": 200, "POST": 422}),
    "import": Screen("whole-directory", PAGE, about_a_place=True, reach=IMPORTS),
    "map-columns": Screen("whole-directory", BUTTON, about_a_place=True, reach=IMPORTS),
    "take-over-import": Screen("whole-directory", BUTTON, about_a_place=True, reach=IMPORTS),
    "discard-import": Screen("whole-directory", BUTTON, about_a_place=True, reach=IMPORTS),
    "point": Screen("directory", PAGE, about_a_place=True),
    "change-point": Screen("directory", FORM, POINT | {"version": "2"}, about_a_place=True),
    "confirm-point": Screen("directory", BUTTON, about_a_place=True),
    "give-point": Screen("whole-directory", BUTTON, about_a_place=True),
    "make-place-link": Screen("directory", {"POST": 200}, about_a_place=True, reach=LINKED),
    "revoke-place-link": Screen("directory", BUTTON, about_a_place=True, reach=LINKED),
    "delete-point": Screen("directory", BUTTON, about_a_place=True),
    "restore-point": Screen("directory", BUTTON, about_a_place=True),
    "translate-point": Screen("directory", FORM, {"name": "House", "version": "2"}, about_a_place=True),
    "new-offer": Screen("directory", FORM, OFFER, about_a_place=True),
    "change-offer": Screen("directory", FORM, OFFER | {"version": "1"}, about_a_place=True),
    "delete-offer": Screen("directory", BUTTON, about_a_place=True),
    "restore-offer": Screen("directory", BUTTON, about_a_place=True),
    "translate-offer": Screen("directory", FORM, {"title": "Choir", "version": "1"}, about_a_place=True),
    "evidence": Screen("workshops", PAGE),
    "evidence-csv": Screen("workshops", {"POST": 200}),
    "evening-link": Screen("workshops", {"GET": 200, "POST": 200}, about_a_workshop=True, reach=WORKSHOPS),
    "revoke-evening-link": Screen("workshops", BUTTON, about_a_workshop=True, reach=WORKSHOPS),
    "sign-in-sheet": Screen("workshops", PAGE, about_a_workshop=True, reach=WORKSHOPS),
    "settle-evening": Screen("workshops", PAGE, about_a_workshop=True, reach=WORKSHOPS),
    "settle-now": Screen("workshops", BUTTON, {"do": "settle"}, about_a_workshop=True, reach=WORKSHOPS),
    "act-as": Screen("staff", {"POST": 404}, {"membership": "none of one's own"}),
    "invitation": Screen("public", {"GET": 404, "POST": 404}),  # of a link nobody was given
}

OF_A_PLACE = {"point_id": "id", "offer_id": "offer", "import_id": "imported", "gap_id": "gap"}
OF_A_TEAM = {"colleague_id": "id", "membership_id": "membership", "invitation_id": "invitation"}
FIXED: dict[str, str] = {
    "fact_id": "work_ban",
    "block": SINGLE_CASE,
    "form": "journal",
    "token": "x" * 43,
    "language": "en",
}


@cache
def parts_named(name: str) -> tuple[str, ...]:
    """The parts of the address of a screen."""
    return next(tuple(pattern.pattern.converters) for full, pattern in every_pattern() if full == f"desk:{name}")


def parts_of(name: str, whom: Whom) -> dict[str, str | UUID]:
    """What stands in the address of a screen about somebody."""
    names = SCREENS[name].names
    return {part: FIXED.get(part) or _thing(whom, part, names.get(part, "")) for part in parts_named(name)}


def _thing(whom: Whom, part: str, kind: str) -> UUID:
    """No participant is anybody's colleague, no colleague has papers, and no place is anybody."""
    if part in OF_A_PLACE:
        place: UUID = getattr(whom, kind or OF_A_PLACE[part]) if isinstance(whom, Stand) else whom.id
        return place
    if part in OF_A_TEAM:
        found: UUID = getattr(whom, kind or OF_A_TEAM[part]) if isinstance(whom, Mate) else whom.id
        return found
    if isinstance(whom, Mate | Stand) or part == "person_id":
        return whom.id
    return whom.thing(kind or part.removesuffix("_id"))


def address(name: str, whom: Whom) -> str:
    return reverse(f"desk:{name}", kwargs=parts_of(name, whom))


def every_pattern(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The name and pattern of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry
