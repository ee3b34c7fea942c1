"""Network maps in files: read in the form in which other programs write them, and written so that these read them."""

from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.reading import MOST_BYTES, Reading, read_map, read_with_remarks

__all__ = ["MOST_BYTES", "MapFileError", "Reading", "read_map", "read_with_remarks"]
