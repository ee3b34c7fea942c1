"""Sessions that a copy of the database does not open: the key is stored as a hash, the content sealed."""

from __future__ import annotations

import base64
import json
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from wegnetz.core.crypto import CannotOpenError, derive_key, key_from_text, seal, unseal

_CONTEXT = "session"


def _stored(session_key: str | None) -> str:
    """What stands in the table for a key that only the browser holds; 40 characters, as the column has."""
    return blake2b((session_key or "").encode(), digest_size=20, person=b"wegnetz").hexdigest()


def _key() -> bytes:
    return derive_key(key_from_text(settings.MASTER_KEY), _CONTEXT)


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = self.model.objects.filter(session_key=_stored(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return bool(self.model.objects.filter(session_key=_stored(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        instance = super().create_model_instance(data)
        instance.session_key = _stored(instance.session_key)
        return instance

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=_stored(key)).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(seal(_key(), json.dumps(session_dict).encode(), _CONTEXT)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """The content, or nothing when it was altered or sealed under another master key."""
        try:
            content: dict[str, Any] = json.loads(unseal(_key(), base64.b64decode(session_data), _CONTEXT))
        except (CannotOpenError, ValueError):
            return {}
        return content
