"""What languages are called in other languages."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return dict(locale.languages.items())


def language_name(code: str, language: str) -> str:
    """ "Arabisch" for "ar" in German. What has no name in that language has its code (both BCP 47)."""
    return _names(language).get(code.replace("-", "_")) or _names(language).get(code.partition("-")[0]) or code
