"""The team of an organisation, for its lead: who works here, who is invited, who is shut out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.accounts import selectors, services
from wegnetz.accounts.access import INVITABLE, Role
from wegnetz.accounts.services import Issued, TeamRule, TeamRuleError
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.invitation_mail import send_invitation
from wegnetz.desk.policies import Policy
from wegnetz.desk.team_forms import InvitationForm, RoleForm
from wegnetz.programme.selectors import fitting_roles

REASONS = {
    TeamRule.OWN: gettext_lazy("Ihre eigenen Aufgaben kann nur eine andere Leitung ändern."),
    TeamRule.ROLE: gettext_lazy("Diese Aufgabe gibt es in Ihrer Organisation nicht."),
    TeamRule.HERE: gettext_lazy("Diese Aufgabe hat die Person schon."),
    TeamRule.PAUSED: gettext_lazy("Der Zugang ist gesperrt. Geben Sie ihn zuerst frei."),
}
NOT_INVITED = REASONS | {
    TeamRule.HERE: gettext_lazy("Wer diese Adresse hat, arbeitet schon in Ihrem Team."),
    TeamRule.INVITED: gettext_lazy("Diese Adresse ist schon eingeladen. Im Team können Sie einen neuen Link erzeugen."),
}


@screen(Policy.TEAM)
def team(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    colleagues, page = selectors.team(request.viewer, on=today, page=request.GET.get("page", "1")[:9])
    context = {
        "colleagues": colleagues, "page": page, "total": page.paginator.count, "today": today,
        "invitations": selectors.unanswered_invitations(request.viewer),
    }  # fmt: skip
    return render(request, "desk/team/list.html", context)


@screen(Policy.TEAM, "GET", "POST")
def invite(request: StaffRequest) -> HttpResponse:
    fitting = _fitting(request)
    form = InvitationForm(fitting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        roles = {Role(role) for role in form.cleaned_data["roles"]}
        try:
            issued = services.invite_staff(
                email=form.cleaned_data["email"], name=form.cleaned_data["name"], roles=roles, fitting=fitting,
                by=request.viewer, on=timezone.localdate(),
            )  # fmt: skip
        except TeamRuleError as error:
            form.add_error("email", str(NOT_INVITED[error.rule]))
        else:
            return _hand_over(request, issued)
    return render(request, "desk/team/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@screen(Policy.TEAM, "POST")
def renew(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    return _hand_over(request, services.renew_invitation(invitation_id, by=request.viewer, on=timezone.localdate()))


@screen(Policy.TEAM, "POST")
def withdraw(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    services.withdraw_invitation(invitation_id, by=request.viewer, on=timezone.localdate())
    messages.success(request, _("Die Einladung ist zurückgenommen. Ihr Link öffnet nichts mehr."))
    return redirect("desk:team")


@screen(Policy.TEAM)
def colleague(request: StaffRequest, colleague_id: UUID) -> HttpResponse:
    return _page_of(request, colleague_id)


@screen(Policy.TEAM, "POST")
def add_role(request: StaffRequest, colleague_id: UUID) -> HttpResponse:
    fitting = _fitting(request)
    form = RoleForm(fitting, request.POST)
    if not form.is_valid():
        return _page_of(request, colleague_id, form)
    try:
        services.add_role(
            colleague_id, role=Role(form.cleaned_data["role"]), fitting=fitting, by=request.viewer,
            on=timezone.localdate(),
        )  # fmt: skip
    except TeamRuleError as error:
        form.add_error("role", str(REASONS[error.rule]))
        return _page_of(request, colleague_id, form)
    messages.success(request, _("Die Aufgabe gilt ab sofort."))
    return redirect("desk:colleague", colleague_id)


@screen(Policy.TEAM, "POST")
def end_role(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    try:
        services.end_role(membership_id, by=request.viewer, on=timezone.localdate())
    except TeamRuleError as error:
        return _refused(request, error)
    undo = reverse("desk:resume-role", args=[membership_id])
    messages.success(request, _("Die Aufgabe ist beendet, auch in offenen Fenstern."), extra_tags=f"undo:{undo}")
    return redirect("desk:team")


@screen(Policy.TEAM, "POST")
def resume_role(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    try:
        services.resume_role(membership_id, by=request.viewer, on=timezone.localdate())
    except TeamRuleError as error:
        return _refused(request, error)
    messages.success(request, _("Die Aufgabe gilt wieder."))
    return redirect("desk:team")


@screen(Policy.TEAM, "POST")
def deactivate(request: StaffRequest, colleague_id: UUID) -> HttpResponse:
    try:
        services.deactivate_staff(colleague_id, by=request.viewer, on=timezone.localdate())
    except TeamRuleError as error:
        return _refused(request, error)
    undo = reverse("desk:reactivate", args=[colleague_id])
    messages.success(request, _("Der Zugang ist gesperrt, auch in offenen Fenstern."), extra_tags=f"undo:{undo}")
    return redirect("desk:colleague", colleague_id)


@screen(Policy.TEAM, "POST")
def reactivate(request: StaffRequest, colleague_id: UUID) -> HttpResponse:
    try:
        services.reactivate_staff(colleague_id, by=request.viewer, on=timezone.localdate())
    except TeamRuleError as error:
        return _refused(request, error)
    messages.success(request, _("Der Zugang ist wieder frei. Die Person meldet sich neu an."))
    return redirect("desk:colleague", colleague_id)


def _fitting(request: StaffRequest) -> frozenset[Role]:
    return fitting_roles(selectors.organisation_key(request.viewer.organisation)) & INVITABLE


def _hand_over(request: StaffRequest, issued: Issued) -> HttpResponse:
    """The one page on which the link stands. It is the answer itself: nothing keeps it for a page to come."""
    link = request.build_absolute_uri(reverse("desk:invitation", args=[issued.token]))
    invitation = issued.invitation
    sending = send_invitation(invitation.email, link=link, until=invitation.until)
    context = {"invitation": invitation, "link": link, "sending": sending.value}
    return render(request, "desk/team/link.html", context)


def _page_of(request: StaffRequest, colleague_id: UUID, form: RoleForm | None = None) -> HttpResponse:
    found = selectors.colleague(request.viewer, colleague_id, on=timezone.localdate())
    addable = _fitting(request) - {Role(membership.role) for membership in found.roles}
    context = {
        "colleague": found, "form": form or RoleForm(addable), "can_add": bool(addable) and not found.is_paused,
        "own": found.id == request.viewer.user,
    }  # fmt: skip
    return render(request, "desk/team/colleague.html", context, status=422 if form else 200)


def _refused(request: StaffRequest, error: TeamRuleError) -> HttpResponse:
    messages.error(request, str(REASONS[error.rule]))
    return redirect("desk:team")
