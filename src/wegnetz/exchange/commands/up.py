"""`wegnetz up`: everything that is needed to work, in one command."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from wegnetz.exchange.setup import DEMO_MARK, collect_static, data_folder, ensure_secrets, migrate, start_django

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class CannotStartError(Exception):
    """The installation cannot start as asked; the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="invented people and open sign-ins, on this machine only")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    parser.add_argument("--pack", type=Path, default=None, metavar="PATH", help="programme to begin with")


def run(options: argparse.Namespace) -> int:
    started = time.monotonic()
    try:
        prepare(options)
    except (CannotStartError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 2
    address = f"http://{'localhost' if options.host in LOOPBACK else options.host}:{options.port}/"
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(_child(command)) for command in _commands(options)]
        signal.signal(signal.SIGTERM, _stop)
        try:
            if _wait_until_it_answers(options.host, options.port, processes):
                _welcome(address, time.monotonic() - started)
                while all(process.poll() is None for process in processes):
                    time.sleep(0.5)
            print("A part has stopped; stopping the rest.", file=sys.stderr)
        except KeyboardInterrupt:
            return 0
    return 1


def prepare(options: argparse.Namespace) -> None:
    """Keys, databases, programme, demo cast, static files. Raises CannotStartError."""
    if is_demo(options, data_folder()):
        os.environ["WEGNETZ_DEMO"] = "yes"
    if _port_is_taken(options.host, options.port):
        raise CannotStartError(
            f"Port {options.port} is taken. Stop what uses it, or choose another: wegnetz up --port {options.port + 1}"
        )
    ensure_secrets(data_folder())
    start_django()
    from django.conf import settings  # noqa: PLC0415  needs the secrets first

    if settings.DEMO and options.host not in LOOPBACK:
        raise CannotStartError("A demo shows open sign-ins, so it serves this machine only: leave --host out.")
    _bring_the_databases_up()
    from wegnetz.core.scope import EVERYTHING, acting_as  # noqa: PLC0415  needs Django

    with acting_as(EVERYTHING):
        _fill(options)
    collect_static()


def _bring_the_databases_up() -> None:
    from django.conf import settings  # noqa: PLC0415  needs the secrets first
    from django.utils.module_loading import import_string  # noqa: PLC0415

    from wegnetz.core.extensions import ExtensionMissingError, knows_all_letters  # noqa: PLC0415
    from wegnetz.core.isolation import NotIsolatedError, RolesMissingError, check_isolation  # noqa: PLC0415

    try:
        migrate()
        check_isolation(import_string(settings.ISOLATION))
    except ExtensionMissingError as error:
        raise CannotStartError(
            "The search for offers needs an extension of PostgreSQL that this login may not create. "
            f"Have a superuser of PostgreSQL run once, in the main database: {error.args[0]}. Then start again."
        ) from error
    except RolesMissingError as error:
        raise CannotStartError(
            "Row-level security needs two database roles that this login may not create. "
            f"Have a superuser of PostgreSQL run once, in the main database: {error.args[0]}"
        ) from error
    except NotIsolatedError as error:
        raise CannotStartError(
            f"Row-level security would not hold: {error.args[0]}. "
            "Give DATABASE_URL a login that owns the database and is nothing more."
        ) from error
    if not knows_all_letters():
        print(
            'The locale of the database is "C", which knows no letters but A to Z: offers in other scripts are found, '
            "but not all that are written wrongly. A database with the locale C.UTF-8 knows them all.",
            file=sys.stderr,
        )


def _fill(options: argparse.Namespace) -> None:
    """The programme, the demo's cast, and nobody who was erased before a restore."""
    from django.conf import settings  # noqa: PLC0415  needs the secrets first

    from wegnetz.directory.services import search_what_changed  # noqa: PLC0415  needs Django
    from wegnetz.exchange import demo  # noqa: PLC0415
    from wegnetz.participants.services import forget_erased, keys_fit  # noqa: PLC0415  needs Django

    if not keys_fit():
        raise CannotStartError("The master key is not the one this installation began with. Nothing is lost.")
    if back := forget_erased():
        print(f"People who had been erased before the restore: {back}. They are erased again.")
    if changed := search_what_changed():
        print(f"Offers made searchable: {changed}.")
    if problem := demo.refuse_to_mix() or demo.ensure_programme(options.pack):
        raise CannotStartError(problem)
    if settings.DEMO:
        (data_folder() / DEMO_MARK).touch()
        demo.ensure_cast()


def is_demo(options: argparse.Namespace, folder: Path) -> bool:
    """Whether this start is a demo: when asked for, and when nobody has said or set up anything else.

    A first start on this machine alone shows the demo. Whoever names a database, hosts, or says
    WEGNETZ_DEMO=no has something real in mind; a folder keeps what it once was.
    """
    if options.demo:
        return True
    if os.environ.get("WEGNETZ_DEMO"):
        return False  # the settings read it
    if options.host not in LOOPBACK or any(os.environ.get(name) for name in ("DATABASE_URL", "WEGNETZ_HOSTS")):
        return False
    return (folder / DEMO_MARK).exists() or not (folder / "wegnetz.sqlite3").exists()


def _port_is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _commands(options: argparse.Namespace) -> list[list[str]]:
    web = [
        sys.executable, "-m", "granian", "wegnetz.config.wsgi:application", "--interface", "wsgi",
        "--host", options.host, "--port", str(options.port), "--workers", str(options.workers),
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip
    return [web, [sys.executable, "-m", "wegnetz.exchange.cli", "worker"]]


@contextlib.contextmanager
def _child(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command)  # noqa: S603  our own modules, no input
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_until_it_answers(host: str, port: int, processes: list[subprocess.Popen[bytes]]) -> bool:
    for _ in range(600):
        if any(process.poll() is not None for process in processes):
            return False
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=5):
            return True
        time.sleep(0.1)
    return False


def _welcome(address: str, seconds: float) -> None:
    from django.conf import settings  # noqa: PLC0415  needs Django

    from wegnetz.accounts.selectors import DEMO_PASSWORD, any_real_account, demo_accounts  # noqa: PLC0415

    print(f"\nWegnetz runs at {address}  (started in {seconds:.1f} s; stop with Ctrl+C)\n")
    if settings.DEMO:
        print("Demo: all people are invented, the second factor is switched off.")
        print(f"Password for every demo account: {DEMO_PASSWORD}\n")
        for email, role in demo_accounts():
            print(f"  {email:<34} {role}")
    elif not any_real_account():
        print("Nobody has an account yet. Make the first one:")
        print("  wegnetz add-staff EMAIL --name NAME --organisation KEY --role ROLE")
    print(flush=True)
