"""Put the pictures that interests.json names into one file: pictures.svg, a symbol for each.

Usage: npm pack @mapbox/maki@<version> @rapideditor/temaki@<version> @mdi/svg@<version>; python tools/pictures.py <the
three tarballs>
A picture is named by its set and its file, "temaki-canoe". Change them in tools/interests.toml and run
tools/interests.py first; then note the checksums that are printed in vendor/SOURCES.md beside the file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
NAMES = ROOT / "src/wegnetz/directory/interests/vendor/interests.json"
SPRITE = ROOT / "src/wegnetz/core/static/wegnetz/vendor/pictures.svg"
SVG = "http://www.w3.org/2000/svg"
# How a set is called in names of pictures -> its package, and the folder in it.
SETS = {"maki": ("@mapbox/maki", "icons"), "temaki": ("@rapideditor/temaki", "icons"), "mdi": ("@mdi/svg", "svg")}
PATH = re.compile(r"[-\d\sMmLlHhVvCcSsQqTtAaZz.,e]+")
BOX = re.compile(r"0 0 \d+ \d+")


class PictureError(ValueError):
    """A picture that is not there, or is drawn with more than paths."""


def read_sets(tarballs: Iterable[Path]) -> dict[str, str]:
    """Name of a picture -> its file, of every picture of the packages."""
    found: dict[str, str] = {}
    for path in tarballs:
        with tarfile.open(path) as tar:
            about = json.loads(_text(tar, "package/package.json"))
            folders = {
                f"package/{folder}/": name for name, (package, folder) in SETS.items() if package == about["name"]
            }
            for member in tar.getnames():
                folder, _, file = member.rpartition("/")
                if file.endswith(".svg") and (name := folders.get(f"{folder}/")):
                    found[f"{name}-{file.removesuffix('.svg')}"] = _text(tar, member)
        print(f"{about['name']} {about['version']}  {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return found


def _text(tar: tarfile.TarFile, name: str) -> str:
    file = tar.extractfile(name)
    if file is None:
        raise PictureError(name)
    return file.read().decode()


def symbol(name: str, drawing: str) -> str:
    """One picture, of which only the outlines are taken: the page gives it its colour. Raises PictureError."""
    root = ET.fromstring(drawing)  # noqa: S314 - a file somebody chose and whose checksum is noted
    box, paths = root.get("viewBox", ""), [path.get("d", "") for path in root.iter(f"{{{SVG}}}path")]
    others = {part.tag for part in root.iter()} - {f"{{{SVG}}}{tag}" for tag in ("svg", "path", "g", "title")}
    moved = [part.tag for part in root.iter() if part.get("transform") or part.get("fill") not in {None, "#000"}]
    if others or moved or not paths or not BOX.fullmatch(box) or not all(map(PATH.fullmatch, paths)):
        raise PictureError(f"{name}: drawn with more than paths")
    drawn = "".join(f'<path d="{" ".join(path.split())}"/>' for path in paths)
    return f'<symbol id="{name}" viewBox="{box}">{drawn}</symbol>'


def sprite(names: Iterable[str], drawings: Mapping[str, str]) -> str:
    """A picture in one line, so that a difference can be read. Raises PictureError."""
    wanted = sorted(names)
    if missing := [name for name in wanted if name not in drawings]:
        raise PictureError(f"in none of the packages: {', '.join(missing)}")
    return "\n".join([f'<svg xmlns="{SVG}">', *(symbol(name, drawings[name]) for name in wanted), "</svg>\n"])


def main(tarballs: list[Path]) -> None:
    names = json.loads(NAMES.read_text(encoding="utf-8"))["pictures"]
    text = sprite(names, read_sets(tarballs))
    SPRITE.write_text(text, encoding="utf-8")
    print(f"{SPRITE.name}: {len(names)} pictures, {len(text.encode()):,} bytes")
    print(f"{hashlib.sha256(text.encode()).hexdigest()}  {SPRITE.name}")


if __name__ == "__main__":
    try:
        main([Path(argument) for argument in sys.argv[1:]])
    except PictureError as error:
        raise SystemExit(str(error)) from error
