"""What is for a contact point's own page, and what is on a person's own map: who opens it, and what is inside.

For places: two boxes, one in the other. The outer is sealed to the link's public key and says whom it is about; the
inner is sealed under that person's key and says by which name they come. Without the link nobody finds out who is
expected; without the person's key nobody learns a name, in backups neither.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from wegnetz.core.boxes import Place, Stored, open_json, seal_json
from wegnetz.core.crypto import derive_key, seal, seal_to, unseal, unseal_with
from wegnetz.engines.ego_network import Alter, Support, Tie, Version
from wegnetz.engines.ego_network.editing import Removed

_INNER_SIZE: Final = 1024
_OUTER_SIZE: Final = 4096
MAP_SIZE: Final = 16384


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an announcement is about, and the box inside it."""

    person: UUID
    introduction: UUID
    organisation: UUID
    inner: bytes


@dataclass(frozen=True, slots=True)
class Coming:
    """What the contact point reads: by which name somebody comes, to which offer, when, with us or alone."""

    called: str
    offer: UUID
    comes_on: date | None
    accompanied: bool | None
    note: str


def _key_of_link(token: str) -> bytes:
    """The key made of a link's secret. Nobody but its holder has it."""
    return derive_key(token.encode(), "key of a place's page")


def _place_of_private(link: UUID) -> str:
    return f"place-link|{link}"


def seal_private(token: str, private: bytes, link: UUID) -> bytes:
    return seal(_key_of_link(token), private, _place_of_private(link))


def open_private(token: str, box: Stored, link: UUID) -> bytes:
    """The private key of a link. Raises CannotOpenError."""
    return unseal(_key_of_link(token), bytes(box), _place_of_private(link))


def shelf_of(key: bytes, link: UUID) -> str:
    """Where a link's announcements lie. `key` is the installation's: the database alone knows no shelf's link."""
    return derive_key(key, f"shelf|{link}").hex()


def _outer_place(announcement: UUID, shelf: str) -> str:
    return f"announcement|{announcement}|{shelf}"


def _inner_place(announcement: UUID, whom: tuple[UUID, UUID, UUID]) -> Place:
    return Place("announced", announcement, whom, _INNER_SIZE)


def seal_announcement(
    public: Stored, key: bytes, announcement: UUID, shelf: str, whom: tuple[UUID, UUID, UUID], coming: Coming
) -> bytes:
    """`whom` is the person, the introduction and its organisation; `key` is the person's."""
    content = {
        "called": coming.called, "offer": str(coming.offer), "accompanied": coming.accompanied, "note": coming.note,
        "comes_on": coming.comes_on.isoformat() if coming.comes_on else None,
    }  # fmt: skip
    inner = seal_json(key, content, _inner_place(announcement, whom))
    outer = json.dumps({"whom": [*map(str, whom)], "inner": base64.b64encode(inner).decode()}).encode()
    return seal_to(bytes(public), outer, _outer_place(announcement, shelf), at_least=_OUTER_SIZE)


def open_outer(private: bytes, box: Stored, announcement: UUID, shelf: str) -> Whom:
    """Raises CannotOpenError for what was not sealed to this link, or was moved."""
    content = json.loads(unseal_with(private, bytes(box), _outer_place(announcement, shelf)))
    person, introduction, organisation = map(UUID, content["whom"])
    return Whom(person, introduction, organisation, base64.b64decode(content["inner"]))


def open_inner(key: bytes, announcement: UUID, whom: Whom) -> Coming:
    """Raises CannotOpenError for what was not sealed here under this person's key."""
    place = _inner_place(announcement, (whom.person, whom.introduction, whom.organisation))
    content: dict[str, Any] = open_json(key, whom.inner, place)
    comes_on = content["comes_on"]
    return Coming(
        content["called"], UUID(content["offer"]), date.fromisoformat(comes_on) if comes_on else None,
        content["accompanied"], content["note"],
    )  # fmt: skip


# --- the map of a person's own network -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything on somebody's map: its versions, the latest last, and whom they took off last, to bring them back."""

    versions: tuple[Version, ...] = ()
    removed: Removed | None = None


def seal_map_key(token: str, key: bytes, map_key: bytes, drawn: UUID) -> bytes:
    """The key of a map in two envelopes: the inner opens with the secret of the link, the outer with the person's key.

    So neither whoever has the database and the keys reads a map, nor whoever has kept a link when the key is gone.
    """
    inner = seal(_key_of_map_link(token), map_key, f"map-key|{drawn}")
    return seal(key, inner, f"map-key-of-a-person|{drawn}")


def open_map_key(token: str, key: bytes, box: Stored, drawn: UUID) -> bytes:
    """Raises CannotOpenError."""
    inner = unseal(key, bytes(box), f"map-key-of-a-person|{drawn}")
    return unseal(_key_of_map_link(token), inner, f"map-key|{drawn}")


def _key_of_map_link(token: str) -> bytes:
    return derive_key(token.encode(), "key of a map's page")


def _place_of_map(drawn: UUID, person: UUID, version: int) -> Place:
    return Place("network-map", drawn, (person, version), MAP_SIZE)


def seal_map(map_key: bytes, content: Drawn, drawn: UUID, person: UUID, version: int) -> bytes:
    return seal_json(map_key, drawn_content(content), _place_of_map(drawn, person, version))


def open_map(map_key: bytes, box: Stored, drawn: UUID, person: UUID, version: int) -> Drawn:
    """Raises CannotOpenError for what was moved, or is older than its row says."""
    return drawn_from(open_json(map_key, box, _place_of_map(drawn, person, version)))


def drawn_content(content: Drawn) -> dict[str, Any]:
    removed = content.removed
    return {
        "versions": [
            {
                "id": version.id, "title": version.title, "date": version.date,
                "alters": [*map(_alter_content, version.alters)], "ties": sorted(map(sorted, version.ties)),
            }
            for version in content.versions
        ],
        "removed": {"alter": _alter_content(removed.alter), "knew": list(removed.knew)} if removed else None,
    }  # fmt: skip


def drawn_from(content: dict[str, Any]) -> Drawn:
    removed = content["removed"]
    return Drawn(
        tuple(
            Version(
                each["id"], each["title"], each["date"], tuple(map(_alter_from, each["alters"])),
                frozenset(map(frozenset, each["ties"])),
            )
            for each in content["versions"]
        ),
        Removed(_alter_from(removed["alter"]), tuple(removed["knew"])) if removed else None,
    )  # fmt: skip


def _alter_content(alter: Alter) -> dict[str, Any]:
    return {
        "id": alter.id, "name": alter.name, "emoji": alter.emoji, "angle": alter.angle, "distance": alter.distance,
        "tie": int(alter.tie), "human": alter.human, "deceased": alter.deceased, "conflict": alter.conflict,
        "support": {str(kind): level for kind, level in alter.support.items()},
        "from_programme": alter.from_programme, "staff": alter.staff,
    }  # fmt: skip


def _alter_from(content: dict[str, Any]) -> Alter:
    support = {Support(kind): level for kind, level in content["support"].items()}
    return Alter(**content | {"tie": Tie(content["tie"]), "support": support})
