"""Work that runs by itself."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from wegnetz.audit.selectors.proof import verify_audit
from wegnetz.audit.services import witness_heads
from wegnetz.core.jobs import for_everybody

log = logging.getLogger(__name__)


@task()
@for_everybody
def sign_heads() -> int | None:
    """Witness how far the chains have come, when they have moved. What stops it is an error in the log."""
    try:
        return witness_heads(now=timezone.now())
    except OSError:
        log.exception("The heads of the audit cannot be written")
        raise


@task()
@for_everybody
def check_audit() -> dict[str, int]:
    """Verify the whole audit; what is wrong is an error in the log, with places only."""
    try:
        done = verify_audit()
    except OSError:
        log.exception("The audit cannot be verified, because its heads cannot be read")
        raise
    if done.findings:
        first = ", ".join(f"{where} {place}: {fault}" for where, place, fault in done.findings[:20])
        log.error("The audit is not what was written (%d findings): %s", len(done.findings), first)
    return {"chains": done.chains, "events": done.events, "findings": len(done.findings)}
