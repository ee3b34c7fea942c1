"""What a person likes, which offers suit them and why, and how introductions go."""

from __future__ import annotations

from wegnetz.network.selectors.cohort import Cohort, introduced, open_cohort, people_with_interests
from wegnetz.network.selectors.gaps import (
    Missed,
    handed_on_lately,
    may_hand_on,
    missed_interests,
    missed_wishes,
    served,
    to_hand_on,
    wishes_to_hand_on,
)
from wegnetz.network.selectors.introductions import (
    any_introduction_deleted,
    deleted_introductions,
    introduction_of,
    introductions_of,
)
from wegnetz.network.selectors.links import (
    AtPlace,
    LinkGoneError,
    OpenLink,
    Page,
    at_places,
    link_of,
    may_link,
    open_link,
    page_of,
)
from wegnetz.network.selectors.place_pages import Announced, announced, told_by_places
from wegnetz.network.selectors.plans import Plan, Planned, Seats, best_plan, changed_plan, exchanged, nearest_closed
from wegnetz.network.selectors.suggestions import (
    Born,
    Suggestion,
    everything,
    interests_of,
    seldom_returned,
    suggestions,
    unserved,
    why,
)

__all__ = [
    "Announced",
    "AtPlace",
    "Born",
    "Cohort",
    "LinkGoneError",
    "Missed",
    "OpenLink",
    "Page",
    "Plan",
    "Planned",
    "Seats",
    "Suggestion",
    "announced",
    "any_introduction_deleted",
    "at_places",
    "best_plan",
    "changed_plan",
    "deleted_introductions",
    "everything",
    "exchanged",
    "handed_on_lately",
    "interests_of",
    "introduced",
    "introduction_of",
    "introductions_of",
    "link_of",
    "may_hand_on",
    "may_link",
    "missed_interests",
    "missed_wishes",
    "nearest_closed",
    "open_cohort",
    "open_link",
    "page_of",
    "people_with_interests",
    "seldom_returned",
    "served",
    "suggestions",
    "to_hand_on",
    "told_by_places",
    "unserved",
    "why",
    "wishes_to_hand_on",
]
