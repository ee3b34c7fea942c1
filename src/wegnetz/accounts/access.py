"""The person at the desk, as every other package sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wegnetz.accounts.models import Role, User
from wegnetz.audit.services import Actor

__all__ = ["Role", "User", "Viewer"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone signed in, in one role of one organisation."""

    user: UUID
    name: str
    role: Role
    organisation: UUID
    organisation_name: str
    is_demo: bool

    @property
    def role_label(self) -> str:
        return str(self.role.label)

    @property
    def actor(self) -> Actor:
        return Actor(self.user, str(self.role), self.organisation)
