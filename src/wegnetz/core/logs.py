"""The application's own log: what a line may not say."""

from __future__ import annotations

import logging
import re

# A part of an address that is long enough to be the secret of a link: of an invitation, a calendar or a new password.
# Django logs what it refuses with its address.
SECRET = re.compile(r"(?<=/)[\w-]{43,}")


class Line(logging.Formatter):
    """A line without the secrets that open something to whoever holds them."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub("***", super().format(record))
