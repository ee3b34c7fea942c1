"""What the screens of the directory are about: contact points with an offer, as addresses name them.

Their names hold no marker: places are public, and so are the sources from which they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.directory.places import CHOIR, a_point
from tests.people import DAY, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.directory.services import ensure_source, give_to, hand_in, save_offer, save_point
from wegnetz.network.models import Gap


@dataclass(frozen=True)
class Stand:
    """A contact point, something that takes place there, a file that was handed in, and what is missing in the city."""

    id: UUID
    offer: UUID
    imported: UUID
    gap: UUID
    closed_gap: UUID


def stands(cast: Cast) -> dict[str, Stand]:
    """A's own, B's own, one that belongs to nobody in particular, and one that does not exist.

    The files of the first were handed in by who coordinates, all others by who steers.
    """
    steering, coordinator = (
        next(account.viewer for account in cast.colleagues if account.role is role)
        for role in (Role.STEERING, Role.NETWORK_COORDINATOR)
    )
    return {
        "of A": _stand("Haus am Anfang", steering, cast.ilka.viewer.organisation, coordinator),
        "of B": _stand("Haus am Bach", steering, cast.bea.viewer.organisation, steering),
        "nobody's": _stand("Haus", steering, None, steering),
        "nobody": Stand(uuid4(), uuid4(), uuid4(), uuid4(), uuid4()),
    }


def _stand(name: str, by: Viewer, owner: UUID | None, importer: Viewer) -> Stand:
    point = save_point(None, a_point(name=name), by=by)
    offer = save_offer(point, None, CHOIR, by=by)
    give_to(point, owner, by=by)  # the second version, whoever is to keep it
    source = ensure_source(name=name, kind="csv", attribution="", licence="", by=importer)
    imported = hand_in(source, [("de", b"Name;Ort\nHalle;Ost\n")], by=importer, on=DAY)
    gaps = (
        Gap.objects.create(
            wish=f"{kind} {name}", folded=f"{kind} {name}".casefold(), month=DAY.replace(day=1), state=kind
        )
        for kind in (Gap.OPEN, Gap.OFFERED)
    )
    return Stand(point, offer, imported, *(gap.id for gap in gaps))
