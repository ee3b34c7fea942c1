"""Work that runs by itself."""

from __future__ import annotations

import logging

from django_tasks import task

from wegnetz.participants.services import replay_all

log = logging.getLogger(__name__)


@task()
def check_replay() -> dict[str, int]:
    """Replay every stored decision; a difference is an error in the log, with the decision's id only."""
    results = list(replay_all())
    different = [str(decision) for decision, same in results if not same]
    if different:
        log.error("%d stored decisions no longer replay: %s", len(different), ", ".join(different[:20]))
    return {"decisions": len(results), "different": len(different)}
