"""What languages are called: by themselves, and in the language of a page or a file."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

# Those in which participants read, by their own names.
OWN_NAMES: Mapping[str, str] = {
    "de": "Deutsch", "en": "English", "ar": "العربية", "prs": "دری", "fa": "فارسی", "fr": "Français", "ps": "پښتو",
    "ckb": "سۆرانی", "kmr": "Kurmancî", "ru": "Русский", "so": "Soomaali", "sq": "Shqip", "ti": "ትግርኛ",
    "am": "አማርኛ", "tr": "Türkçe", "uk": "Українська",
}  # fmt: skip

# Babel knows Kurmanji as Kurdish and Dari as Persian of Afghanistan; the English of the house reads 24 hours.
NAMED = {"kmr": "ku", "prs": "fa_AF"}
LOCALES = NAMED | {"en": "en_GB"}

# What those who speak them are asked for, where Babel says less or what nobody says.
CALLED: Mapping[str, Mapping[str, str]] = {
    "de": {"fa": "Persisch (Farsi)", "kmr": "Kurmandschi", "ckb": "Sorani"},
    "en": {"fa": "Persian (Farsi)", "kmr": "Kurmanji", "ckb": "Sorani"},
}


def locale_of(language: str | None) -> Locale:
    """German where nobody knows the language."""
    try:
        return Locale.parse(LOCALES.get(language or "", language or "de").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("de")


def language_name(code: str, language: str | None = None) -> str:
    """ "Arabisch" for "ar" in German; without a language in that of the page. The code where nobody knows it."""
    language = language or get_language() or "de"
    if called := CALLED.get(language, {}).get(code):
        return called
    names, known = locale_of(language).languages, NAMED.get(code, code).replace("-", "_")
    return str(names.get(known) or names.get(known.partition("_")[0], code))


def name_beside_own(code: str) -> str:
    """ "Arabisch · العربية": in the language of the page and in itself. Empty where nobody reads in it."""
    own = OWN_NAMES.get(code, "")
    name = language_name(code) if own else ""
    return own if name == own else f"{name} · {own}"
