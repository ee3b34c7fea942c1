"""Which records come back to the start page, and into the mail in the morning, on the day that stands in them."""

from __future__ import annotations

from wegnetz.casework.selectors import FollowedUp
from wegnetz.network.models import Introduction

FOLLOWED_UP: tuple[FollowedUp, ...] = (FollowedUp("introduction", Introduction, "due_on"),)
