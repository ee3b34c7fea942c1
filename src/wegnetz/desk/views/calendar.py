"""One's own appointments: the week, the file, the subscription, and reminders by mail."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.audit.services import AuditUnavailableError
from wegnetz.casework.selectors import feed_of, my_meetings, my_slots, subscribed_slots, wants_reminders
from wegnetz.casework.services import choose_reminders, make_feed, revoke_feed
from wegnetz.core.days import working_day, working_moment
from wegnetz.core.mails import sends_mails
from wegnetz.desk.calendars import calendar_file, refusal
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.views.appointments import shown

WEEK = timedelta(days=7)
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 12, 27)


@screen(Policy.WORK)
def week(request: StaffRequest) -> HttpResponse:
    """The week around a day, from Monday to Sunday; free days of the weekend are left out."""
    words, now = wording_now(get_language()), working_moment()
    monday = _monday(request.GET.get("tag", ""))
    stops = my_meetings(request.viewer, monday, monday + WEEK - timedelta(days=1), pack=words.pack)
    lines = [(stop, shown(stop.meeting, words, now)) for stop in stops]
    days = [
        (day, [pair for pair in lines if timezone.localdate(pair[0].meeting.starts_at) == day])
        for day in (monday + timedelta(days=number) for number in range(7))
    ]
    context = {
        "days": [(day, found) for day, found in days if found or day.weekday() < 5],
        "monday": monday, "sunday": monday + timedelta(days=6), "today": working_day(),
        "before": monday - WEEK if monday > EARLIEST else None, "after": monday + WEEK if monday < LATEST else None,
        "next": next((pair for pair in lines if not pair[1].over and pair[0].meeting.state == "planned"), None),
        "waiting": next((pair for pair in lines if pair[1].waits), None), "number": len(lines),
    }  # fmt: skip
    return render(request, "desk/calendar/week.html", context)


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = working_day()
    day = min(max(day, EARLIEST), LATEST)
    return day - timedelta(days=day.weekday())


@screen(Policy.WORK)
def file(request: StaffRequest) -> HttpResponse:
    """All of one's own appointments for a calendar program."""
    return calendar_file(my_slots(request.viewer, day=working_day()), now=timezone.now())


@screen(Policy.TOKEN)
def feed(request: StaffRequest, token: str) -> HttpResponse:  # noqa: ARG001  the guard has looked it up
    """The same for a program that asks by itself."""
    try:
        slots = subscribed_slots(request.viewer, day=working_day(), now=timezone.now())
    except AuditUnavailableError:
        return refusal(HTTPStatus.SERVICE_UNAVAILABLE)
    return calendar_file(slots, now=timezone.now())


@screen(Policy.WORK)
def calendar(request: StaffRequest) -> HttpResponse:
    return _calendar_page(request)


@screen(Policy.WORK, "POST")
def make_link(request: StaffRequest) -> HttpResponse:
    """The link is shown on the answer to this button, and never again."""
    address = reverse("desk:calendar-feed", args=[make_feed(by=request.viewer)])
    link = f"{settings.ADDRESS}{address}" if settings.ADDRESS else request.build_absolute_uri(address)
    return _calendar_page(request, link)


def _calendar_page(request: StaffRequest, link: str = "") -> HttpResponse:
    context = {
        "feed": feed_of(request.viewer), "link": link, "reminders": wants_reminders(request.viewer),
        "mails": sends_mails(),
    }  # fmt: skip
    return render(request, "desk/calendar/settings.html", context)


@screen(Policy.WORK, "POST")
def revoke_link(request: StaffRequest) -> HttpResponse:
    revoke_feed(by=request.viewer)
    messages.success(request, _("Der Link öffnet nichts mehr."))
    return redirect("desk:calendar")


@screen(Policy.WORK, "POST")
def reminders(request: StaffRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    choose_reminders(wanted=wanted, by=request.viewer)
    said = _("Sie bekommen Erinnerungen.") if wanted else _("Sie bekommen keine Erinnerungen mehr.")
    messages.success(request, said)
    return redirect("desk:calendar")
