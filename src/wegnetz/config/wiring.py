"""Who listens to what. News that must go up the layers passes through this one table."""

from __future__ import annotations

from wegnetz.core.events import Wiring
from wegnetz.participants.services import note_rule_changes
from wegnetz.programme.services import PackPutInForce

WIRING: Wiring = {
    PackPutInForce: (note_rule_changes,),
}
