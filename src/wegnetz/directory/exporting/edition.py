"""What every export says beside its contact points: language, addresses, whose it is and what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from wegnetz.directory.entries import Contact, Offer, Point, State, Wording
from wegnetz.directory.interests.taxonomy import FALLBACK, Label, Taxonomy

_OTHERWISE = ("de", "en")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f\x7f/?#]+[^\s<>\"{}|\\^`\x00-\x1f\x7f]*", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+\.[^\s@<>\"(),:;\\]+")


class Said(NamedTuple):
    """A text, the language it is really in, and how far it can be relied on."""

    text: str
    language: str
    state: State


class Credit(NamedTuple):
    """Who has to be named, and under which licence. Empty for what was written here."""

    attribution: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One export in one language (BCP 47), made at an aware moment.

    `base` is the address of the public directory without a slash at its end; the page of a contact point lies below it
    under its key. `attribution` and `licence` are those of the whole, `credits` those of each contact point, by key.
    """

    language: str
    base: str
    attribution: str
    licence: str
    made_at: datetime
    taxonomy: Taxonomy
    credits: Mapping[str, Credit]

    def page(self, point: Point, offer: Offer | None = None) -> str:
        """The address of a contact point, or of the place on its page where an offer stands."""
        below = f"{self.base}/{quote(point.key, safe='')}"
        return f"{below}#{quote(offer.key, safe='')}" if offer else below

    def credit(self, point: Point) -> Credit:
        return self.credits.get(point.key, Credit())

    def label(self, concept: str) -> Label:
        """What an interest is called. One that was taken out of the taxonomy is called by its id."""
        return self.taxonomy[concept].label(self.language) if concept in self.taxonomy else Label(concept, "")

    def said(self, wording: Wording, field: str) -> Said | None:
        """A text in the language of the export, else in the nearest one that has it. None if nobody said it."""
        return said(wording, field, self.language)


def said(wording: Wording, field: str, language: str) -> Said | None:
    """The nearest languages are those of the interests; then the one it was written in, then any."""
    nearest = (language, *FALLBACK.get(language, _OTHERWISE), wording.language, *wording.translations)
    for found in nearest:
        translation = wording.translations.get(found)
        if translation and (text := translation.texts.get(field, "")):
            return Said(text, found, translation.state(wording.source))
    return None


def text_of(found: Said | None) -> str:
    return found.text if found else ""


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not said. False and 0 are said."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {})}


def web_address(contact: Contact) -> str:
    """The website as a URI that may stand in a link. Empty for whatever is none, such as "javascript:…"."""
    website = contact.website.strip()
    return quote(website, safe="%/:?#[]@!$&'()*+,;=~") if _WEB.fullmatch(website) else ""


def mail_address(contact: Contact) -> str:
    """The e-mail address, or nothing if it cannot be one."""
    return contact.email.strip() if _MAIL.fullmatch(contact.email.strip()) else ""
