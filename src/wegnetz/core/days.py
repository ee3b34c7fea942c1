"""Which day it is to those at work."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def working_day() -> date:
    """The day whose state lists show: today, and in the demo its fixed day within the programme's time."""
    demo_day: date = settings.DEMO_DAY
    return demo_day if settings.DEMO else timezone.localdate()


def working_moment() -> datetime:
    """The moment that divides what has been from what is to come: now, and in the demo now on its fixed day."""
    return timezone.make_aware(datetime.combine(working_day(), timezone.localtime().time()))
