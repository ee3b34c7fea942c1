"""Loaded before the settings (`-p tests.environment`): an installation of its own for the tests.

WEGNETZ_TEST_DATABASE=postgresql://user@host/name runs the suite on PostgreSQL instead of SQLite.
"""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="wegnetz-tests-"))
(folder / "static").mkdir()
os.environ["WEGNETZ_DATA"] = str(folder)
os.environ["WEGNETZ_SECRET_KEY"] = "only for tests"
os.environ["WEGNETZ_MASTER_KEY"] = base64.b64encode(b"only for the tests of Wegnetz!!!").decode()
os.environ["WEGNETZ_DEMO"] = "no"
os.environ["WEGNETZ_HTTPS"] = "no"
os.environ["WEGNETZ_HOSTS"] = "testserver,localhost,127.0.0.1"

if server := os.environ.get("WEGNETZ_TEST_DATABASE"):
    base, _, _name = server.rpartition("/")
    os.environ["DATABASE_URL"] = f"{base}/wegnetz"
    os.environ["KEYSTORE_URL"] = f"{base}/wegnetz_keys"
else:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("KEYSTORE_URL", None)
