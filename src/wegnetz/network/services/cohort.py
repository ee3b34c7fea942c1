"""Introduce several people in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.errors import DomainError
from wegnetz.network.selectors import Born
from wegnetz.network.services.introductions import BegunError, ClosedError, suggest
from wegnetz.participants.selectors import PersonNotFoundError

Pair = tuple[UUID, UUID]  # person and offer
NOT_KNOWN: Final[Mapping[UUID, Born]] = MappingProxyType({})


def suggest_all(
    pairs: Iterable[Pair], *, by: Viewer, on: date, born: Mapping[UUID, Born] = NOT_KNOWN
) -> tuple[list[Pair], list[tuple[Pair, DomainError]]]:
    """Note an offer for each of several people: what was noted, and what was not and why.

    Each is a transaction of its own: what is not possible any more keeps nobody else from theirs, and whoever sends the
    same once more notes nothing twice. `born` by person, as for `suggest`.
    """
    done: list[Pair] = []
    refused: list[tuple[Pair, DomainError]] = []
    for person, offer in pairs:
        try:
            suggest(person, offer, by=by, on=on, born=born.get(person))
        except (BegunError, ClosedError, PersonNotFoundError) as error:
            refused.append(((person, offer), error))
        else:
            done.append((person, offer))
    return done, refused
