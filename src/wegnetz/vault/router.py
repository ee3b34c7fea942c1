"""Sends the vault's tables to the keystore database, and everything else away from it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

KEYSTORE = "keystore"


class KeystoreRouter:
    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return KEYSTORE if model._meta.app_label == "vault" else None

    db_for_write = db_for_read

    def allow_relation(self, left: Model, right: Model, **_hints: Any) -> bool | None:
        vaulted = {left._meta.app_label == "vault", right._meta.app_label == "vault"}
        return None if vaulted == {False} else vaulted == {True}

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return (app_label == "vault") == (db == KEYSTORE)
