"""SQLite cannot tell who asks: there `test_glued_rows` and `test_guarded_tables` are all there is to test."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("WEGNETZ_TEST_DATABASE") else ["test_raw_sql.py", "test_connections.py"]
