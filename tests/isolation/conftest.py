"""SQLite cannot tell who asks: there `test_glued_rows` and `test_guarded_tables` are all there is to test."""

from __future__ import annotations

import os

ON_POSTGRESQL = ["test_raw_sql.py", "test_connections.py", "test_at_the_same_time.py"]
collect_ignore = [] if os.environ.get("WEGNETZ_TEST_DATABASE") else ON_POSTGRESQL
