"""What changes in an entry of the directory, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.languages import language_name
from wegnetz.directory.entries.changes import Change, Path, hours_in
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.previews import Shown
from wegnetz.directory.selectors.words import day_of, price, when


def line(each: Shown) -> dict[str, Any]:
    """One entry of a preview: what is said before and after of each thing that changes, empty where nothing is; and
    what is said here and in the file of each thing that stays.
    """
    return {
        "title": each.title, "what": str(each.what), "is_offer": each.is_offer,
        "changes": _both(each.changes), "kept": _both(each.kept),
    }  # fmt: skip


def _both(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    return [
        (_named(change.path), _said(change.path, change.before), _said(change.path, change.after)) for change in changes
    ]


def _said(path: Path, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if value is None or value in ("", []):
        return ""
    return KINDS[path[-1]](value) if path[-1] in KINDS else str(value)


def _interests(value: list[str]) -> str:
    return ", ".join(interests().label(each, get_language() or "de").text for each in value)


# What is stored otherwise than people say it, by the name of its field.
KINDS: Mapping[str, Callable[[Any], str]] = {
    "hours": lambda value: "; ".join(when(hours_in(value))),
    "concepts": _interests,
    "languages": lambda value: ", ".join(map(language_name, value)),
    "cost_cents": price,
    "confirmed_on": lambda value: day_of(date.fromisoformat(value)),
}


def _named(path: Path) -> str:
    """What a part of an entry is called where changes are shown."""
    names = {
        "name": _("Name"), "title": _("Titel"), "description": _("Beschreibung"),
        "directions": _("Anfahrt"), "joining": _("So macht man mit"), "cost": _("Hinweis zum Preis"),
        "operator": _("Betrieben von"), "street": _("Straße"), "postcode": _("Postleitzahl"),
        "town": _("Ort"), "district": _("Stadtteil"), "country": _("Land"), "lat": _("Breitengrad"),
        "lon": _("Längengrad"), "email": _("E-Mail"), "phone": _("Telefon"),
        "website": _("Internetseite"), "accessible": _("Mit Rollstuhl erreichbar"),
        "hours": _("Zeiten"), "confirmed_on": _("Zuletzt bestätigt"), "closed": _("geschlossen"),
        "concepts": _("Interessen"), "languages": _("Sprachen"), "interpreter": _("Dolmetschen"),
        "age_from": _("Mindestalter"), "age_to": _("Höchstalter"),
        "cost_cents": _("Preis"), "women_only": _("Nur für Frauen"), "capacity": _("Plätze"),
    }  # fmt: skip
    name = names.get(path[-1], path[-1])
    if path[:2] == ("wording", "translations"):
        return f"{name} ({language_name(path[2])})"
    return f"{name} ({_('Kontakt')})" if path[0] == "contact" and path[-1] == "name" else name
