"""Answers that several people may change in the same instant."""

from __future__ import annotations

from django.db.models import QuerySet

from wegnetz.participants.models import Consent


def lock_answers(answers: QuerySet[Consent]) -> list[Consent]:
    """Hold answers as they are now until the transaction ends. Call it before anything of it is in the audit.

    Whoever takes one of them back in this instant, or begins on one, waits or is waited for. In another order, two
    could each wait for the other.
    """
    return list(answers.select_for_update().order_by("id"))
