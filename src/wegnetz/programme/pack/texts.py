"""The words of a pack: complete in every language of the staff, with placeholders that can be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

from wegnetz.engines.ego_network import Horizon, Sector
from wegnetz.programme.pack.care import LISTS, ids_of
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.model import Pack, Texts
from wegnetz.programme.pack.rates import words_of

PLACEHOLDERS = frozenset({"fact", "value", "youngest", "oldest", "age"})
# What stands on a printed plan beside the person's own words.
PLAN_LABELS = (
    "plan", "goals", "goal", "step", "task", "next-step", "who", "until", "done", "open", "you", "case-manager",
    "coach", "area", "review-on", "as-of", "contact", "yours", "ask", "german-only", "machine-translated",
)  # fmt: skip

# What may be called otherwise on the map of a person's own network, and how long a name is that fits on a phone.
NETWORK_MAP = {"sectors": tuple(map(str, Sector)), "rings": tuple(map(str, Horizon))}
LONGEST_ON_A_MAP = 24

Path = tuple[str, ...]


def text_at(texts: Texts, language: str, file: str, *path: str) -> str:
    """A text of one language, or an empty string."""
    node: Any = texts.get(language, {}).get(file, {})
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def check_texts(pack: Pack, language: str) -> Iterator[Fault]:
    """Every text exists in the language."""
    for file, path in (*_of_rules(pack), *texts_of_case_work(pack)):
        found, place = text_at(pack.texts, language, file, *path), ".".join(path)
        if not found.strip():
            yield Fault(f"texts/{language}/{file}.toml", place, "nothing", "a text")
        elif file == "criteria":
            yield from check_placeholders(f"texts/{language}/{file}.toml", place, found, PLACEHOLDERS)


def check_network_map(pack: Pack, language: str) -> Iterator[Fault]:
    """A programme may call sectors and rings of the network map otherwise; it cannot add any."""
    file = f"texts/{language}/network_map.toml"
    given = pack.texts.get(language, {}).get("network_map", {})
    for group, names in given.items():
        known = NETWORK_MAP.get(group)
        if known is None or not isinstance(names, dict):
            yield Fault(file, group, "a group the format does not know", f"one of {', '.join(NETWORK_MAP)}")
            continue
        for name, text in names.items():
            if name not in known:
                yield Fault(file, f"{group}.{name}", "a name the format does not know", f"one of {', '.join(known)}")
            elif not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_ON_A_MAP:
                yield Fault(file, f"{group}.{name}", repr(text)[:60], f"a text of 1 to {LONGEST_ON_A_MAP} characters")


def _of_rules(pack: Pack) -> Iterator[tuple[str, Path]]:
    yield from (("programme", path) for path in _of_programme(pack))
    for name, fact in pack.facts.items():
        yield from (("facts", (name, key)) for key in ("label", "question", "why"))
        yield from (("facts", (name, "choices", choice)) for choice in fact.choices)
    for criterion in pack.rulebook.criteria:
        yield from (("criteria", (criterion.id, key)) for key in ("title", "met", "not-met", "unknown"))
    for card in pack.cards.values():
        yield from (("blocks", (card.id, key)) for key in ("name", "summary"))
        yield from (("blocks", (card.id, "remarks", remark.id)) for remark in card.remarks)
    for rate in pack.rates:
        yield "rates", (rate.id, "name")
        yield from (("rates", (rate.id, "values", word)) for word in words_of(rate))


def _of_programme(pack: Pack) -> Iterator[Path]:
    yield from (("name",), ("summary",))
    for initiative in pack.initiatives:
        yield from (("initiatives", initiative.id, key) for key in ("name", "summary"))
    groups: dict[str, Iterable[str]] = {
        "organisations": (organisation.id for organisation in pack.organisations),
        "retention": (entry.id for entry in pack.retention),
        "priorities": (priority.id for priority in pack.priorities),
    }
    yield from ((group, name) for group, names in groups.items() for name in names)


def texts_of_case_work(pack: Pack) -> Iterator[tuple[str, Path]]:
    """The file and path of every text that the work with a person needs."""
    groups: dict[str, Iterable[str]] = {
        "functions": pack.functions, "purposes": pack.purposes, "duties": pack.duties,
    }  # fmt: skip
    yield from (("consents", (group, name, "name")) for group, names in groups.items() for name in names)
    for wording in wordings(pack):
        yield from (("consents", (*wording, part)) for part in ("title", "text"))
    yield from (("care", (name, entry)) for name in LISTS for entry in ids_of(pack.care, name))
    yield from (("plan", (label,)) for label in PLAN_LABELS)
    yield from (("plan", ("areas", area)) for area in pack.care.areas)


def wordings(pack: Pack) -> Iterator[Path]:
    """Where each wording of each purpose stands in consents.toml of a language."""
    for purpose in pack.purposes.values():
        yield from (("purposes", purpose.id, str(version.value)) for version in purpose.versions)


def check_placeholders(file: str, place: str, text: str, allowed: frozenset[str]) -> Iterator[Fault]:
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        yield Fault(file, place, str(error), "placeholders such as {value}")
        return
    for _, name, form, conversion in fields:
        if name not in allowed or form or conversion:
            full = f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
            expected = "one of {" + "}, {".join(sorted(allowed)) + "}" if allowed else "no placeholder"
            yield Fault(file, place, "{" + full + "}", expected)
