"""What is said beside everything that is given away: where it comes from and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from wegnetz.core.days import working_moment
from wegnetz.directory.exporting.edition import Credit, Edition
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.points import StoredPoint


def edition(address: str, language: str, points: Iterable[StoredPoint]) -> Edition:
    """An edition of these contact points in a language. Each source is named with its licence.

    `address` is where this installation is asked, for one that was not told its own. A licence holds for the whole
    only where all of it has the same one.
    """
    points = tuple(points)
    credited = {str(point.id): Credit(point.attribution, point.licence) for point in points}
    named = dict.fromkeys(_named(credit) for credit in credited.values() if credit.attribution)
    licences = {credit.licence for credit in credited.values()}
    base = settings.ADDRESS or address.rstrip("/")
    return Edition(
        language, f"{base}/{language}/orte", "; ".join(named), licences.pop() if len(licences) == 1 else "",
        working_moment(), interests().taxonomy, credited,
    )  # fmt: skip


def _named(credit: Credit) -> str:
    return f"{credit.attribution} ({credit.licence})" if credit.licence else credit.attribution
