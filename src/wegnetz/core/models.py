"""The base of all tables that stand for something a person would name."""

from __future__ import annotations

import uuid

from django.db import models


class UUIDModel(models.Model):
    """A row known by a random id, so that an address tells nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
