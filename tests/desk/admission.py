"""Who is let in by which policy: the other half of the truth the access matrix compares with."""

from __future__ import annotations

# Which policies admit whom; everybody else is answered as if the address did not exist.
EVERYBODY = ("public", "token")
STAFF = (*EVERYBODY, "staff")
PEOPLE = (*STAFF, "people")
LEAD = (*PEOPLE, "team", "directory")
WORK = (*PEOPLE, "work")
PLANNER = (*WORK, "workshops")
CASE_MANAGER = (*PLANNER, "leading")
KEEPER = (*STAFF, "directory")
WHOLE_KEEPER = (*KEEPER, "whole-directory")
POLICIES = tuple(dict.fromkeys((*CASE_MANAGER, *LEAD, *WHOLE_KEEPER)))


def _admits(*policies: str, detour: str = "", before: tuple[str, ...] = ()) -> dict[str, str]:
    """By policy: "in", the detour that is taken instead, or "404"."""
    admitted = dict.fromkeys(POLICIES, "404") | dict.fromkeys(before, detour)
    return admitted | dict.fromkeys(policies, "in")


ADMISSION: dict[str, dict[str, str]] = {
    "ilka": _admits(*CASE_MANAGER),
    "bea": _admits(*CASE_MANAGER),
    "coach": _admits(*PLANNER),
    "trauma-coach": _admits(*WORK),
    "network-coordinator": _admits(*PLANNER, *WHOLE_KEEPER),
    "workshop-host": _admits(*KEEPER),
    "lead": _admits(*LEAD),
    "steering": _admits(*WHOLE_KEEPER),
    "funding": _admits(*STAFF),
    "operator": _admits(*STAFF),
    "unprotected": _admits(*EVERYBODY, detour="second factor", before=CASE_MANAGER),
    "left": _admits(*EVERYBODY),
    "deactivated": _admits(*EVERYBODY, detour="login", before=POLICIES),
    "anonymous": _admits(*EVERYBODY, detour="login", before=POLICIES),
}
# Those who are there in `tests.company` only.
OF_THE_COMPANY: dict[str, dict[str, str]] = {
    "gero": _admits(*CASE_MANAGER),
    "kim": _admits(*PLANNER),
    "tess": _admits(*WORK),
    "lea": _admits(*LEAD),
    "late": _admits(*LEAD),
    "bo": _admits(*LEAD),
    "carla": _admits(*CASE_MANAGER),
}
