"""What a person writes into a cell, in German or English, as a value. What cannot be read is said and left out.

Every function takes the text and `say`, and returns the empty value of its kind where the text says nothing it knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from urllib.parse import urlsplit

from babel import Locale
from babel.core import get_global

from wegnetz.directory.entries import ends_too_early
from wegnetz.directory.importing.cleaning import clean, is_hostile, mended
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.readable import plain_text
from wegnetz.directory.interests.taxonomy import Taxonomy
from wegnetz.engines.folding import fold

LONGEST_LINE, LONGEST_TEXT = 200, 10_000
OLDEST, MOST_SEATS, MOST_CENTS = 130, 100_000, 10_000_00

YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "1", "x", "✓", "✔"})
NO = frozenset({"nein", "n", "no", "false", "falsch", "0", "✗"})
UNKNOWN = frozenset({"", "?", "-", "–", "unbekannt", "unknown", "k. a.", "k.a.", "n/a", "keine angabe"})
FREE = frozenset(
    {"kostenlos", "kostenfrei", "gratis", "frei", "umsonst", "eintritt frei", "keine", "free", "free of charge", "none"}
)
PRICE = re.compile(r"(?:€|eur|euro)?\s*([0-9]{1,5})(?:[.,]([0-9]{1,2}|-|–))?\s*(?:€|eur|euro|,-)?", re.IGNORECASE)
AGE = re.compile(r"(?:ab|from|bis|to|up to)?\s*([0-9]{1,3})\s*(?:j\.?|jahren?|years?|\+)?", re.IGNORECASE)
SPAN = re.compile(r"([0-9]{1,3})\s*(?:-|–|—|bis|to)\s*([0-9]{1,3})\s*(?:j\.?|jahren?|years?)?", re.IGNORECASE)
YOUNGEST = re.compile(r"(?:(?:ab|from)\s*([0-9]{1,3})|([0-9]{1,3})\s*\+)\s*(?:j\.?|jahren?|years?)?", re.IGNORECASE)
OLDEST_SAID = re.compile(r"(?:bis|to|up to)\s*([0-9]{1,3})\s*(?:j\.?|jahren?|years?)?", re.IGNORECASE)
WHOLE = re.compile(r"([0-9]{1,7})(?:[.,]0+)?")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*((?:20)?[0-9]{2})")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]{1,64}@[^\s@<>(),;:\"\[\]\\]{1,190}\.[^\W\d_]{2,24}")
PHONE = re.compile(r"\+?[0-9(][0-9 ()/.\-–]{2,38}(?:\s?(?:ext\.?|-|Durchwahl)\s?[0-9]{1,6})?")
WEB = re.compile(r"(?:^|(?<=[\s(]))https?://[^\s<>\"]{3,500}", re.IGNORECASE)
BARE_WEB = re.compile(r"(?:^|(?<=[\s(]))www\.[^\s<>\"/@]{1,200}\.[^\W\d_]{2,24}(?:/[^\s<>\"]{0,300})?", re.IGNORECASE)
LISTED = re.compile(r"[,;/|\n]|\s+und\s+|\s+and\s+")
MARK_UP = re.compile(
    r"</?(?:[abipu]|br|em|h[1-6]|li|ol|ul|div|img|span|strong|table|script|iframe|svg)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
BOTH = re.compile(r"([^()]+)\(([^()]+)\)")
TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2}", re.IGNORECASE)
NO_LANGUAGES = frozenset({"root", "und", "mul", "mis", "zxx"})
# As people say them where Unicode's names are longer.
ALSO_CALLED: Mapping[str, str] = {
    "farsi": "fa", "dari": "prs", "kurdisch": "ku", "kurmandschi": "kmr", "kurmanci": "kmr", "sorani": "ckb",
    "kurdish": "ku", "kurmanji": "kmr", "tigrinja": "ti", "tigrigna": "ti", "bulgarian": "bg", "romani": "rom",
    "mandarin": "zh", "paschto": "ps", "pashto": "ps", "serbokroatisch": "sh",
}  # fmt: skip


def line(text: str, say: Say, longest: int = LONGEST_LINE) -> str:
    """Text in one line."""
    return " ".join(prose(text, say, longest).split())


def prose(text: str, say: Say, longest: int = LONGEST_TEXT) -> str:
    """Text with its lines, without what is invisible, and cut where it never ends."""
    whole = mended(text)
    if whole != text:
        say(text, Expected.ENCODING, Effect.CHANGED)
    if MARK_UP.search(whole):
        say(text, Expected.PLAIN_TEXT, Effect.CHANGED)
        whole = plain_text(whole)
    if is_hostile(whole):
        say(text, Expected.PLAIN_TEXT, Effect.CHANGED)
    found = clean(whole)
    if len(found) > longest:
        say(found, Expected.SHORTER, Effect.CHANGED)
        return f"{found[: longest - 1].rstrip()}…"
    return found


def yes_or_no(text: str, say: Say) -> bool | None:
    word = text.strip().lower()
    if word in YES or word in NO:
        return word in YES
    if word not in UNKNOWN:
        say(text, Expected.YES_NO)
    return None


def age(text: str, say: Say) -> int | None:
    found = AGE.fullmatch(text.strip())
    if found and int(found[1]) <= OLDEST:
        return int(found[1])
    if text.strip().lower() not in UNKNOWN | {"alle", "all"}:
        say(text, Expected.AGE)
    return None


def ages(text: str, say: Say) -> tuple[int | None, int | None]:
    """ "12 bis 17", "ab 14", "18+", "bis 27": completed years, both included."""
    words = text.strip()
    if found := SPAN.fullmatch(words):
        youngest, oldest = int(found[1]), int(found[2])
        if youngest <= oldest <= OLDEST:
            return youngest, oldest
    elif (found := YOUNGEST.fullmatch(words)) and int(found[1] or found[2]) <= OLDEST:
        return int(found[1] or found[2]), None
    elif (found := OLDEST_SAID.fullmatch(words)) and int(found[1]) <= OLDEST:
        return None, int(found[1])
    if words.lower() not in UNKNOWN | {"alle", "all", "jedes alter", "any age"}:
        say(text, Expected.AGES)
    return None, None


def cents(text: str, say: Say) -> int | None:
    """ "5", "5,00 €", "EUR 2.50", "kostenlos"."""
    word = text.strip().lower()
    if word in FREE:
        return 0
    found = PRICE.fullmatch(word)
    if found:
        value = int(found[1]) * 100 + (int(found[2].ljust(2, "0")) if (found[2] or "-").isdigit() else 0)
        if value <= MOST_CENTS:
            return value
    if word not in UNKNOWN:
        say(text, Expected.PRICE)
    return None


def seats(text: str, say: Say) -> int | None:
    found = WHOLE.fullmatch(text.strip())
    if found and int(found[1]) <= MOST_SEATS:
        return int(found[1])
    if text.strip().lower() not in UNKNOWN:
        say(text, Expected.SEATS)
    return None


def day(text: str, say: Say) -> date | None:
    """ "3.10.2026" or "2026-10-03"."""
    words = text.strip()
    if found := GERMAN_DAY.fullmatch(words):
        parts = 2000 + int(found[3]) % 100, int(found[2]), int(found[1])
    elif found := ISO_DAY.fullmatch(words):
        parts = int(found[1]), int(found[2]), int(found[3])
    else:
        if words.lower() not in UNKNOWN:
            say(text, Expected.DATE)
        return None
    try:
        return date(*parts)
    except ValueError:
        say(text, Expected.DATE)
        return None


def moment(text: str, say: Say) -> datetime | None:
    """A day with its time and how far it is from UTC, as ISO 8601 writes it."""
    try:
        found = datetime.fromisoformat(text.strip())
        found.timestamp()
    except (ValueError, OverflowError):
        found = None
    if found is None or found.tzinfo is None:
        say(text, Expected.DATE)
        return None
    return found


def clock(text: str, say: Say) -> time | None:
    """ "16:00" and other ways of ISO 8601. Times of day are those of the place: how far they are from UTC changes with
    the season and is left away.
    """
    words = text.strip()
    try:
        return time.fromisoformat("00:00" if words.startswith("24:00") else words).replace(tzinfo=None, microsecond=0)
    except ValueError:
        say(text, Expected.TIME)
        return None


def end_behind(opens: time | None, closes: time | None, say: Say) -> time | None:
    """The end where it can be one."""
    if opens and closes and ends_too_early(opens, closes):
        say(f"{opens:%H:%M}-{closes:%H:%M}", Expected.LATER_END)
        return None
    return closes


def degrees(text: str, say: Say, most: int) -> float | None:
    """A latitude (`most` 90) or a longitude (180), with a point or a comma; close to 0 programs write 1e-07."""
    words = text.strip().removesuffix("°").replace(",", ".")
    try:
        found = float(words) if re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?(?:[eE]-[0-9]{1,2})?", words) else None
    except ValueError:
        found = None
    if found is not None and abs(found) <= most:
        return found
    if words:
        say(text, Expected.COORDINATE)
    return None


def email(text: str, say: Say) -> str:
    found = line(text, say).removeprefix("mailto:")
    if not found or EMAIL.fullmatch(found):
        return found
    say(text, Expected.EMAIL)
    return ""


def phone(text: str, say: Say) -> str:
    """As it was written: nobody knows better how it is dialled."""
    found = line(text, say).removeprefix("tel:").strip('"').strip()
    if not found or PHONE.fullmatch(found):
        return found
    say(text, Expected.PHONE)
    return ""


def website(text: str, say: Say) -> str:
    """An address of http or https; the first one, where words stand around it."""
    found = line(text, say, LONGEST_TEXT)
    if not found:
        return ""
    for pattern, before in ((WEB, ""), (BARE_WEB, "https://")):
        if said := pattern.search(found):
            address = said[0] if said[0] == found else said[0].rstrip(".,;:!)")
            if _is_web(before + address):
                if address != found:
                    say(text, Expected.WEBSITE, Effect.CHANGED)
                return before + address
    say(text, Expected.WEBSITE)
    return ""


def languages(text: str, say: Say) -> tuple[str, ...]:
    """Codes of BCP 47, from codes or names in German or English, in their own order."""
    found: dict[str, None] = {}
    for part in LISTED.split(text):
        name = part.strip(" .")
        if not name or name.lower() in UNKNOWN:
            continue
        if code := language(name):
            found[code] = None
        else:
            say(name, Expected.LANGUAGE)
    return tuple(found)


def language(name: str) -> str:
    """The code of one language, or nothing."""
    folded = fold(name.replace("_", "-"))
    if folded in ALSO_CALLED:
        return ALSO_CALLED[folded]
    if TAG.fullmatch(name):
        code, *parts = folded.split("-")
        if code := _codes().get(code, ""):
            return "-".join((code, *(part.upper() if len(part) == 2 else part.title() for part in parts)))
    if (found := BOTH.fullmatch(name)) and (narrower := language(found[2])):
        return narrower
    return _languages().get(folded, "")


class Interests:
    """Finds ids of interests by id, or by their words in German or English."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._by_word: dict[str, str] = {}
        named = [(each.id, each.terms.get(reader, ())) for each in taxonomy.concepts for reader in ("de", "en")]
        # Labels first, so that no synonym hides the label of another interest.
        for concept, words in (
            *((id_, terms[:1]) for id_, terms in named),
            *((id_, terms[1:]) for id_, terms in named),
        ):
            for word in words:
                self._by_word.setdefault(fold(word), concept)

    def __call__(self, text: str, say: Say) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for part in re.split(r"[,;|\n]", text):
            name = part.strip()
            if concept := name if name in self._taxonomy else self._by_word.get(fold(name)):
                found[concept] = None
            elif name:
                say(name, Expected.INTEREST)
        return tuple(found)

    def __contains__(self, concept: object) -> bool:
        return concept in self._taxonomy


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.username is None and (parts.port or 80) > 0
    except ValueError:
        return False


@cache
def _languages() -> Mapping[str, str]:
    """Folded name -> code; German names win where the two differ."""
    found: dict[str, str] = {}
    for reader in ("de", "en"):
        for code, name in sorted(Locale(reader).languages.items()):
            if "_" not in code and code not in NO_LANGUAGES:
                found.setdefault(fold(name), code)
    return found


@cache
def _codes() -> Mapping[str, str]:
    """Code -> code: each for itself, and those of three letters for the two that stand for the same."""
    known = set(_languages().values()) | set(ALSO_CALLED.values())
    aliases = get_global("language_aliases")
    shorter = {code: alias for code, alias in aliases.items() if len(code) == 3 and alias in known and len(alias) == 2}
    return shorter | {code: code for code in known}
