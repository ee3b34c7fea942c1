"""`wegnetz password-link EMAIL`: for a new start after a forgotten password or a lost second factor."""

from __future__ import annotations

import argparse
import sys

from wegnetz.accounts.selectors import account_by_email
from wegnetz.accounts.services import forget_second_factor
from wegnetz.exchange.commands.add_staff import print_link


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument(
        "--without-second-factor", action="store_true", help="also remove the second factor, when it was lost"
    )


def run(options: argparse.Namespace) -> int:
    user = account_by_email(options.email)
    if user is None:
        print(f"{options.email}: no active account has this address", file=sys.stderr)
        return 2
    if options.without_second_factor:
        forget_second_factor(user)
        print("The second factor is removed.")
    print_link(user)
    return 0
