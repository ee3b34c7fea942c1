"""Which contact point suits whom, and why; the best introductions for a cohort, with the proof.

Pure Python: no Django, no clock, no files. `fit` answers for one pair, also "why not?"; `ranked` for one person;
`introduce` for a cohort under capacities.
"""

from wegnetz.engines.introductions.cohort import CohortSizeError, introduce
from wegnetz.engines.introductions.fitting import fit, ranked
from wegnetz.engines.introductions.model import Fit, Introductions, Offer, Person, Place, Reason, Unassigned
from wegnetz.engines.introductions.words import Code

__all__ = [
    "Code",
    "CohortSizeError",
    "Fit",
    "Introductions",
    "Offer",
    "Person",
    "Place",
    "Reason",
    "Unassigned",
    "fit",
    "introduce",
    "ranked",
]
