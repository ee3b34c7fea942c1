"""Fill an empty installation with synthetic people, sealed and audited as the services do it, but in bulk."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import batched_ as batched
from pathlib import Path
from random import Random
from uuid import UUID, uuid4
