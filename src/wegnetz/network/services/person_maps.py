"""A person's own map: staff hand out its link once; whoever holds it draws, renews it and shows the map by choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.services import record_act
from wegnetz.core.crypto import new_key
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.secret_links import new_secret
from wegnetz.network.access import accompanies_still, copies_of, maps_in_scope
from wegnetz.network.boxes import Drawn, drawn_content, seal_map, seal_map_key
from wegnetz.network.models import PersonMap, SharedMap
from wegnetz.network.selectors.person_maps import OpenMap, drawn_on
from wegnetz.participants.access import in_force
from wegnetz.participants.boxes import seal_record
from wegnetz.participants.models import Involvement
from wegnetz.participants.services.led import accompanied
from wegnetz.participants.services.records import EditConflictError

LINK: Final = "link to the network map"
A_WEEK: Final = timedelta(days=6)  # today among it


class MapStandsError(DomainError):
    """There is a map already: a new link from here would begin an empty one."""


class NobodyToShowError(DomainError):
    """Nobody accompanies the person any more in the work from which the link came."""


# --- the link --------------------------------------------------------------------------------------------


@transaction.atomic
def make_map_link(person: UUID, *, by: Viewer, instead: bool = False) -> str:
    """Begin an empty map, and return the secret of its link, which is stored nowhere.

    `instead` deletes the map that stands, unread, with what is shown of it. Raises MapStandsError where one stands and
    that was not said, and PersonNotFoundError.
    """
    _door, involvement, key = accompanied(by, person)
    Involvement.objects.select_for_update().get(id=involvement.id)  # of two links made at once, one finds the other
    before = maps_in_scope(by).filter(person=person).first()
    if before and not instead:
        raise MapStandsError
    if before:
        copies_of(before).delete()
        before.delete()
        record_act(by.actor, "delete", subjects=[person], category="network map")
    token, map_key = new_secret(by.organisation), new_key()
    made = PersonMap(
        person_id=person, organisation_id=by.organisation, involvement=involvement, token=hash_of(token),
        made_at=working_moment(), made_by_id=by.user,
    )  # fmt: skip
    made.key_box = seal_map_key(token, key, map_key, made.id)
    made.box = seal_map(map_key, Drawn(), made.id, person, made.version)
    made.save(force_insert=True)
    record_act(by.actor, "make", subjects=[person], category=LINK)
    return token


@transaction.atomic
def renew_map_link(own: OpenMap) -> str:
    """Another secret for the same map, which nobody but its holder has seen. The link before opens nothing any more.

    Raises EditConflictError where the link was renewed meanwhile.
    """
    token = new_secret(own.row.organisation_id)
    box = seal_map_key(token, own.person_key, own.key, own.id)
    changed = PersonMap.objects.filter(id=own.id, token=own.row.token)
    if not changed.update(token=hash_of(token), key_box=box, own_secret=True):
        raise EditConflictError
    record_act(own.actor, "renew", subjects=[own.row.person_id], category=LINK)
    return token


# --- what is on it ---------------------------------------------------------------------------------------


def save_drawn(own: OpenMap, drawn: Drawn, *, version: int) -> OpenMap:
    """Save all of a map that was read as `version`. Raises EditConflictError where it was changed since then.

    Nothing is recorded: when somebody draws their own map is nobody's to know.
    """
    row = own.row
    box = seal_map(own.key, drawn, row.id, row.person_id, version + 1)
    stands = PersonMap.objects.filter(id=row.id, token=row.token, version=version)
    if not stands.update(box=box, version=version + 1):
        raise EditConflictError
    changed = PersonMap.objects.get(id=row.id)
    return replace(own, row=changed)


# --- shown by choice -------------------------------------------------------------------------------------


@transaction.atomic
def share_map(own: OpenMap, *, until: date | None, on: date) -> None:
    """Show the map as it is now to those who accompany the person, until a day; None until it is ended.

    What was shown before is replaced. Raises NobodyToShowError.
    """
    row = own.row
    if not accompanies_still(row, on):
        raise NobodyToShowError
    copies_of(row).delete()
    copy = SharedMap(
        person_id=row.person_id, organisation_id=row.organisation_id, involvement_id=row.involvement_id,
        written_at=working_moment(), written_by_id=row.made_by_id, until=until,
    )  # fmt: skip
    shown = replace(drawn_on(own), removed=None)  # whom somebody took off is not shown either
    copy.box = seal_record(copy, own.person_key, drawn_content(shown))
    copy.save(force_insert=True)
    record_act(own.actor, "share", subjects=[row.person_id], category=SharedMap.category)


@transaction.atomic
def stop_sharing(own: OpenMap) -> None:
    """From now on nobody but the person sees the map."""
    if copies_of(own.row).delete()[0]:
        record_act(own.actor, "stop sharing", subjects=[own.row.person_id], category=SharedMap.category)


@transaction.atomic
def forget_shared_maps(*, on: date) -> int:
    """Delete the copies whose time is over, or that nobody may look at any more. Returns how many. For the system."""
    over = Q(until__lt=on) | ~Q(involvement__in=Involvement.objects.filter(in_force(on)))
    return SharedMap.objects.filter(over).delete()[0]
