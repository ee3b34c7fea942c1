"""What must hold between the files of a pack. Each check yields faults; none stops the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from wegnetz.programme.pack.care import check_care, periods_of
from wegnetz.programme.pack.consents import bases_of, check_consents
from wegnetz.programme.pack.districts import check_districts
from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.examples import check_examples
from wegnetz.programme.pack.interests import check_interests
from wegnetz.programme.pack.model import Basis, Pack
from wegnetz.programme.pack.references import check_references
from wegnetz.programme.pack.texts import check_network_map, check_texts, text_at
from wegnetz.programme.pack.translations import check_translations
from wegnetz.programme.pack.versions import is_day
from wegnetz.rules.decisions import Block
from wegnetz.rules.parameters import Citation, Standing, Version, version_on


def check_pack(pack: Pack) -> Iterator[Fault]:
    """All that must hold between the files once each of them reads well."""
    yield from check_references(pack)
    yield from check_consents(pack)
    yield from check_care(pack)
    yield from check_interests(pack)
    yield from check_districts(pack)
    yield from _check_bases(pack)
    yield from _check_values(pack)
    yield from _check_spans(pack)
    for block in pack.rulebook.blocks:
        yield from _check_requirements(pack, block)
    yield from check_examples(pack)
    for language in pack.languages:
        yield from check_texts(pack, language)
    for language in pack.texts:
        yield from check_network_map(pack, language)
    yield from check_translations(pack)


def _bases(pack: Pack) -> Iterator[tuple[str, str, Citation, Standing, str]]:
    """Every statement with its file, place, source, standing and note."""

    def of(file: str, place: str, basis: Basis) -> tuple[str, str, Citation, Standing, str]:
        return file, place, basis.citation, basis.status, basis.note

    for file, place, version in dated_values(pack):
        yield file, place, version.citation, version.status, version.note
    for organisation in pack.organisations:
        yield of("programme.toml", f"organisations.{organisation.id}", organisation.basis)
    for entry in pack.retention:
        yield of("programme.toml", f"retention.{entry.id}", entry.basis)
    for i, priority in enumerate(pack.priorities):
        yield of("programme.toml", f"priorities[{i}]", priority.basis)
    for card in pack.cards.values():
        for i, remark in enumerate(card.remarks):
            yield of("blocks.toml", f"{card.id}.remarks[{i}]", remark.basis)
    yield from (of("consents.toml", place, basis) for place, basis in bases_of(pack))
    yield from (of("care.toml", name, basis) for name, basis in pack.care.bases.items())
    yield from (of("interests.toml", name, interest.basis) for name, interest in pack.interests.items())


def dated_values(pack: Pack) -> Iterator[tuple[str, str, Version]]:
    """Every dated value of the pack with its file and place."""
    for initiative in pack.initiatives:
        yield "programme.toml", f"initiatives.{initiative.id}.start", initiative.start
    for block in pack.rulebook.blocks:
        yield "blocks.toml", f"{block.id}.start", block.start
    for file, place, versions in _series(pack):
        yield from ((file, f"{place}[{i}]", version) for i, version in enumerate(versions))


def _series(pack: Pack) -> Iterator[tuple[str, str, Sequence[Version]]]:
    """Every list of versions with its file and place."""
    for initiative in pack.initiatives:
        yield "programme.toml", f"initiatives.{initiative.id}.end", initiative.ends
    for criterion in pack.rulebook.criteria:
        yield "criteria.toml", f"{criterion.id}.versions", criterion.versions
    for block in pack.rulebook.blocks:
        yield "blocks.toml", f"{block.id}.end", block.ends
    for rate in pack.rates:
        yield "rates.toml", f"{rate.id}.versions", rate.versions
    for purpose in pack.purposes.values():
        yield "consents.toml", f"purposes.{purpose.id}.versions", purpose.versions
    yield from (("care.toml", name, versions) for name, versions in periods_of(pack.care))


def _check_bases(pack: Pack) -> Iterator[Fault]:
    for file, place, citation, status, note in _bases(pack):
        if citation.source not in pack.sources:
            yield Fault(file, f"{place}.source", shown(citation.source), "an id of sources.toml")
        if status is Standing.UNCONFIRMED and not note:
            yield Fault(file, f"{place}.note", "nothing", "a note saying what is unconfirmed")
        for language in pack.languages:
            if note and not text_at(pack.texts, language, "notes", note):
                yield Fault(f"texts/{language}/notes.toml", note, "nothing", "a sentence")


def _check_values(pack: Pack) -> Iterator[Fault]:
    for file, place, version in dated_values(pack):
        if version.repealed and version.value is not None:
            yield Fault(file, f"{place}.value", shown(version.value), "no value, since it is repealed")
        if file == "rates.toml" and not version.repealed and _lacks_value(version):
            yield Fault(file, f"{place}.value", "nothing", 'a value, or status = "unconfirmed"')
        for language in pack.languages:
            if version.unit and not text_at(pack.texts, language, "units", version.unit):
                yield Fault(f"texts/{language}/units.toml", version.unit, "nothing", "the unit in words")


def _lacks_value(version: Version) -> bool:
    """Whether nothing is said although nothing is unconfirmed."""
    return version.value is None and version.status is Standing.CONFIRMED


def _check_spans(pack: Pack) -> Iterator[Fault]:
    spans = [("programme.toml", f"initiatives.{i.id}", i.start, i.ends) for i in pack.initiatives]
    spans += [("blocks.toml", block.id, block.start, block.ends) for block in pack.rulebook.blocks]
    for file, place, start, ends in spans:
        if not is_day(start.value):
            yield Fault(file, f"{place}.start.value", shown(start.value), "a day")
            continue
        for i, end in enumerate(ends):
            yield from _check_end(file, f"{place}.end[{i}]", end, start.value)
    series = [(file, place, ends) for file, place, _, ends in spans]
    series += [("rates.toml", rate.id, rate.versions) for rate in pack.rates]
    for file, place, versions in series:
        if not versions or any(later.since <= earlier.since for earlier, later in pairwise(versions)):
            yield Fault(file, place, "versions out of order, or none", "each day once, in order")


def _check_end(file: str, place: str, end: Version, start: date) -> Iterator[Fault]:
    """An end may be unknown for a while, but is never repealed: then nobody could say until when it runs."""
    if end.repealed:
        expected = 'a last day, or no value with status = "unconfirmed"'
        yield Fault(file, f"{place}.repealed", "true", expected)
    elif _lacks_value(end):
        yield Fault(file, f"{place}.value", "nothing", 'a day after the start, or status = "unconfirmed"')
    elif end.value is not None and (not is_day(end.value) or end.value < start):
        yield Fault(file, f"{place}.value", shown(end.value), "a day after the start")


def _check_requirements(pack: Pack, block: Block) -> Iterator[Fault]:
    """A decision leaves out criteria that do not hold, so each must hold on the block's first day."""
    first = block.start.value
    criteria = {criterion.id: criterion for criterion in pack.rulebook.criteria}
    for i, requirement in enumerate(block.requirements):
        versions = criteria[requirement.criterion].versions
        if is_day(first) and version_on(versions, first) is None:
            since = versions[0].since
            found = f"{requirement.criterion}, " + (f"from {since}" if since > first else "repealed")
            expected = f"a criterion that holds on {first}, the first day of the block"
            yield Fault("blocks.toml", f"{block.id}.requirements[{i}].criterion", found, expected)


def unconfirmed(pack: Pack) -> Iterator[tuple[str, str, Citation, str]]:
    """Every statement that still waits to be confirmed: file, place, source, note."""
    for file, place, citation, status, note in _bases(pack):
        if status is Standing.UNCONFIRMED:
            yield file, place, citation, note
