"""How far the chains have come, and what witnesses it."""

from __future__ import annotations

import base64
from functools import reduce
from operator import or_
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from nacl.signing import SigningKey

from wegnetz.audit.chain.heads_file import last_line
from wegnetz.audit.chain.witness import Head
from wegnetz.audit.models import Event
from wegnetz.core.crypto import key_from_text


def organisations_with_events() -> list[UUID]:
    return list(Event.objects.order_by("organisation").values_list("organisation", flat=True).distinct())


def newest_heads() -> tuple[Head, ...]:
    """The newest event of each chain, in the order of the organisations."""
    newest = Event.objects.order_by("organisation").values_list("organisation").annotate(sequence=Max("sequence"))
    places = [Q(organisation=organisation, sequence=sequence) for organisation, sequence in newest]
    if not places:
        return ()
    heads = Event.objects.filter(reduce(or_, places)).order_by("organisation")
    return tuple(
        Head(organisation, sequence, bytes(link), at)
        for organisation, sequence, link, at in heads.values_list("organisation", "sequence", "link", "at")
        if at  # the newest event is never a forgotten one
    )


def signing_key() -> SigningKey:
    return SigningKey(key_from_text(settings.AUDIT_KEY))


def public_key() -> str:
    """What others check signed entries with: an Ed25519 key in base64."""
    return base64.b64encode(bytes(signing_key().verify_key)).decode()


def heads_path() -> Path:
    return Path(settings.WITNESS) / "heads.jsonl"


def latest_entry() -> str | None:
    """The last whole line of the file of heads."""
    line = last_line(heads_path())
    return None if line is None else line.decode(errors="backslashreplace")
