"""An offer as the screens of introductions show it: what it is called, why it suits, why it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.core.languages import language_name
from wegnetz.directory import entries
from wegnetz.directory.selectors.interests import Interests
from wegnetz.directory.selectors.points import StoredOffer, StoredPoint
from wegnetz.directory.selectors.words import said, when
from wegnetz.engines.introductions import Code, Fit, Reason
from wegnetz.network.selectors import Suggestion, everything
from wegnetz.network.services import ClosedError
from wegnetz.network.words import sentence
from wegnetz.participants.selectors import PersonNotFoundError


def suited_line(each: Suggestion, known: Interests, going: frozenset[UUID]) -> dict[str, Any]:
    """Whoever wants to go somewhere may, whatever else they said they like: only what closes an offer is in the way."""
    noted = {"begun": each.offer.id in going, "may_note": not each.fit.closed}
    return offer_line(each.offer, each.point) | reasons_line(each.fit, known) | noted


def offer_line(offer: StoredOffer, point: StoredPoint) -> dict[str, Any]:
    language = get_language() or "de"
    return {
        "id": offer.id, "title": said(offer.offer.wording, entries.TITLE, language),
        "place": said(point.point.wording, entries.NAME, language), "district": point.point.address.district,
        "when": when(offer.offer.hours, on=working_day()), "seats": offer.offer.capacity, "point": point.id,
    }  # fmt: skip


def reasons_line(fit: Fit, known: Interests) -> dict[str, Any]:
    return {
        "possible": fit.possible, "for": _sentences(fit, known, asking=False),
        "ask": _sentences(fit, known, asking=True), "against": [worded(reason, known) for reason in fit.against],
    }  # fmt: skip


def _sentences(fit: Fit, known: Interests, *, asking: bool) -> list[str]:
    return [worded(reason, known) for reason in fit.reasons if (reason in fit.ask) is asking]


def worded(reason: Reason, known: Interests) -> str:
    language = get_language() or "de"
    about = known.label(reason.about, language).text if reason.about in known.taxonomy else reason.about
    about = ", ".join(map(language_name, about.split(", "))) if "language" in reason.code else about
    return sentence(Reason(reason.code, reason.points, about), language)


def refusal(error: DomainError, known: Interests) -> list[str]:
    """Why an offer was not noted, in sentences."""
    if isinstance(error, ClosedError):
        return [worded(reason, known) for reason in error.against]
    if isinstance(error, PersonNotFoundError):
        return [_("Das Angebot oder die Person ist nicht mehr da.")]
    return [worded(Reason(Code.BEGUN), known)]


def named(offers: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """What offers are called, also those that are gone by now."""
    by_id, _reckoned = everything()
    return {each: _named(*by_id[str(each)]) if str(each) in by_id else _gone() for each in offers}


def _named(offer: StoredOffer, point: StoredPoint) -> dict[str, Any]:
    language = get_language() or "de"
    return {
        "title": said(offer.offer.wording, entries.TITLE, language).text,
        "place": said(point.point.wording, entries.NAME, language).text, "id": offer.id,
    }  # fmt: skip


def _gone() -> dict[str, Any]:
    return {"title": _("nicht mehr im Verzeichnis"), "place": "", "id": None}
