"""The property tests here follow the same settings as those of the rules."""

from __future__ import annotations

import tests.rules.conftest  # noqa: F401  registers and loads the hypothesis profile
