"""Which contact point suits whom, and why; the best introductions for a cohort, with the proof.

Pure Python: no Django, no clock, no files. `fit` answers for one pair, also "why not?"; `ranked` for one person;
`introduce` for a cohort under capacities, and `choices` for who changes by hand what it found.
"""

from wegnetz.engines.introductions.choices import Chosen, free_seats, next_possible, within_seats
from wegnetz.engines.introductions.cohort import CohortSizeError, introduce
from wegnetz.engines.introductions.fitting import closed_by, fit, ranked
from wegnetz.engines.introductions.model import Fit, Introductions, Offer, Person, Place, Reason, Unassigned, Went
from wegnetz.engines.introductions.returns import Group, seldom, with_neighbours
from wegnetz.engines.introductions.words import Code

__all__ = [
    "Chosen",
    "Code",
    "CohortSizeError",
    "Fit",
    "Group",
    "Introductions",
    "Offer",
    "Person",
    "Place",
    "Reason",
    "Unassigned",
    "Went",
    "closed_by",
    "fit",
    "free_seats",
    "introduce",
    "next_possible",
    "ranked",
    "seldom",
    "with_neighbours",
    "within_seats",
]
