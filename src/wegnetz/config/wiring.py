"""Who listens to what. News that must go up the layers passes through this one table."""

from __future__ import annotations

from wegnetz.accounts.services import RoleEnded, ShutOut
from wegnetz.casework.services import forget_feeds
from wegnetz.core.events import Wiring
from wegnetz.directory.services import HandedOn, ImportWaits
from wegnetz.directory.tasks import queue_import
from wegnetz.network.services import close_link_of_place, close_links, close_links_out_of_hand
from wegnetz.network.services.evening_links import close_evening_links, close_evening_links_out_of_hand
from wegnetz.participants.services import LeadPassed, LetGo, forget_proposal, note_rule_changes
from wegnetz.participants.tasks import queue_erasure, queue_notices
from wegnetz.programme.services import PackProposed, PackPutInForce, ProposalWithdrawn

WIRING: Wiring = {
    HandedOn: (close_link_of_place,),
    ImportWaits: (queue_import,),
    LeadPassed: (queue_notices,),
    LetGo: (queue_erasure,),
    PackProposed: (note_rule_changes,),
    PackPutInForce: (note_rule_changes,),
    ProposalWithdrawn: (forget_proposal,),
    RoleEnded: (close_links_out_of_hand, close_evening_links_out_of_hand),
    ShutOut: (forget_feeds, close_links, close_evening_links),
}
