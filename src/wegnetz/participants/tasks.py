"""Work that runs by itself."""

from __future__ import annotations

import logging
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from wegnetz.core.days import working_day
from wegnetz.core.jobs import for_everybody
from wegnetz.participants.services import (
    LeadPassed,
    LetGo,
    apply_retention,
    erase_if_let_go,
    forget_log,
    pass_notices_on,
    replay_all,
)
from wegnetz.programme.selectors import loaded_versions

log = logging.getLogger(__name__)


@task()
@for_everybody
def check_replay() -> dict[str, int]:
    """Replay every stored decision; a difference is an error in the log, with the decision's id only."""
    results = list(replay_all())
    different = [str(decision) for decision, same in results if not same]
    if different:
        log.error("%d stored decisions no longer replay: %s", len(different), ", ".join(different[:20]))
    return {"decisions": len(results), "different": len(different)}


@task()
@for_everybody
def delete_what_is_due() -> dict[str, int]:
    """Delete everything whose time is over. Before the first programme nobody is registered, and no period is known."""
    return dict(apply_retention(on=working_day())) if loaded_versions() else {}


@task()
@for_everybody
def erase_if_nobody_is_left(person: str) -> bool:
    """Erase somebody of whom an organisation has let go, unless another one still accompanies them."""
    return erase_if_let_go(UUID(person), on=working_day(), at=timezone.now())


@task()
@for_everybody
def tell_who_leads_now(person: str) -> None:
    """Whoever took the lead learns what newer packs would change for the person."""
    pass_notices_on(UUID(person))


@task()
@for_everybody
def forget_old_events() -> int:
    """Forget what the access log keeps longer than its class says. Returns the number of events."""
    return forget_log(on=timezone.localdate()) if loaded_versions() else 0


def queue_erasure(event: LetGo) -> None:
    """The look behind the door of others is the system's alone, so the worker takes it."""
    erase_if_nobody_is_left.enqueue(str(event.person))


def queue_notices(event: LeadPassed) -> None:
    """A notice of the organisation that led before is behind its door, so the worker takes this too."""
    tell_who_leads_now.enqueue(str(event.person))
