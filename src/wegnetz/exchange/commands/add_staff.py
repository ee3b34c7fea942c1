"""`wegnetz add-staff EMAIL --name NAME --organisation KEY --role ROLE`."""

from __future__ import annotations

import argparse
import sys

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from wegnetz.accounts.access import Role
from wegnetz.accounts.selectors import organisation_by_key
from wegnetz.accounts.services import AccountError, add_staff


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--organisation", required=True, metavar="KEY", help="id of the organisation in the pack")
    parser.add_argument("--role", required=True, choices=[str(role) for role in Role])


def run(options: argparse.Namespace) -> int:
    organisation = organisation_by_key(options.organisation)
    if organisation is None:
        print(f"--organisation: found {options.organisation!r}, expected an id of the loaded pack", file=sys.stderr)
        return 2
    try:
        user = add_staff(
            email=options.email, name=options.name, organisation=organisation, role=Role(options.role),
            on=timezone.localdate(),
        )  # fmt: skip
    except AccountError as error:
        print(f"{options.email}: {' '.join(map(str, error.args))}", file=sys.stderr)
        return 2
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "x", "key": "x"}).replace("x-x", key)
    print("Account made. To set a password, its owner opens once (hand it over in person):")
    print(f"  <address of your installation>{path}")
    print("At the first sign-in a second factor is set up; without it no page opens.")
    return 0
