"""`wegnetz worker`: does queued work, and queues the jobs of the schedule when they are due."""

from __future__ import annotations

import argparse
import time

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from wegnetz.core.jobs import queue_due

PAUSE = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due, then stop")


def run(options: argparse.Namespace) -> int:
    try:
        while True:
            queue_due(import_string(settings.JOB_SCHEDULE), now=timezone.now())
            call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
            if options.once:
                return 0
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        return 0
