"""Who sits with whom, over a whole series of evenings or tonight: new acquaintances for everybody, under rules.

Pure Python: no Django, no clock, no files.
"""

from wegnetz.engines.mixing.model import Broken, Chance, Contacts, Evenings, Mixed, Person, Rule, Seated, Session
from wegnetz.engines.mixing.series import mix, new_pairs_at_most, steps_for
from wegnetz.engines.mixing.tonight import MixedAnew, mix_anew

__all__ = [
    "Broken",
    "Chance",
    "Contacts",
    "Evenings",
    "Mixed",
    "MixedAnew",
    "Person",
    "Rule",
    "Seated",
    "Session",
    "mix",
    "mix_anew",
    "new_pairs_at_most",
    "steps_for",
]
