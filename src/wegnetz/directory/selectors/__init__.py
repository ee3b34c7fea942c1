"""Find contact points and offers, and what an import would do to them."""

from __future__ import annotations

from wegnetz.directory.selectors.plans import Plan, Planned, TwiceError, What, plan_import
from wegnetz.directory.selectors.points import (
    PointNotFoundError,
    Search,
    StoredOffer,
    StoredPoint,
    districts,
    find_offers,
    kept_point,
    kept_points,
    long_unconfirmed,
    open_point,
    places_to_confirm,
    point_of,
    points_to_check,
    same_place,
    spoken_languages,
    stored_point,
)

__all__ = [
    "Plan",
    "Planned",
    "PointNotFoundError",
    "Search",
    "StoredOffer",
    "StoredPoint",
    "TwiceError",
    "What",
    "districts",
    "find_offers",
    "kept_point",
    "kept_points",
    "long_unconfirmed",
    "open_point",
    "places_to_confirm",
    "plan_import",
    "point_of",
    "points_to_check",
    "same_place",
    "spoken_languages",
    "stored_point",
]
