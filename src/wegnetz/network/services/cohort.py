"""Introduce several people in one go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.errors import DomainError
from wegnetz.network.services.introductions import BegunError, ClosedError, suggest
from wegnetz.participants.selectors import PersonNotFoundError

Pair = tuple[UUID, UUID]  # person and offer


def suggest_all(pairs: Iterable[Pair], *, by: Viewer, on: date) -> tuple[list[Pair], list[tuple[Pair, DomainError]]]:
    """Note an offer for each of several people: what was noted, and what was not and why.

    Each is a transaction of its own: what is not possible any more keeps nobody else from theirs, and whoever sends the
    same once more notes nothing twice.
    """
    done: list[Pair] = []
    refused: list[tuple[Pair, DomainError]] = []
    for person, offer in pairs:
        try:
            suggest(person, offer, by=by, on=on)
        except (BegunError, ClosedError, PersonNotFoundError) as error:
            refused.append(((person, offer), error))
        else:
            done.append((person, offer))
    return done, refused
