"""Read people, viewer first. Whoever is out of scope looks as if there were nobody: PersonNotFoundError."""

from __future__ import annotations

from wegnetz.participants.selectors.doors import (
    ConflictError,
    Door,
    PersonNotFoundError,
    categories_of,
    door_to,
    own_door,
)
from wegnetz.participants.selectors.involved import Companion, accompanying
from wegnetz.participants.selectors.people import (
    PAGE_SIZE,
    SEARCH_LIMIT,
    SORTS,
    OpenPerson,
    Row,
    asked_facts,
    count_in_organisation,
    count_people,
    display_names,
    export_people,
    latest_registered,
    list_people,
    open_person,
    open_rows,
    people_to_review,
    replays,
    search_people,
    turns_of,
)

__all__ = [
    "PAGE_SIZE",
    "SEARCH_LIMIT",
    "SORTS",
    "Companion",
    "ConflictError",
    "Door",
    "OpenPerson",
    "PersonNotFoundError",
    "Row",
    "accompanying",
    "asked_facts",
    "categories_of",
    "count_in_organisation",
    "count_people",
    "display_names",
    "door_to",
    "export_people",
    "latest_registered",
    "list_people",
    "open_person",
    "open_rows",
    "own_door",
    "people_to_review",
    "replays",
    "search_people",
    "turns_of",
]
