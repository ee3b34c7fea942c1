"""Identifiers that stay the same from one export to the next, also where a source gives none of the right shape."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

from wegnetz.directory.entries import Offer, Point

# Fixed for ever: whoever reads our exports again and again knows our entries by what is derived from it.
NAMESPACE = UUID("6f0c2f0e-8b1d-5f4e-9a53-0d7f1f0a7c11")


def identifier(kind: str, *keys: str) -> str:
    """The UUID of a thing of some kind with these keys."""
    return str(uuid5(NAMESPACE, json.dumps([kind, *keys])))


def point_id(point: Point) -> str:
    return _own(point.key) or identifier("location", point.key)


def offer_id(point: Point, offer: Offer) -> str:
    return _own(offer.key) or identifier("service", point.key, offer.key)


def operator_id(point: Point) -> str:
    """The organisation that runs it; a contact point without one stands for itself."""
    return identifier("organization", point.operator) if point.operator else identifier("organization of", point.key)


def _own(key: str) -> str:
    """The key itself where it is a UUID as it is usually written."""
    try:
        own = str(UUID(key))
    except ValueError:
        return ""
    return own if own == key.lower() else ""
