"""Loaded before the settings (`-p tests.environment`): an installation of its own for the tests.

WEGNETZ_TEST_DATABASE=postgresql://user@host/name runs the suite on PostgreSQL instead of SQLite. Django makes the
databases test_wegnetz and test_wegnetz_keys there; WEGNETZ_TEST_NAME=other makes them test_other and test_other_keys,
for two runs at a time.
"""

from __future__ import annotations

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="wegnetz-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)
(folder / "static").mkdir()
os.environ["WEGNETZ_DATA"] = str(folder)
os.environ["WEGNETZ_SECRET_KEY"] = "only for tests"
os.environ["WEGNETZ_MASTER_KEY"] = base64.b64encode(b"only for the tests of Wegnetz!!!").decode()
os.environ["WEGNETZ_AUDIT_KEY"] = base64.b64encode(b"signs only in tests of Wegnetz!!").decode()
os.environ["WEGNETZ_DEMO"] = "no"
os.environ["WEGNETZ_HTTPS"] = "no"
os.environ["WEGNETZ_HOSTS"] = "testserver,localhost,127.0.0.1"

if server := os.environ.get("WEGNETZ_TEST_DATABASE"):
    base, _, _name = server.rpartition("/")
    name = os.environ.get("WEGNETZ_TEST_NAME", "wegnetz")
    os.environ["DATABASE_URL"] = f"{base}/{name}"
    os.environ["KEYSTORE_URL"] = f"{base}/{name}_keys"
else:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("KEYSTORE_URL", None)
