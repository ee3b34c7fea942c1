"""The texts of a drawing in the language of now; where there are no settings, as on the command line, in German."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_bidi, gettext

from wegnetz.engines.ego_network import Horizon, Sector
from wegnetz.network.exporting.picture import Words


def words_of_now() -> Words:
    _ = gettext if settings.configured else str
    return Words(
        {
            Sector.FAMILY: _("Familie"), Sector.FRIENDS: _("Freundeskreis"),
            Sector.COLLEAGUES: _("Arbeit und Schule"), Sector.PROFESSIONALS: _("Fachleute"),
        },
        {Horizon.INNER: _("ganz nah"), Horizon.MIDDLE: _("nah"), Horizon.OUTER: _("weiter weg")},
        _("ich"),
        (
            _("durch das Programm"), _("arbeitet im Programm"), _("mehrere Arten von Kontakt"),
            _("gerade kein Kontakt"), _("Streit"),
        ),
        right_to_left=settings.configured and get_language_bidi(),
    )  # fmt: skip
