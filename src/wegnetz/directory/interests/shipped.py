"""The taxonomy that comes with Wegnetz, read once from the files beside this one."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

from wegnetz.directory.interests.taxonomy import Taxonomy, built

FOLDER = Path(__file__).resolve().parent
PACKAGE = FOLDER / "vendor" / "interests.json"
LABELS = FOLDER / "labels"


@cache
def pictures() -> frozenset[str]:
    """The names of all pictures there are, those that no shipped interest has among them."""
    return frozenset(json.loads(PACKAGE.read_text(encoding="utf-8"))["pictures"])


@cache
def taxonomy() -> Taxonomy:
    """Every group and concept that is shipped. A programme adds its own with `Taxonomy.extended`."""
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    return built(package, (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(LABELS.glob("*.toml"))))
