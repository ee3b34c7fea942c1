"""The command `wegnetz`. Each subcommand is a module of `commands` with `add_arguments` and `run`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import ModuleType

# name -> (module, needs the database, one line for --help)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "up": ("up", False, "start everything: keys, database, demo programme when empty, web server, worker"),
    "check-pack": ("check_pack", False, "check a programme pack and run its examples"),
    "decide": ("decide", False, "say which building blocks are open to a person on a day, and why"),
    "introduce": ("introduce", False, "introduce people to contact points that suit them, and say why and why not"),
    "mix": ("mix", False, "say who sits with whom, over a series of evenings, so that people meet"),
    "netmap": ("netmap", False, "measure the network map in a file: how large, how close, and what carries without us"),
    "read-directory": (
        "read_directory",
        False,
        "read a file with contact points: what is in it, and what is wrong",
    ),
    "load-pack": ("load_pack", True, "put a programme pack in force, after showing what would change for whom"),
    "replay-decisions": ("replay_decisions", True, "decide every stored decision again and compare"),
    "verify-audit": ("verify_audit", True, "check every event and signed head of the audit; also against copies"),
    "audit-heads": ("audit_heads", True, "print the latest signed heads of the audit, for partners to keep"),
    "rebuild-search": ("rebuild_search", True, "make anew what offers are searched by; needed only after a mishap"),
    "worker": ("worker", True, "do queued work and the jobs that run by themselves"),
    "password-link": ("password_link", True, "print a link to set a new password for an account"),
    "add-staff": ("add_staff", True, "give a member of staff an account and print the link to set a password"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 a check failed, 2 the input cannot be used."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # German words and names of sources must come out under any locale of the terminal.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="wegnetz", description="Runs a participation programme.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen: ModuleType | None = None
    for name, (module, needs_database, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if given[:1] == [name]:
            if needs_database and (problem := _start_django()):
                print(problem, file=sys.stderr)
                return 2
            chosen = importlib.import_module(f"wegnetz.exchange.commands.{module}")
            chosen.add_arguments(command)
    options = parser.parse_args(given)
    try:
        return _run(chosen, options) if chosen else 2
    except BrokenPipeError:
        # Whoever read us has seen enough, such as `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_no_database(error):
            raise
        print(f"The database does not answer as it should: {str(error).splitlines()[0]}", file=sys.stderr)
        print("Nothing was changed. If this is a new installation, start it once with: wegnetz up", file=sys.stderr)
        return 2


def _run(command: ModuleType, options: argparse.Namespace) -> int:
    """Commands speak for the whole installation; those that start it, or run its jobs, see to that themselves."""
    if not COMMANDS[options.command][1] or options.command == "worker":
        return int(command.run(options))
    from wegnetz.core.scope import EVERYTHING, acting_as  # noqa: PLC0415  needs Django

    with acting_as(EVERYTHING):
        return int(command.run(options))


def _is_no_database(error: Exception) -> bool:
    """Whether a database is out of reach or was never set up; Django is asked only when it is there."""
    errors = sys.modules.get("django.db.utils")
    return errors is not None and isinstance(error, errors.OperationalError | errors.ProgrammingError)


def _start_django() -> str:
    """Load the settings. Returns a sentence when they cannot be used."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  the other commands start at once

    from wegnetz.exchange.setup import start_django  # noqa: PLC0415

    try:
        start_django()
    except ImproperlyConfigured as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main())
