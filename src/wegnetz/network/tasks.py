"""Work that runs by itself."""

from __future__ import annotations

from django_tasks import task

from wegnetz.core.days import working_day, working_moment
from wegnetz.core.jobs import for_everybody
from wegnetz.network import services
from wegnetz.network.services import pairings, settling


@task()
@for_everybody
def forget_announcements() -> int:
    """Delete what contact points were told of people who came long ago, or never. Returns how many."""
    return services.forget_announcements(on=working_day())


@task()
def forget_gaps() -> None:
    """Delete what was taken off the list of what is missing some time ago."""
    services.forget_gaps(on=working_day())


@task()
@for_everybody
def forget_evenings() -> int:
    """Delete guests of workshops whom nobody knew for two weeks, and links long over. Returns how many guests."""
    return settling.forget_evenings(at=working_moment())


@task()
@for_everybody
def forget_shared_maps() -> int:
    """Delete copies of maps that people showed for a time that is over. Returns how many."""
    return services.forget_shared_maps(on=working_day())


@task()
@for_everybody
def forget_pairings() -> int:
    """Delete what stands with somebody about another one who was erased. Returns how many."""
    return pairings.forget_pairings()
