"""Get an installation ready: its folder, its secrets, its databases."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from wegnetz.core.crypto import key_from_text, key_to_text, new_key

SETTINGS = "wegnetz.config.settings"
DEMO_MARK = "this-is-a-demo"
DEFAULT_PACK = Path(__file__).resolve().parents[3] / "programmes" / "durchstarten-duesseldorf"


def start_django() -> None:
    """Load the settings and applications. Raises ImproperlyConfigured when they cannot be used."""
    import django  # noqa: PLC0415  commands without a database do not pay for it
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if (
        not os.environ.get("WEGNETZ_DEMO")
        and not os.environ.get("DATABASE_URL")
        and (data_folder() / DEMO_MARK).exists()
    ):
        # Every command works on the demo's own day, as its screens do.
        os.environ["WEGNETZ_DEMO"] = "yes"
    django.setup()
    for name in ("MASTER_KEY", "AUDIT_KEY"):
        try:
            key_from_text(getattr(settings, name))
        except ValueError as error:
            raise ImproperlyConfigured(f"WEGNETZ_{name} cannot be used: {error}.") from error


def data_folder() -> Path:
    return Path(os.environ.get("WEGNETZ_DATA", "data")).resolve()


def pack_folder() -> Path:
    """The programme with which this installation begins."""
    return Path(os.environ.get("WEGNETZ_PACK") or DEFAULT_PACK)


def ensure_secrets(folder: Path) -> None:
    """Make the secrets a new installation lacks. Existing ones are never touched: lost keys are lost data."""
    keep = folder / "secrets"
    os.umask(0o077)
    keep.mkdir(parents=True, exist_ok=True)
    keep.chmod(0o700)
    if not _given("WEGNETZ_SECRET_KEY"):
        _write_once(keep / "django-secret", secrets.token_urlsafe(48))
    if not _given("WEGNETZ_MASTER_KEY"):
        _write_once(keep / "master-key", key_to_text(new_key()))
    if not _given("WEGNETZ_AUDIT_KEY"):
        _write_once(keep / "audit-key", key_to_text(new_key()))


def _given(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def migrate() -> None:
    """Bring both databases to this version, and the main one's isolation of organisations too."""
    from django.conf import settings  # noqa: PLC0415  needs start_django first
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.utils.module_loading import import_string  # noqa: PLC0415

    from wegnetz.core.isolation import isolate, set_aside  # noqa: PLC0415

    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        set_aside()
    call_command("migrate", database="default", verbosity=0, interactive=False)
    call_command("migrate", database="keystore", verbosity=0, interactive=False)
    isolate(import_string(settings.ISOLATION))


def collect_static() -> None:
    """Put style sheets, scripts and fonts where the web server serves them; only when they changed."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    mark = Path(settings.STATIC_ROOT) / ".mark"
    now = "\n".join(sorted(found))
    if not mark.exists() or mark.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(now)
