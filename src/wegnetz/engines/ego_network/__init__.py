"""A person's own network map and what can be counted on it.

Pure Python: no Django, no clock, no files.
"""

from wegnetz.engines.ego_network.measures import Measures, measures, without_professionals
from wegnetz.engines.ego_network.model import Alter, Horizon, NetworkMap, Sector, Support, Tie, Version

__all__ = [
    "Alter",
    "Horizon",
    "Measures",
    "NetworkMap",
    "Sector",
    "Support",
    "Tie",
    "Version",
    "measures",
    "without_professionals",
]
