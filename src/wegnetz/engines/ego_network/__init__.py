"""A person's own network map, what can be counted on it, and what changed.

Pure Python: no Django, no clock, no files.
"""

from wegnetz.engines.ego_network.change import Change, Compared, Fate, NewTies, change, compared
from wegnetz.engines.ego_network.cohort import CohortChange, TooFewError, cohort_change
from wegnetz.engines.ego_network.measures import Measures, measures, without_professionals
from wegnetz.engines.ego_network.model import Alter, Horizon, NetworkMap, Sector, Support, Tie, Version

__all__ = [
    "Alter",
    "Change",
    "CohortChange",
    "Compared",
    "Fate",
    "Horizon",
    "Measures",
    "NetworkMap",
    "NewTies",
    "Sector",
    "Support",
    "Tie",
    "TooFewError",
    "Version",
    "change",
    "cohort_change",
    "compared",
    "measures",
    "without_professionals",
]
