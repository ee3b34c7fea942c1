"""What a person likes, which offers suit them and why, and how introductions go."""

from __future__ import annotations

from wegnetz.network.selectors.introductions import (
    introduction_of,
    introductions_of,
    put_away_introductions,
)
from wegnetz.network.selectors.links import LinkGoneError, OpenLink, at_places, has_page, link_of, may_link, open_link
from wegnetz.network.selectors.place_pages import Announced, announced, told_by_places
from wegnetz.network.selectors.suggestions import Suggestion, interests_of, suggestions, why

__all__ = [
    "Announced",
    "LinkGoneError",
    "OpenLink",
    "Suggestion",
    "announced",
    "at_places",
    "has_page",
    "interests_of",
    "introduction_of",
    "introductions_of",
    "link_of",
    "may_link",
    "open_link",
    "put_away_introductions",
    "suggestions",
    "told_by_places",
    "why",
]
