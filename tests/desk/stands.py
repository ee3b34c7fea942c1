"""What the screens of the directory are about: contact points with an offer, as addresses name them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.directory.places import CHOIR, a_point
from tests.people import CANARY_A, CANARY_B, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.directory.services import give_to, save_offer, save_point


@dataclass(frozen=True)
class Stand:
    """A contact point and something that takes place there."""

    id: UUID
    offer: UUID


def stands(cast: Cast) -> dict[str, Stand]:
    """A's own, B's own, one that belongs to nobody in particular, and one that does not exist."""
    steering = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    return {
        "of A": _stand(f"Haus {CANARY_A}", steering, cast.ilka.viewer.organisation),
        "of B": _stand(f"Haus {CANARY_B}", steering, cast.bea.viewer.organisation),
        "nobody's": _stand("Haus", steering, None),
        "nobody": Stand(uuid4(), uuid4()),
    }


def _stand(name: str, by: Viewer, owner: UUID | None) -> Stand:
    point = save_point(None, a_point(name=name), by=by)
    offer = save_offer(point, None, CHOIR, by=by)
    give_to(point, owner, by=by)  # the second version, whoever is to keep it
    return Stand(point, offer)
