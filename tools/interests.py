"""Turn presets and sports of @openstreetmap/id-tagging-schema into concepts for personal interests.

Usage: npm pack @openstreetmap/id-tagging-schema@<version>; python tools/interests.py <the tarball>
After an upgrade: run again. It stops where a preset is neither taken nor left out in tools/interests.toml; decide, look
at the difference, and note the checksums it prints in vendor/SOURCES.md beside the file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wegnetz.engines.folding import fold

ROOT = Path(__file__).parents[1]
CHOICES = ROOT / "tools" / "interests.toml"
VENDOR = ROOT / "src/wegnetz/directory/interests/vendor"
LANGUAGES = ("de", "en", "fr", "nl", "tr", "uk", "ru", "pl", "ar", "fa")
# The first part of the presets of which every single one has to be taken or left out.
WHOLE_KINDS = ("leisure", "club", "craft", "education")
SPORT = "sport="
SCRIPTS = {"uk": "CYRILLIC", "ru": "CYRILLIC", "ar": "ARABIC", "fa": "ARABIC"}
SOFT_HYPHEN = "\u00ad"

Table = dict[str, Any]
# Language -> (the label, if there is one, and the synonyms).
Words = dict[str, tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Package:
    """What the tarball holds; `words` are language -> id of a preset or sport -> its name and terms."""

    name: str
    version: str
    sha256: str
    licence: str
    presets: frozenset[str]
    words: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]]


def read_package(path: Path) -> Package:
    with tarfile.open(path) as tar:

        def text(name: str) -> str:
            file = tar.extractfile(f"package/{name}")
            if file is None:
                raise SystemExit(f"{path} holds no {name}")
            return file.read().decode()

        about = json.loads(text("package.json"))
        presets = json.loads(text("dist/presets.json"))
        sports = json.loads(text("dist/fields.json"))["sport"]["options"]
        words = {
            language: dict(_words(json.loads(text(f"dist/translations/{language}.json"))[language]["presets"]))
            for language in LANGUAGES
        }
        named = [preset for preset in presets if preset in words["en"]]
        return Package(
            name=about["name"],
            version=about["version"],
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            licence=text("LICENSE.md"),
            presets=frozenset([*named, *(SPORT + sport for sport in sports)]),
            words=words,
        )


def _words(table: Table) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for preset, entry in table["presets"].items():
        terms = tuple(clean(term) for term in re.split("[,،;؛]", entry.get("terms") or ""))
        if entry.get("name"):
            yield preset, (clean(entry["name"]), terms)
    for sport, label in table["fields"]["sport"].get("options", {}).items():
        yield SPORT + sport, (clean(label if isinstance(label, str) else label["title"]), ())


def clean(term: str) -> str:
    """A term as it stands, without soft hyphens and needless spaces."""
    return " ".join(term.replace(SOFT_HYPHEN, "").split())


def faults(choices: Table, package: Package) -> Iterator[str]:
    """What stands against writing the file."""
    nodes = choices["groups"] | choices["concepts"]
    taken = {preset for node in nodes.values() for preset in (*node.get("from", ()), *node.get("also", ()))}
    left = [preset for entry in choices["left-out"] for preset in entry["presets"]]
    for preset in sorted(package.presets):
        whole = preset.startswith(SPORT) or preset.split("/")[0] in WHOLE_KINDS
        if whole and preset not in taken and preset not in left:
            yield f"{preset}: neither taken nor left out"
    for preset in sorted({*taken, *left} - package.presets):
        yield f"{preset}: not in the package"
    for preset in sorted(taken & set(left)):
        yield f"{preset}: taken and left out"
    for name, node in nodes.items():
        yield from (f"{name}: {parent} above it is unknown" for parent in node["in"] if parent not in nodes)
    yield from (f"{name}: a group and a concept" for name in choices["groups"].keys() & choices["concepts"].keys())
    yield from (f"{name}: without a picture" for name, node in nodes.items() if not node.get("icon"))


def words_of(node: Table, package: Package, refused: set[tuple[str, str]]) -> Words:
    """The label and the synonyms of a concept in every language that has any."""
    found: Words = {}
    for language in LANGUAGES:
        own, more = (
            [
                package.words[language].get(preset, ("", ()))
                for preset in node.get(key, ())
                if (language, preset) not in refused
            ]
            for key in ("from", "also")
        )
        names = [name for name, _ in own if fits(name, language)]
        label = names.pop(0) if names and not node.get("ours") else ""
        rest = [*names, *(term for _, terms in own for term in terms), *(name for name, _ in more)]
        seen = {fold(label), ""}
        synonyms = []
        for term in rest:
            if fits(term, language) and fold(term) not in seen:
                seen.add(fold(term))
                synonyms.append(term)
        if label or synonyms:
            found[language] = (label, synonyms)
    return found


def fits(term: str, language: str) -> bool:
    """Whether a term has at least one letter of the script of its language."""
    script = SCRIPTS.get(language, "LATIN")
    return any(unicodedata.name(char, "").startswith(script) for char in term)


def written(choices: Table, package: Package) -> str:
    """The file: a group in one line, a concept in one line for each language, so that a difference can be read."""
    refused = {(entry["language"], preset) for entry in choices["not-taken"] for preset in entry["presets"]}
    more = set(choices["pictures"]["more"])
    head = {
        "source": f"npm {package.name}",
        "version": package.version,
        "sha256": package.sha256,
        "licence": "ISC",
        "made_by": "tools/interests.py from tools/interests.toml",
    }
    groups = [{"id": name, "parents": node["in"], "icon": node["icon"]} for name, node in choices["groups"].items()]
    concepts = [
        _concept(name, node, words_of(node, package, refused)) for name, node in sorted(choices["concepts"].items())
    ]
    pictures = sorted({node["icon"] for kind in ("groups", "concepts") for node in choices[kind].values()} | more)
    lines = [f"{dumped(key)}: {dumped(value)}" for key, value in (head | {"pictures": pictures}).items()]
    lines.append('"groups": [\n' + ",\n".join(map(dumped, groups)) + "\n]")
    lines.append('"concepts": [\n' + ",\n".join(concepts) + "\n]")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _concept(name: str, node: Table, words: Words) -> str:
    about = {
        "id": name,
        "parents": node["in"],
        "icon": node["icon"],
        "from": [*node.get("from", ()), *node.get("also", ())],
    }
    lines = [
        f"  {dumped(language)}: {dumped({'label': label, 'synonyms': synonyms})}"
        for language, (label, synonyms) in words.items()
    ]
    spoken = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
    return f'{dumped(about)[:-1]}, "words": {spoken}}}'


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(tarball: Path) -> None:
    choices = tomllib.loads(CHOICES.read_text(encoding="utf-8"))
    package = read_package(tarball)
    if found := list(faults(choices, package)):
        raise SystemExit("\n".join(found))
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, text in (("interests.json", written(choices, package)), ("ID-TAGGING-LICENSE.md", package.licence)):
        (VENDOR / name).write_text(text, encoding="utf-8")
        print(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
