"""Network maps in files: read in the form in which other programs write them, and written so that these read them."""

from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.reading import read_map

__all__ = ["MapFileError", "read_map"]
