"""What somebody does about their own roles: accept an invitation, and choose the one to act in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Invitation, User
from wegnetz.accounts.selectors import InvitationGoneError, invitation_behind, was_accepted_by
from wegnetz.accounts.services import AccountError, accept_as_newcomer, accept_invitation
from wegnetz.desk.acting import choose, viewer_now
from wegnetz.desk.guard import StaffRequest, screen, second_factor_detour
from wegnetz.desk.pages import next_page
from wegnetz.desk.policies import Policy
from wegnetz.desk.team_forms import NewcomerForm


@screen(Policy.STAFF, "POST")
def act_as(request: StaffRequest) -> HttpResponse:
    if not choose(request, request.POST.get("membership", "")):
        raise Http404
    return redirect(next_page(request))


@screen(Policy.PUBLIC, "GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: to a new account, or to the sign-in and then to a button.

    The page is the same whether or not the address has an account, and so is the answer to a new password.
    """
    try:
        found = invitation_behind(token, on=timezone.localdate())
        if not request.user.is_authenticated:
            return _newcomer(request, found, token)
        return second_factor_detour(request, viewer_now(request)) or _owner(request, request.user, found, token)
    except InvitationGoneError:
        if request.user.is_authenticated and was_accepted_by(token, request.user.id):
            return redirect("desk:start")
        return render(request, "desk/team/gone.html", status=404)


def _newcomer(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewcomerForm(request.POST or None)
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    if request.method == "POST" and form.is_valid():
        try:
            accept_as_newcomer(token, password=form.cleaned_data["password1"], on=timezone.localdate())
        except AccountError as error:
            form.add_error("password1", list(error.args))
        else:
            messages.info(
                request,
                _("Melden Sie sich jetzt an. Neu hier: mit dem Passwort von eben. Wer schon ein Konto hatte, nimmt das "
                  "bisherige Passwort; es gilt unverändert."),
            )  # fmt: skip
            return redirect(sign_in)
    context = {"invitation": found, "form": form, "sign_in": sign_in}
    return render(request, "desk/team/newcomer.html", context, status=422 if form.is_bound else 200)


def _owner(request: HttpRequest, user: User, found: Invitation, token: str) -> HttpResponse:
    """Somebody signed in: the invitation is theirs when it names their address."""
    theirs = user.email == found.email
    if request.method == "POST" and theirs:
        accept_invitation(token, account=user.id, on=timezone.localdate())
        messages.success(request, _("Angenommen. Zwischen Ihren Aufgaben wechseln Sie oben im Menü mit Ihrem Namen."))
        return redirect("desk:start")
    return render(request, "desk/team/accept.html", {"invitation": found, "theirs": theirs})
