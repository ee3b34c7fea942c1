"""Through which door a viewer sees a person, and what it opens: an involvement and its consent or duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
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
    known = [(person, each.function, each.duty, each.consent.purpose if each.consent else None) for each in grounds]
    opened = _opened(viewer.organisation, known, pack)[person]
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
    grounds = _grounds(viewer) if people is None else _grounds(viewer).filter(person__in=list(people))
    # Plain rows: making some thousand objects takes longer than all the rest.
    return _opened(viewer.organisation, grounds.values_list("person", "function", "duty", "consent__purpose"), pack)


def categories_within(
    organisation: UUID, involvements: QuerySet[Involvement], *, pack: Pack
) -> dict[UUID, frozenset[str]]:  # fmt: skip
    """What may be seen of people within involvements of an organisation that hold, for its own pages without a viewer.

    The caller has seen to it that each of them is in force.
    """
    grounds = involvements.values_list("person", "function", "duty", "consent__purpose")
    return _opened(organisation, grounds, pack)


def _grounds(viewer: Viewer) -> QuerySet[Involvement]:
    """The involvements that open people to the viewer."""
    if viewer.role is Role.LEAD:
        return open_involvements(viewer).filter(person__in=broken_glasses(viewer).values("person"))
    return involvements_in_scope(viewer)


def _opened(
    organisation: UUID, grounds: Iterable[tuple[UUID, str, str, str | None]], pack: Pack
) -> dict[UUID, frozenset[str]]:  # fmt: skip
    """The categories by person: those of the ground itself, and of consents that open no door of their own.

    A ground is person, function, duty and the purpose of its consent. The further consents show something in the
    function that they name and nowhere else in the organisation.
    """
    permissions: dict[UUID, tuple[Permission, ...]] = {}
    ways: set[tuple[UUID, str]] = set()
    by_ground = cache(partial(_permission_of_ground, pack))
    for person, function, duty, purpose in grounds:
        ways.add((person, function))
        permissions[person] = (*permissions.get(person, ()), by_ground(duty, purpose))
    day = working_day()
    further = Consent.objects.filter(stands(day), function="", recipient=organisation)
    for consent in further if len(permissions) > MANY else further.filter(person__in=list(permissions)):
        if (consent.person_id, consent.shown_to) in ways:
            permissions[consent.person_id] += (permission_of(consent, pack),)
    by_permissions = cache(partial(permitted, day=day))
    return {person: by_permissions(found) for person, found in permissions.items()}


def _permission_of_ground(pack: Pack, duty: str, purpose: str | None) -> Permission:
    """What an open door permits. A Yes to its question runs; where it is no longer the first one, it was renewed."""
    card = pack.duties.get(duty) if purpose is None else pack.purposes.get(purpose)
    return Permission(frozenset(card.categories) if card else frozenset(), Period())


def opens(involvement: Involvement, category: str, *, pack: Pack) -> bool:
    """Whether the ground of an involvement permits a category to its organisation. It comes with its consent."""
    purpose = involvement.consent.purpose if involvement.consent else None
    return category in _permission_of_ground(pack, involvement.duty, purpose).categories


def permission_of(consent: Consent, pack: Pack) -> Permission:
    """What a given consent permits, by the pack in force: a purpose it no longer knows permits nothing."""
    purpose = pack.purposes.get(consent.purpose)
    categories = frozenset(purpose.categories) if purpose and consent.answer == "given" else frozenset()
    return Permission(categories, Period(None, consent.until), consent.withdrawn_on)
