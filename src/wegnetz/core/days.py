"""Which day it is to those at work."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def working_day() -> date:
    """The day whose state lists show: today, and in the demo its fixed day within the programme's time."""
    demo_day: date = settings.DEMO_DAY
    return demo_day if settings.DEMO else timezone.localdate()
