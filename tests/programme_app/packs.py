"""Newer versions of the real programme: the same files with a few texts replaced."""

from __future__ import annotations

from pathlib import Path

from tests.programme.minimal import DUESSELDORF, keep
from wegnetz.programme.pack.files import read_folder

# Coaching, qualification and so on ask for the age of 18 to 27; the newer version asks for 18 to 20.
OLD_AGE = 'value = [18, 27]\nunit = "years"\nsource = "R0"'
NEW_AGE = OLD_AGE.replace("27", "20")


def newer(folder: Path, version: str, *changes: tuple[str, str, str]) -> Path:
    """The real pack under another version number: (file, found, instead). Without its examples, which would fail."""
    files = {name: text for name, text in read_folder(DUESSELDORF).items() if not name.startswith("examples/")}
    head, _, rest = files["programme.toml"].partition('\nversion = "')
    files["programme.toml"] = f'{head}\nversion = "{version}{rest[rest.index(chr(34)) :]}'
    for file, old, new in changes:
        assert files[file].count(old) == 1, f"{old!r} stands {files[file].count(old)} times in {file}"
        files[file] = files[file].replace(old, new)
    return keep(folder, files)


def stricter(folder: Path, version: str = "test-1") -> Path:
    return newer(folder, version, ("criteria.toml", OLD_AGE, NEW_AGE))
