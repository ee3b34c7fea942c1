"""Whose data a viewer may see, and what they may do with them."""

from __future__ import annotations

from django.db.models import QuerySet

from wegnetz.accounts.access import Role, Viewer
from wegnetz.participants.models import Person

# Who works with people's own data. Steering, funding and operation are not among them, and cannot be added
# by a setting: a leak there would reach everyone.
WORKS_WITH_PEOPLE = frozenset({Role.CASE_MANAGER})


def may_register(viewer: Viewer) -> bool:
    return viewer.role in WORKS_WITH_PEOPLE


def people_in_scope(viewer: Viewer) -> QuerySet[Person]:
    """The one scope function for people: lists, counts, searches and single pages all begin here."""
    if viewer.role not in WORKS_WITH_PEOPLE:
        return Person.objects.none()
    return Person.objects.filter(organisation=viewer.organisation)
