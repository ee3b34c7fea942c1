"""XML from outside: a tree of plain elements, without the names of its spaces. Declarations of a document type, through
which a small file can become a huge one or reach for other files, are refused where they begin.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from wegnetz.network.importing.errors import MapFileError

DEEPEST: Final = 20
MOST_ELEMENTS: Final = 200_000


def tree_of(raw: bytes, name: str) -> Element:
    """The root. Raises MapFileError with a sentence."""
    reader = _Reader(name)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.builder.data
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(raw, True)  # noqa: FBT003  there is no keyword for it
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, MapFileError):
            raise
        where = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
        raise MapFileError(f"{name} is no whole XML file{where}.") from error
    return reader.builder.close()


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.builder = TreeBuilder()
        self.depth = self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise MapFileError(f"{self.name} holds more than any network map.")
        self.builder.start(_plain(tag), {_plain(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(_plain(tag))

    def refuse(self, *_declared: object) -> None:
        raise MapFileError(f"{self.name} declares a document type. Such files are not read.")


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
