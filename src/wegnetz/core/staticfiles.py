"""Style sheets, scripts and fonts under names that change with their content, compressed once."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Module scripts import each other by name; those names follow the content too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
