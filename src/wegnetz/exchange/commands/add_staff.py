"""`wegnetz add-staff EMAIL --name NAME --organisation KEY --role ROLE`."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from wegnetz.accounts.access import Role, User
from wegnetz.accounts.adapters import password_path
from wegnetz.accounts.selectors import any_demo_account, organisation_by_key
from wegnetz.accounts.services import AccountError, add_staff, note_password_link
from wegnetz.programme.selectors import fitting_roles


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--organisation", required=True, metavar="KEY", help="id of the organisation in the pack")
    parser.add_argument("--role", required=True, choices=[str(role) for role in Role])


def run(options: argparse.Namespace) -> int:
    if any_demo_account():
        print("This installation holds the demo; real accounts belong in one of their own.", file=sys.stderr)
        return 2
    organisation = organisation_by_key(options.organisation)
    if organisation is None:
        print(f"--organisation: found {options.organisation!r}, expected an id of the loaded pack", file=sys.stderr)
        return 2
    if Role(options.role) not in fitting_roles(organisation.key):
        print(
            f"--role: {options.role} does not go with the part of {organisation.key} in the programme", file=sys.stderr
        )
        return 2
    try:
        user = add_staff(
            email=options.email, name=options.name, organisation=organisation, role=Role(options.role),
            on=timezone.localdate(),
        )  # fmt: skip
    except AccountError as error:
        print(f"{options.email}: {' '.join(map(str, error.args))}", file=sys.stderr)
        return 2
    print_link(user)
    return 0


def print_link(user: User) -> None:
    """Show the one-time address under which the owner of an account sets a password."""
    note_password_link(user)
    print("To set a password, the owner opens this once. Hand it over in person:")
    print(f"  <address of your installation>{password_path(user)}")
    print("At the first sign-in a second factor is set up; without it no page opens.")
