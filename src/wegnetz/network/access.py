"""Who may hand out links to the pages of contact points and to maps, what such pages show, who keeps the gap list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from wegnetz.accounts.access import Role, Viewer
from wegnetz.directory.access import KEEPS_ALL, KEEPS_THE_DIRECTORY, points_in_scope, points_to_keep
from wegnetz.directory.models import ContactPoint
from wegnetz.network.models import (
    Announcement,
    EveningLink,
    Gap,
    Guest,
    Interests,
    Introduction,
    Invitation,
    Pairing,
    PersonMap,
    PlaceLink,
    SharedMap,
    Workshop,
    WorkshopDate,
)
from wegnetz.participants.access import (
    SEALED,
    WORKS_WITH_PEOPLE,
    in_force,
    involvements_in_scope,
    standing_records,
)
from wegnetz.participants.models import Involvement
from wegnetz.rules.introductions import Stage

# Whoever keeps contact points. With the link one reads by which names people come: so not the steering office, and no
# lead, who sees people through a broken glass alone.
LINKS_PLACES: Final = KEEPS_THE_DIRECTORY - {Role.STEERING, Role.LEAD}
# From when a place is told until the person goes there as everybody does.
SHOWN: Final = (Stage.ANNOUNCED, Stage.VISITED, Stage.RETURNED)
# Who plans workshops, invites to them and mixes the tables. Of work that is sealed nobody comes to such a list.
PLANS_WORKSHOPS: Final = WORKS_WITH_PEOPLE - {Role.TRAUMA_COACH}
# Where somebody has been: from then on they may know people there.
BEEN_THERE: Final = (Stage.VISITED, Stage.RETURNED, Stage.REGULAR)


def points_to_link(viewer: Viewer) -> QuerySet[ContactPoint]:
    """The contact points for whose page the viewer may hand out a link: those that are theirs to keep."""
    if viewer.role not in LINKS_PLACES:
        return ContactPoint.objects.none()
    return points_to_keep(viewer).filter(gone_on__isnull=True)


def links_in_scope(viewer: Viewer) -> QuerySet[PlaceLink]:
    """The links that were not revoked of the places in the viewer's care, also those whose time is over."""
    return PlaceLink.objects.filter(point__in=points_to_link(viewer), revoked_at__isnull=True)


def links_that_open(day: date) -> QuerySet[PlaceLink]:
    """The links that open something on a day, none of which was handed out by others than those who keep the place."""
    keeps = Q(point__owner__isnull=True) | Q(point__owner=F("organisation"))
    return PlaceLink.objects.filter(keeps, revoked_at__isnull=True, until__gte=day, point__in=points_in_scope())


def on_the_shelf(shelf: str, day: date) -> QuerySet[Announcement]:
    """What lies there for the page of one link. A shelf is known only to who knows the link."""
    return Announcement.objects.filter(shelf=shelf, until__gte=day)


def shown_to_places(organisation: UUID, day: date) -> QuerySet[Introduction]:
    """The introductions of an organisation that the contact point itself may see on a day, if it was told.

    They stand, the person is still accompanied in that work, and it is not one that others must not know of.
    """
    return Introduction.objects.filter(
        organisation=organisation, deleted_at__isnull=True, stage__in=SHOWN, involvement__in=_going(organisation, day)
    )


def gaps_in_scope(viewer: Viewer) -> QuerySet[Gap]:
    """What is missing in the city, for those who keep the whole directory. No row is about a participant."""
    return Gap.objects.all() if viewer.role in KEEPS_ALL else Gap.objects.none()


def interests_to_hand_on(viewer: Viewer, person: UUID) -> QuerySet[Interests]:
    """The interests of a person of which something may be put on the list. What is sealed goes nowhere, not even so."""
    return standing_records(viewer, Interests).filter(person=person).exclude(involvement__secrecy=SEALED)


def workshops_in_scope(viewer: Viewer) -> QuerySet[Workshop]:
    """The workshops of the viewer's organisation, for those who plan them or invite to them."""
    if viewer.role not in PLANS_WORKSHOPS:
        return Workshop.objects.none()
    return Workshop.objects.filter(organisation=viewer.organisation)


def dates_in_scope(viewer: Viewer) -> QuerySet[WorkshopDate]:
    """The times of those workshops."""
    if viewer.role not in PLANS_WORKSHOPS:
        return WorkshopDate.objects.none()
    return WorkshopDate.objects.filter(organisation=viewer.organisation)


def standing_dates(organisation: UUID) -> QuerySet[WorkshopDate]:
    """The times of an organisation's workshops, for who knows a secret of one and for its own worker."""
    return WorkshopDate.objects.filter(organisation=organisation)


def standing_invitations(organisation: UUID, day: date) -> QuerySet[Invitation]:
    """The invitations of an organisation that hold on a day, for who knows a secret of it and for its own worker.

    The person is still accompanied in that work, and it is not one that others must not know of.
    """
    going = _going(organisation, day)
    return Invitation.objects.filter(organisation=organisation, deleted_at__isnull=True, involvement__in=going)


def links_to_evenings(organisation: UUID, at: datetime, *, starts_before: datetime) -> QuerySet[EveningLink]:
    """The links of an organisation that open the list of a time that takes place, and starts before a moment."""
    return EveningLink.objects.filter(
        organisation=organisation, revoked_at__isnull=True, until__gt=at, date__state=WorkshopDate.PLANNED,
        date__starts_at__lt=starts_before,
    )  # fmt: skip


def guests_in_scope(viewer: Viewer) -> QuerySet[Guest]:
    """Those who came to the viewer's workshops and were on no list."""
    return Guest.objects.filter(date__in=dates_in_scope(viewer))


def proved_invitations(viewer: Viewer) -> QuerySet[Invitation]:
    """The invitations of those of the viewer's people who came to what was settled, also where work was closed."""
    dates = dates_in_scope(viewer).filter(settled_at__isnull=False)
    return standing_records(viewer, Invitation).filter(attended=True, date__in=dates)


def standing_pairings(organisation: UUID, day: date) -> QuerySet[Pairing]:
    """Who must not sit together, or must, for the mixing of an organisation's tables. It is told to nobody."""
    going = _going(organisation, day)
    return Pairing.objects.filter(organisation=organisation, deleted_at__isnull=True, involvement__in=going)


def interests_of_organisation(organisation: UUID, day: date) -> QuerySet[Interests]:
    """What people like and speak, for the mixing of an organisation's tables. It is told to nobody."""
    going = _going(organisation, day)
    return Interests.objects.filter(organisation=organisation, deleted_at__isnull=True, involvement__in=going)


def _going(organisation: UUID, day: date) -> QuerySet[Involvement]:
    return Involvement.objects.filter(
        in_force(day), ~Q(secrecy=SEALED), organisation=organisation, closed_on__isnull=True
    )


def maps_in_scope(viewer: Viewer) -> QuerySet[PersonMap]:
    """The maps to which the viewer hands out links: of those accompanied in the same work. They open none of them."""
    return PersonMap.objects.filter(involvement__in=involvements_in_scope(viewer))


def maps_that_open(organisation: UUID) -> QuerySet[PersonMap]:
    """The maps from the work of an organisation. The person keeps theirs also when that work is over."""
    return PersonMap.objects.filter(organisation=organisation)


def copies_of(own: PersonMap) -> QuerySet[SharedMap]:
    """What the person shares of a map."""
    return SharedMap.objects.filter(involvement=own.involvement_id, organisation=own.organisation_id)


def accompanies_still(own: PersonMap, day: date) -> bool:
    """Whether there is still somebody to whom the map can be shown."""
    return Involvement.objects.filter(in_force(day), id=own.involvement_id).exists()


def shared_in_scope(viewer: Viewer, day: date) -> QuerySet[SharedMap]:
    """The maps that people show to the viewer on a day."""
    return standing_records(viewer, SharedMap).filter(Q(until__isnull=True) | Q(until__gte=day))


def introductions_for_map(own: PersonMap, day: date) -> QuerySet[Introduction]:
    """The introductions from the same work that led to a visit, for the person themself."""
    going = Involvement.objects.filter(in_force(day), id=own.involvement_id)
    return Introduction.objects.filter(
        organisation=own.organisation_id, person=own.person_id, involvement__in=going, deleted_at__isnull=True,
        stage__in=BEEN_THERE,
    )  # fmt: skip
