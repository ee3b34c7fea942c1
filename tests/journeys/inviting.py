"""Invitations in an installation that is running, made beside it: each call is a process of its own."""

from __future__ import annotations

import subprocess
import sys

from tests.journeys.installation import COMMAND_SECONDS, Installation

# Its models can be imported only after Django was set up, and never among the tests: they have another database.
BESIDE = "import django, sys; django.setup(); from tests.journeys import beside; beside.act(*sys.argv[1:])"


def invite(at: Installation, *, seats: int = 2) -> list[str]:
    """Two people are invited to a new workshop, a day from now: the secrets of their links."""
    return _act(at, "invite", str(seats)).split()


def call_off(at: Installation, secret: str) -> None:
    _act(at, "call_off", secret)


def be_over(at: Installation, secret: str) -> None:
    """The date is over, and they were there."""
    _act(at, "be_over", secret)


def _act(at: Installation, *arguments: str) -> str:
    environment = at.environment | {"WEGNETZ_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "wegnetz.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, *arguments], env=environment, text=True, capture_output=True,
        timeout=COMMAND_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
