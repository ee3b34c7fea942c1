"""What a person likes, which offers suit them and why, and how introductions go."""

from __future__ import annotations

from wegnetz.network.selectors.introductions import (
    introduction_of,
    introductions_of,
    put_away_introductions,
)
from wegnetz.network.selectors.suggestions import Suggestion, interests_of, suggestions, why

__all__ = [
    "Suggestion",
    "interests_of",
    "introduction_of",
    "introductions_of",
    "put_away_introductions",
    "suggestions",
    "why",
]
