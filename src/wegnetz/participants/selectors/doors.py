"""Through which door a viewer sees a person, and what it opens: an involvement and its consent or duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.accounts.access import Role, Viewer
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import (
    LEADS_THE_WAY,
    broken_glasses,
    involvements_in_scope,
    open_involvements,
    stands,
)  # fmt: skip
from wegnetz.participants.models import BreakGlass, Consent, Involvement, Person
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.consents import Permission, permitted
from wegnetz.rules.periods import Period

# Above this, it is faster to ask for all than to name each.
MANY = 500


class PersonNotFoundError(DomainError):
    """No such person for this viewer."""


class ConflictError(DomainError):
    """Somebody else changed the same thing in the meantime."""


@dataclass(frozen=True, slots=True)
class Door:
    """An open way to a person's data. `involvement` is the viewer's own; None where a lead looks through a `glass`."""

    person: Person
    involvement: Involvement | None
    categories: frozenset[str]
    leads: bool
    glass: BreakGlass | None = None

    def opens(self, category: str) -> bool:
        return category in self.categories


def door_to(viewer: Viewer, person: UUID, *, pack: Pack) -> Door:
    """The viewer's way to one person. Raises PersonNotFoundError when there is none."""
    grounds = list(_grounds(viewer).filter(person=person).select_related("person", "consent"))
    if not grounds:
        raise PersonNotFoundError
    row = grounds[0].person
    leads = viewer.role in LEADS_THE_WAY and row.organisation_id == viewer.organisation
    opened = _opened(viewer, grounds, pack)[person]
    if viewer.role is not Role.LEAD:
        return Door(row, grounds[0], opened, leads)
    return Door(row, None, opened, leads, broken_glasses(viewer).filter(person=person).order_by("-ends_at").first())


def own_door(viewer: Viewer, person: UUID, *, pack: Pack) -> tuple[Door, Involvement]:
    """As `door_to`, for acting: through a glass nobody acts. Raises PersonNotFoundError."""
    door = door_to(viewer, person, pack=pack)
    if door.involvement is None:
        raise PersonNotFoundError
    return door, door.involvement


def has_door(viewer: Viewer, person: UUID) -> bool:
    """Whether the viewer still has a way to the person."""
    return _grounds(viewer).filter(person=person).exists()


def categories_of(viewer: Viewer, people: Iterable[UUID] | None, *, pack: Pack) -> dict[UUID, frozenset[str]]:
    """What the viewer may see of each of several people in scope; of all of them for None."""
    grounds = _grounds(viewer).select_related("consent")
    return _opened(viewer, grounds if people is None else grounds.filter(person__in=list(people)), pack)


def _grounds(viewer: Viewer) -> QuerySet[Involvement]:
    """The involvements that open people to the viewer."""
    if viewer.role is Role.LEAD:
        return open_involvements(viewer).filter(person__in=broken_glasses(viewer).values("person"))
    return involvements_in_scope(viewer)


def _opened(viewer: Viewer, grounds: Iterable[Involvement], pack: Pack) -> dict[UUID, frozenset[str]]:
    """The categories by person: those of the ground itself, and of consents that open no door of their own.

    The latter show something in the function that they name and nowhere else in the organisation.
    """
    permissions: dict[UUID, list[Permission]] = defaultdict(list)
    ways: set[tuple[UUID, str]] = set()
    for ground in grounds:
        ways.add((ground.person_id, ground.function))
        if ground.consent is not None:
            # The door is open: a Yes to this question runs, and where it is no longer this one, it was renewed.
            permissions[ground.person_id].append(replace(permission_of(ground.consent, pack), valid=Period()))
        elif duty := pack.duties.get(ground.duty):
            permissions[ground.person_id].append(Permission(frozenset(duty.categories), Period()))
    day = working_day()
    further = Consent.objects.filter(stands(day), function="", recipient=viewer.organisation)
    for consent in further if len(permissions) > MANY else further.filter(person__in=list(permissions)):
        if (consent.person_id, consent.shown_to) in ways:
            permissions[consent.person_id].append(permission_of(consent, pack))
    return {person: permitted(found, day) for person, found in permissions.items()}


def permission_of(consent: Consent, pack: Pack) -> Permission:
    """What a given consent permits, by the pack in force: a purpose it no longer knows permits nothing."""
    purpose = pack.purposes.get(consent.purpose)
    categories = frozenset(purpose.categories) if purpose and consent.answer == "given" else frozenset()
    return Permission(categories, Period(None, consent.until), consent.withdrawn_on)
