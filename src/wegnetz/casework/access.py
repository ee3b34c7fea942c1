"""Which plans, assessments and letters of others a viewer may see. Their own are `records_in_scope` of participants."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.models import Assessment, Plan, PlanItem, Referral
from wegnetz.core.days import working_day
from wegnetz.participants.access import (
    FUNCTIONS,
    SEALED,
    WORKS_WITH_PEOPLE,
    carries,
    involvements_known,
    is_in_scope,
)  # fmt: skip
from wegnetz.participants.models import Record
from wegnetz.rules.referrals import Status

R = TypeVar("R", bound=Record)


def plans_shared_with(viewer: Viewer) -> QuerySet[Plan]:
    """The plans of who leads the way, about people in scope. Whether a consent covers the plan, the door says."""
    return _of_who_leads(viewer, Plan)


def items_shared_with(viewer: Viewer) -> QuerySet[PlanItem]:
    """The goals, steps and tasks of shared plans."""
    shared = plans_shared_with(viewer).filter(id=OuterRef("plan"))
    return PlanItem.objects.filter(Exists(shared), deleted_at__isnull=True)


def assessments_shared_with(viewer: Viewer) -> QuerySet[Assessment]:
    """Assessments of who leads the way, about people in scope. Whether a consent covers them, the door says."""
    return _of_who_leads(viewer, Assessment)


def _of_who_leads(viewer: Viewer, table: type[R]) -> QuerySet[R]:
    """Standing records of the organisation that leads, in its leading function. Nobody else's are ever shared."""
    if viewer.role not in WORKS_WITH_PEOPLE:
        return table._default_manager.none()
    leading = FUNCTIONS[Role.CASE_MANAGER]
    return table._default_manager.filter(
        is_in_scope(viewer), ~Q(organisation=viewer.organisation, involvement__function=FUNCTIONS[viewer.role]),
        organisation=F("person__organisation"), involvement__function=leading, involvement__secrecy="open",
        deleted_at__isnull=True,
    )  # fmt: skip


def referrals_sent(viewer: Viewer) -> QuerySet[Referral]:
    """Referrals of the viewer's organisation in the viewer's function. A sealed one is known to who sent it alone."""
    if viewer.role not in WORKS_WITH_PEOPLE:
        return Referral.objects.none()
    known = ~Q(secrecy=SEALED) | Q(offered_by=viewer.user)
    return Referral.objects.filter(
        is_in_scope(viewer), known, organisation=viewer.organisation, involvement__function=FUNCTIONS[viewer.role]
    )


def referrals_taken_up(viewer: Viewer) -> QuerySet[Referral]:
    """Those sent that were accepted, and on which the recipient works, as far as the viewer may know: no sealed one."""
    at_work = involvements_known(viewer).filter(
        person=OuterRef("person"), organisation=OuterRef("recipient"), function=OuterRef("function"),
        closed_on__isnull=True,
    )  # fmt: skip
    return referrals_sent(viewer).filter(Exists(at_work), status=Status.ACCEPTED)


def referrals_received(viewer: Viewer) -> QuerySet[Referral]:
    """Referrals to the viewer's organisation in the viewer's function, as long as the consent stands.

    An offer waits for an answer; one that was accepted stays as long as the person is accompanied. What was declined
    or taken back is none of the recipient's business any more.
    """
    if viewer.role not in WORKS_WITH_PEOPLE:
        return Referral.objects.none()
    taken = Q(is_in_scope(viewer), status__in=[Status.ACCEPTED, Status.DONE])
    return Referral.objects.filter(
        carries(working_day(), "consent__"), Q(status=Status.OFFERED) | taken, recipient=viewer.organisation,
        function=FUNCTIONS[viewer.role],
    )  # fmt: skip
