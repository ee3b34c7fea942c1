"""The reader that `table` starts: takes an XLSX on standard input, and answers with its first sheet."""

from __future__ import annotations

import sys

from wegnetz.core.apart import answer_apart
from wegnetz.directory.importing.workbook import read_workbook

sys.exit(answer_apart(sys.argv[1], read_workbook))
