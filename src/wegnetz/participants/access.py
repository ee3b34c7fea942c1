"""Whose data a viewer may see, and what they may do with them. Every list, count and search begins here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Membership, Role, Viewer, at_work
from wegnetz.core.days import working_day
from wegnetz.participants.models import BreakGlass, Consent, Hold, Involvement, Person, Record, SecrecyRelease
from wegnetz.programme.pack.model import Pack

R = TypeVar("R", bound=Record)

# What each role does for a person. Steering, funding and operation are not among them, and cannot be added by a
# setting: a leak there would reach everyone.
FUNCTIONS: Mapping[Role, str] = {
    Role.CASE_MANAGER: "case-management",
    Role.COACH: "coaching",
    Role.TRAUMA_COACH: "trauma-coaching",
    Role.NETWORK_COORDINATOR: "networking",
}
WORKS_WITH_PEOPLE = frozenset(FUNCTIONS)
LEADS_THE_WAY = frozenset({Role.CASE_MANAGER})
# A lead sees a person only through a glass that a second person has broken with them.
SEES_PEOPLE = WORKS_WITH_PEOPLE | {Role.LEAD}

# Answers that agree in these answer the same question. Whom its text named besides is sealed: see `services.consents`.
QUESTION = ("person", "purpose", "recipient", "function")

SEALED = "sealed"
# Before the category of events that would tell of something sealed, so that colleagues are not shown them.
PROTECTED = "protected "


def secrecy_of(function: str, pack: Pack) -> str:
    """Who may know of work in a function. One that the pack does not know is taken as sealed."""
    card = pack.functions.get(function)
    return card.secrecy if card else SEALED


def logged_as(category: str, *secrecies: str) -> str:
    """How the log names what is about a consent or referral: as secret as the more secret of its two ends."""
    return f"{PROTECTED}{category}" if SEALED in secrecies else category


def function_of(viewer: Viewer) -> str:
    """What the viewer does for people; in a role that does nothing for anybody, a function that nobody has."""
    return FUNCTIONS.get(viewer.role, "-")


def may_register(viewer: Viewer) -> bool:
    return viewer.role in LEADS_THE_WAY


def stands(day: date) -> Q:
    """Consents that permit something on `day`."""
    runs = Q(until__isnull=True) | Q(until__gte=day)
    return Q(answer="given", withdrawn_at__isnull=True) & runs


def carries(day: date, consent: str = "", *, among: QuerySet[Consent] | None = None) -> Q:
    """What rests on a consent that was not taken back, while a Yes to its question stands: that one or a later one.

    `consent` is the way from a row to its consent, as in "consent__"; empty for consents themselves. `among` are the
    answers that count, where not all do.
    """
    own = Q(**{f"{consent}answer": "given", f"{consent}withdrawn_at__isnull": True})
    # Asked first, so that the database looks for a later one only where this one ran out.
    runs = Q(**{f"{consent}until__isnull": True}) | Q(**{f"{consent}until__gte": day})
    same = {part: OuterRef(f"{consent}{part}") for part in QUESTION}
    answers = Consent.objects.all() if among is None else among
    return own & (runs | Q(Exists(answers.filter(stands(day), **same))))


def stands_for(viewer: Viewer, day: date) -> Q:
    """Consents that stand as far as the viewer may know.

    Who asked for a sealed one must not learn from it that the person took it back at the other end: it counts as
    standing for them until the person takes it back where they said it. To the recipient it is gone all the same. A Yes
    of which the viewer must not know renews nothing for them.
    """
    asked = Q(secrecy=SEALED, answer="given", recorded_by=viewer.user) & ~Q(recipient=viewer.organisation)
    known = carries(day, among=consents_in_scope(viewer))
    return known | (asked & (Q(withdrawn_in__isnull=True) | ~Q(withdrawn_in=viewer.organisation)))


def in_force(day: date, *, among: QuerySet[Consent] | None = None) -> Q:
    """Involvements whose door is open on `day`: not ended, and their consent carries them, as in `carries`."""
    by_duty = Q(consent__isnull=True)
    return Q(ended_at__isnull=True) & (by_duty | carries(day, "consent__", among=among))


def involvements_in_scope(viewer: Viewer) -> QuerySet[Involvement]:
    """The involvements of the viewer's organisation in the viewer's own function, while their door is open."""
    return _with_open_door(viewer.organisation, function_of(viewer), working_day()).all()


# Nearly every question that a page asks holds this one; built once a day, as long as nothing changes it.
@lru_cache(maxsize=128)
def _with_open_door(organisation: UUID, function: str, day: date) -> QuerySet[Involvement]:
    return Involvement.objects.filter(in_force(day), organisation=organisation, function=function)


@lru_cache(maxsize=256)
def _has_open_door(organisation: UUID, function: str, day: date, person: str) -> Exists:
    return Exists(_with_open_door(organisation, function, day).filter(person=OuterRef(person)))


def colleagues(viewer: Viewer) -> QuerySet[Membership, UUID]:
    """The accounts that do today what the viewer does, in the viewer's organisation; the viewer's among them."""
    return at_work().filter(organisation=viewer.organisation, role=viewer.role).values_list("user", flat=True)


def unattended(viewer: Viewer) -> QuerySet[Involvement]:
    """The involvements in scope for which nobody is responsible who still works there."""
    return involvements_in_scope(viewer).filter(~Q(responsible__in=colleagues(viewer)))


def broken_glasses(viewer: Viewer) -> QuerySet[BreakGlass]:
    """The looks a lead was granted and that have not run out."""
    if viewer.role is not Role.LEAD:
        return BreakGlass.objects.none()
    return BreakGlass.objects.filter(
        organisation=viewer.organisation, requested_by=viewer.user, ends_at__gt=timezone.now()
    )  # fmt: skip


def open_involvements(viewer: Viewer) -> QuerySet[Involvement]:
    """All open involvements of the viewer's organisation that a lead may know of: sealed ones are not among them."""
    if viewer.role is not Role.LEAD:
        return Involvement.objects.none()
    return Involvement.objects.filter(in_force(working_day()), organisation=viewer.organisation).exclude(
        secrecy=SEALED
    )  # fmt: skip


def leading(day: date) -> QuerySet[Involvement]:
    """The involvements through whose open door an organisation leads the way of a person on `day`."""
    return Involvement.objects.filter(
        in_force(day), function=FUNCTIONS[Role.CASE_MANAGER], organisation=F("person__organisation")
    )


def is_in_scope(viewer: Viewer, person: str = "person") -> Q | Exists:
    """The one scope of people, as a condition on a row that names one in `person`. Every list and count begins here.

    It is asked for each row, which is what makes pages about one person fast among thousands.
    """
    named = {"person": OuterRef(person)}
    if viewer.role is Role.LEAD:
        return Exists(broken_glasses(viewer).filter(**named)) & Exists(open_involvements(viewer).filter(**named))
    return _has_open_door(viewer.organisation, function_of(viewer), working_day(), person)


def people_in_scope(viewer: Viewer) -> QuerySet[Person]:
    """The people a viewer may see: lists, counts, searches and single pages all begin here."""
    return Person.objects.filter(is_in_scope(viewer, "id"))


def consents_in_scope(viewer: Viewer) -> QuerySet[Consent]:
    """What the viewer may know of the answers of people in scope.

    Who leads the way knows all open ones; others those their own organisation asked for or received. What is sealed at
    one end is known at both ends and nowhere else: in the function to which it is shown at the recipient; and in the
    function that asked, there to who wrote it down alone where the recipient is the one that is sealed.
    """
    function = function_of(viewer)
    known = ~Q(secrecy=SEALED) & ~Q(asked_secrecy=SEALED)
    if viewer.role not in LEADS_THE_WAY:
        known &= Q(organisation=viewer.organisation) | Q(recipient=viewer.organisation)
    asked = Q(organisation=viewer.organisation, asked_in=function) & (~Q(secrecy=SEALED) | Q(recorded_by=viewer.user))
    received = Q(recipient=viewer.organisation, shown_to=function)
    return Consent.objects.filter(is_in_scope(viewer), known | asked | received)


def involvements_known(viewer: Viewer) -> QuerySet[Involvement]:
    """Who accompanies the people in scope, as far as the viewer may know.

    Who leads the way knows all open ones; others their own and who leads. Never a sealed one of somebody else; nor one
    that began on what a sealed function asked, until its organisation asks openly as well, unless it leads: it would
    tell that somebody asked. So it would where others only ask for the same: they would meet somebody who never began.
    """
    own = Q(organisation=viewer.organisation, function=function_of(viewer))
    leads = Q(function=FUNCTIONS[Role.CASE_MANAGER], organisation=F("person__organisation"))
    asked_openly = Consent.objects.filter(
        stands(working_day()), ~Q(asked_secrecy=SEALED), person=OuterRef("person"), recipient=OuterRef("organisation"),
        function=OuterRef("function"),
    )  # fmt: skip
    began_openly = ~Q(consent__asked_secrecy=SEALED) & Q(Exists(asked_openly))
    asks_openly = Q(Exists(asked_openly.filter(organisation=OuterRef("organisation"))))
    others = ~Q(secrecy=SEALED) & (leads | Q(consent__isnull=True) | began_openly | asks_openly)
    if viewer.role not in LEADS_THE_WAY:
        others &= Q(function=FUNCTIONS[Role.CASE_MANAGER])
    return Involvement.objects.filter(is_in_scope(viewer), own | others, in_force(working_day()))


def releases_in_scope(viewer: Viewer) -> QuerySet[SecrecyRelease]:
    """Those that were written down in the viewer's own function."""
    releases = SecrecyRelease.objects.filter(organisation=viewer.organisation)
    return releases.filter(is_in_scope(viewer), _in_own_function(viewer))


def holds_in_scope(viewer: Viewer) -> QuerySet[Hold]:
    """Those that were set in the viewer's own function."""
    holds = Hold.objects.filter(organisation=viewer.organisation)
    return holds.filter(is_in_scope(viewer), _in_own_function(viewer))


def _in_own_function(viewer: Viewer) -> Q | Exists:
    """Rows about a person of the viewer's function. A lead works in none; a glass shows those that are not sealed."""
    if viewer.role is Role.LEAD:
        return Exists(open_involvements(viewer).filter(person=OuterRef("person"), function=OuterRef("function")))
    return Q(function=function_of(viewer))


def glasses_to_confirm(viewer: Viewer) -> QuerySet[BreakGlass]:
    """Requests of others in the viewer's organisation that wait for a second person."""
    if viewer.role not in SEES_PEOPLE:
        return BreakGlass.objects.none()
    waiting = Q(confirmed_at__isnull=True, refused_at__isnull=True)
    return BreakGlass.objects.filter(waiting, organisation=viewer.organisation).exclude(requested_by=viewer.user)


def glasses_to_tell(viewer: Viewer) -> QuerySet[BreakGlass]:
    """Looks that were granted and of which the person has not been told, for those who accompany the person."""
    if viewer.role not in WORKS_WITH_PEOPLE:
        return BreakGlass.objects.none()
    return BreakGlass.objects.filter(
        is_in_scope(viewer), organisation=viewer.organisation, confirmed_at__isnull=False, told_on__isnull=True
    )


def glasses_of_organisation(viewer: Viewer) -> QuerySet[BreakGlass]:
    """Every look that was ever asked for in the viewer's organisation, for its leads."""
    if viewer.role is not Role.LEAD:
        return BreakGlass.objects.none()
    return BreakGlass.objects.filter(organisation=viewer.organisation)


def records_in_scope(viewer: Viewer, table: type[R]) -> QuerySet[R]:
    """The scope of every kind of record. Through a glass a lead sees what is not sealed; some are their writer's."""
    if viewer.role not in SEES_PEOPLE:
        return table._default_manager.none()
    rows = table._default_manager.filter(is_in_scope(viewer), organisation=viewer.organisation)
    if viewer.role is Role.LEAD:
        rows = rows.exclude(involvement__secrecy=SEALED)
    else:
        rows = rows.filter(involvement__function=FUNCTIONS[viewer.role])
    return rows.filter(written_by=viewer.user) if table.of_its_writer else rows


def is_own(viewer: Viewer, row: Record) -> bool:
    """Whether a record the viewer sees is in their own scope and not shared. `row` comes with its involvement."""
    function = FUNCTIONS.get(viewer.role)
    return row.organisation_id == viewer.organisation and function in {None, row.involvement.function}


def standing_records(viewer: Viewer, table: type[R]) -> QuerySet[R]:
    """Those of the records in scope that nobody deleted."""
    return records_in_scope(viewer, table).filter(deleted_at__isnull=True)
