"""Who may see contact points, and who may change which. They are public; changing them is not."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import organisations_with
from wegnetz.directory.models import ContactPoint, Import, Offer, Source

__all__ = [
    "KEEPS_THE_DIRECTORY",
    "ContactPoint",
    "Import",
    "Offer",
    "Source",
    "imports_in_scope",
    "offers_in_scope",
    "partners",
    "points_in_scope",
    "points_to_keep",
    "sources_in_scope",
]

# Who keeps the whole directory, and who only what their own organisation offers.
KEEPS_ALL: Final = frozenset({Role.NETWORK_COORDINATOR, Role.STEERING})
KEEPS_THE_DIRECTORY: Final = KEEPS_ALL | {Role.WORKSHOP_HOST, Role.LEAD}


def points_in_scope() -> QuerySet[ContactPoint]:
    """The one scope function for contact points: anybody sees each that is still there."""
    return ContactPoint.objects.filter(gone_on__isnull=True)


def offers_in_scope() -> QuerySet[Offer]:
    """Of what a contact point that is gone offered, nothing is seen."""
    return Offer.objects.filter(gone_on__isnull=True, point__gone_on__isnull=True)


def points_to_keep(viewer: Viewer) -> QuerySet[ContactPoint]:
    """What the viewer may change, also what is gone and can be brought back.

    An organisation keeps its own. What belongs to nobody is kept by those who keep the whole directory.
    """
    if viewer.role not in KEEPS_THE_DIRECTORY:
        return ContactPoint.objects.none()
    own = Q(owner=viewer.organisation)
    return ContactPoint.objects.filter(own | Q(owner__isnull=True) if viewer.role in KEEPS_ALL else own)


def partners() -> list[tuple[UUID, str]]:
    """The organisations that can keep contact points of their own, by name."""
    return sorted(
        {each for role in KEEPS_THE_DIRECTORY - {Role.STEERING} for each in organisations_with(role)},
        key=lambda each: each[1],
    )


def imports_in_scope(viewer: Viewer) -> QuerySet[Import]:
    """What somebody who keeps the whole directory has handed in and not taken over: each their own."""
    return Import.objects.filter(made_by=viewer.user) if viewer.role in KEEPS_ALL else Import.objects.none()


def sources_in_scope(viewer: Viewer) -> QuerySet[Source]:
    """Files and services are read by those who keep the whole directory."""
    return Source.objects.all() if viewer.role in KEEPS_ALL else Source.objects.none()
