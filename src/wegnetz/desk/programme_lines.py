"""The lines of the programme page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.criteria import Criterion, Kind
from wegnetz.rules.parameters import Standing, Version, version_on

ROLE_WORDS = {
    "steering": gettext_lazy("Steuerung"),
    "ministry": gettext_lazy("Ministerium"),
    "granting-authority": gettext_lazy("Bewilligungsbehörde"),
    "support": gettext_lazy("Fachliche Begleitung"),
    "case-management": gettext_lazy("Teilhabemanagement"),
    "coaching": gettext_lazy("Coaching"),
    "trauma-coaching": gettext_lazy("Trauma-Coaching"),
    "networking": gettext_lazy("Social Networking"),
    "workshops": gettext_lazy("Workshops"),
    "qualification": gettext_lazy("Qualifizierung"),
    "school": gettext_lazy("Schulabschluss"),
    "courses": gettext_lazy("Kurse"),
    "language-help": gettext_lazy("Sprachhilfe"),
    "library": gettext_lazy("Lernort"),
}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A dated value on the chosen day: in words, since when, by which source, and what is open about it."""

    name: str
    value: str
    since: date | None
    source: str
    unconfirmed: str
    versions: int = 1


@dataclass(frozen=True, slots=True)
class PeriodLine:
    number: int
    name: str
    summary: str
    start: date | None
    end: date | None
    running: bool
    unconfirmed: str


def _note(words: Wording, version: Version | None) -> str:
    if version is None or version.status is Standing.CONFIRMED:
        return ""
    return words.note(version.note)


def _dated(
    words: Wording, name: str, versions: tuple[Version, ...], day: date, *, fact: str = "", rate: str = ""
) -> DatedLine:
    version = version_on(versions, day)
    if version is None:
        return DatedLine(name, _("gilt an diesem Tag nicht"), None, "", "", len(versions))
    value = words.value(version.value, fact, rate)
    text = f"{value} {words.unit(version.unit)}".strip() if value else _("nicht bekannt")
    return DatedLine(name, text, version.since, words.source(version.citation), _note(words, version), len(versions))


def initiative_lines(words: Wording, day: date) -> list[PeriodLine]:
    found = []
    for initiative in words.pack.initiatives:
        end = version_on(initiative.ends, day) or initiative.ends[0]
        found.append(_period(words, 0, "initiatives", initiative.id, initiative.start, end, day))
    return found


def block_periods(words: Wording, day: date) -> list[PeriodLine]:
    found = []
    for block in words.pack.rulebook.blocks:
        end = version_on(block.ends, day) or block.ends[0]
        found.append(_period(words, words.pack.cards[block.id].number, "", block.id, block.start, end, day))
    return found


def _period(
    words: Wording, number: int, group: str, name: str, start: Version, end: Version, day: date
) -> PeriodLine:  # fmt: skip
    path = ("programme", group, name) if group else ("blocks", name)
    first = start.value if isinstance(start.value, date) else None
    last = end.value if isinstance(end.value, date) else None
    notes = dict.fromkeys(note for note in (_note(words, start), _note(words, end)) if note)
    return PeriodLine(
        number, words.text(*path, "name"), words.text(*path, "summary"), first, last,
        running=(first is None or first <= day) and (last is None or day <= last), unconfirmed=" ".join(notes),
    )  # fmt: skip


def rule_lines(words: Wording, day: date) -> list[DatedLine]:
    """Every rule that reads a question, with its parameter on the day."""
    return [_asked(words, criterion, day) for criterion in words.pack.rulebook.criteria if criterion.fact]


def _asked(words: Wording, criterion: Criterion, day: date) -> DatedLine:
    """A rule with the answers it asks for: without that word "no" could be read as "does not hold"."""
    line = _dated(words, words.criterion(criterion.id), criterion.versions, day, fact=criterion.fact)
    pattern = {
        Kind.FLAG: _("verlangte Antwort: %s"),
        Kind.ONE_OF: _("eine von: %s"),
        Kind.NONE_OF: _("jede außer: %s"),
    }.get(criterion.kind, "%s")
    return replace(line, value=pattern % line.value) if line.since else line


def rate_lines(words: Wording, day: date) -> list[DatedLine]:
    return [
        _dated(words, words.text("rates", rate.id, "name"), rate.versions, day, rate=rate.id)
        for rate in words.pack.rates
    ]


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    name: str
    roles: str
    text: str
    source: str
    unconfirmed: str


def organisation_lines(words: Wording) -> list[OrganisationLine]:
    return [
        OrganisationLine(
            organisation.name,
            ", ".join(str(ROLE_WORDS[role]) for role in organisation.roles),
            words.text("programme", "organisations", organisation.id),
            words.source(organisation.basis.citation),
            words.note(organisation.basis.note) if organisation.basis.status is Standing.UNCONFIRMED else "",
        )
        for organisation in words.pack.organisations
    ]


def unconfirmed_lines(words: Wording) -> list[tuple[str, str]]:
    """What still waits to be confirmed: the sentence about it and the source asked, each once."""
    pairs = ((words.note(note), words.source(citation)) for _file, _place, citation, note in unconfirmed(words.pack))
    return list(dict.fromkeys(pair for pair in pairs if pair[0]))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document values rest on. `reading` says how its content is known; `url` is empty or where it is found."""

    title: str
    locator: str
    published: date | None
    url: str
    reading: str


def source_lines(words: Wording) -> list[SourceLine]:
    reading = {
        "read": _("gelesen"),
        "secondary": _("nach anderen Quellen"),
        "memory": _("aus dem Gedächtnis, nachzulesen"),
    }
    return [
        SourceLine(s.title, s.locator, s.published, s.url if s.url.startswith("https://") else "", reading[s.reading])
        for s in words.pack.sources.values()
    ]
