"""Unpack the fonts of pictures of network maps: what draws them reads TrueType, and the packages hold WOFF.

Usage: npm pack @fontsource/fira-sans@<version> @fontsource/vazirmatn@<version> @fontsource/noto-sans-ethiopic@<version>
@fontsource/noto-emoji@<version>; python tools/fonts.py <the four tarballs>
Then note the checksums that are printed in vendor/SOURCES.md beside the fonts.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import tarfile
import zlib
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src/wegnetz/network/exporting/vendor"
# Package -> the name of its licence here, and which of its files are taken: one weight of each script we write.
TAKEN = {
    "@fontsource/fira-sans": ("FiraSans-OFL.txt", ("fira-sans-latin", "fira-sans-latin-ext", "fira-sans-cyrillic")),
    "@fontsource/vazirmatn": ("Vazirmatn-OFL.txt", ("vazirmatn-arabic",)),
    "@fontsource/noto-sans-ethiopic": ("NotoSansEthiopic-OFL.txt", ("noto-sans-ethiopic-ethiopic",)),
    "@fontsource/noto-emoji": ("NotoEmoji-OFL.txt", ("noto-emoji-emoji",)),
}


def as_truetype(woff: bytes) -> bytes:
    """The same tables, each unpacked. https://www.w3.org/TR/WOFF/"""
    flavour, count = struct.unpack(">4x4s4xH", woff[:14])
    entries = [struct.unpack(">4sLLLL", woff[44 + 20 * at : 64 + 20 * at]) for at in range(count)]
    power = count.bit_length() - 1
    head = struct.pack(">4sHHHH", flavour, count, 16 * 2**power, power, 16 * (count - 2**power))
    directory, body = b"", b""
    for tag, offset, packed, whole, checksum in entries:
        table = woff[offset : offset + packed]
        directory += struct.pack(">4sLLL", tag, checksum, 12 + 16 * count + len(body), whole)
        body += zlib.decompress(table) if packed < whole else table
        body += bytes(-len(body) % 4)
    return head + directory + body


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _write(name: str, content: bytes) -> None:
    (FOLDER / name).write_bytes(content)
    print(f"{name}  {hashlib.sha256(content).hexdigest()}")


def main() -> int:
    if len(sys.argv) != 1 + len(TAKEN):
        print(__doc__, file=sys.stderr)
        return 2
    for path in map(Path, sys.argv[1:]):
        with tarfile.open(path) as tar:
            about = json.loads(_read(tar, "package/package.json"))
            print(f"{about['name']} {about['version']}  {hashlib.sha256(path.read_bytes()).hexdigest()}")
            licence, fonts = TAKEN[about["name"]]
            _write(licence, _read(tar, "package/LICENSE"))
            for font in fonts:
                _write(f"{font}-400.ttf", as_truetype(_read(tar, f"package/files/{font}-400-normal.woff")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
