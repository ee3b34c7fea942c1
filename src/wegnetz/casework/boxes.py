"""Where the boxes of letters and documents belong."""

from __future__ import annotations

from uuid import UUID

from wegnetz.core.boxes import Place


def referral_place(referral: UUID, person: UUID, organisation: UUID, recipient: UUID) -> Place:
    return Place("referral", referral, (person, organisation, recipient), 8192)


def referral_step_place(step: UUID, referral: UUID, organisation: UUID, status: str) -> Place:
    return Place("referral-step", step, (referral, organisation, status), 1024)


def content_context(document: UUID, person: UUID, organisation: UUID) -> str:
    """What the bytes of a document are bound to."""
    return f"document-content|{document}|{person}|{organisation}"
