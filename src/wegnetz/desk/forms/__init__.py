"""What staff type, cleaned into what services take. One module for each area of the desk."""

from __future__ import annotations

from wegnetz.desk.forms.people import (
    CHANNEL_LABELS,
    PROVENANCE_LABELS,
    FactForm,
    GroundForm,
    PersonForm,
    SingleCaseForm,
    channel_choices,
    language_choices,
)

__all__ = [
    "CHANNEL_LABELS",
    "PROVENANCE_LABELS",
    "FactForm",
    "GroundForm",
    "PersonForm",
    "SingleCaseForm",
    "channel_choices",
    "language_choices",
]
