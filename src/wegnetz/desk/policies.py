"""Who may open which screen. Every view names one of these; a view without one fails the tests."""

from __future__ import annotations

from enum import Enum

from wegnetz.accounts.access import Role
from wegnetz.directory.access import KEEPS_ALL, KEEPS_THE_DIRECTORY
from wegnetz.network.access import PLANS_WORKSHOPS
from wegnetz.participants.access import LEADS_THE_WAY, SEES_PEOPLE, WORKS_WITH_PEOPLE


class Policy(Enum):
    """The roles a screen is for; None where no session is asked for."""

    PUBLIC = "public"
    STAFF = "staff"
    PEOPLE = "people"  # who accompanies people, and a lead through a broken glass
    WORK = "work"  # who accompanies people
    WORKSHOPS = "workshops"  # who plans workshops and invites to them
    LEADING = "leading"  # who leads the way of people
    TEAM = "team"  # who leads an organisation and its staff
    DIRECTORY = "directory"  # who keeps contact points up to date, all or those of their organisation
    WHOLE_DIRECTORY = "whole-directory"  # who keeps all of them, and imports
    TOKEN = "token"  # noqa: S105  who holds the secret in the address, without a session

    @property
    def roles(self) -> frozenset[Role] | None:
        return _ROLES.get(self)


_ROLES: dict[Policy, frozenset[Role]] = {
    Policy.STAFF: frozenset(Role),
    Policy.PEOPLE: SEES_PEOPLE,
    Policy.WORK: WORKS_WITH_PEOPLE,
    Policy.WORKSHOPS: PLANS_WORKSHOPS,
    Policy.LEADING: LEADS_THE_WAY,
    Policy.TEAM: frozenset({Role.LEAD}),
    Policy.DIRECTORY: KEEPS_THE_DIRECTORY,
    Policy.WHOLE_DIRECTORY: KEEPS_ALL,
}


class LibraryPolicy(Enum):
    """Who gets an answer from a view of a library, by the check in its own code. None of them shows a participant."""

    ANYBODY = "anybody"
    SIGNING_IN = "signing-in"  # has given the password, not yet the second factor
    SIGNED_IN = "signed-in"  # any active account, also one without a role or a second factor
    CONFIRMED = "confirmed"  # signed in, and has given password or second factor again just now


# By the name of the address.
LIBRARY_VIEWS: dict[str, LibraryPolicy] = {
    "set_language": LibraryPolicy.ANYBODY,
    "account_login": LibraryPolicy.ANYBODY,
    "account_logout": LibraryPolicy.ANYBODY,
    "account_inactive": LibraryPolicy.ANYBODY,
    "account_reauthenticate": LibraryPolicy.SIGNED_IN,
    "account_change_password": LibraryPolicy.SIGNED_IN,  # asks for the old one
    "account_reset_password_from_key": LibraryPolicy.ANYBODY,  # the link is the permission
    "account_reset_password_from_key_done": LibraryPolicy.ANYBODY,
    "mfa_index": LibraryPolicy.SIGNED_IN,
    "mfa_authenticate": LibraryPolicy.SIGNING_IN,
    "mfa_reauthenticate": LibraryPolicy.SIGNED_IN,
    "mfa_activate_totp": LibraryPolicy.CONFIRMED,
    "mfa_deactivate_totp": LibraryPolicy.CONFIRMED,
    "mfa_view_recovery_codes": LibraryPolicy.CONFIRMED,
    "mfa_generate_recovery_codes": LibraryPolicy.CONFIRMED,
    "mfa_download_recovery_codes": LibraryPolicy.CONFIRMED,
    "mfa_list_webauthn": LibraryPolicy.SIGNED_IN,
    "mfa_add_webauthn": LibraryPolicy.CONFIRMED,
    "mfa_reauthenticate_webauthn": LibraryPolicy.SIGNED_IN,
    "mfa_remove_webauthn": LibraryPolicy.CONFIRMED,
    "mfa_edit_webauthn": LibraryPolicy.CONFIRMED,
    "mfa_login_webauthn": LibraryPolicy.ANYBODY,  # a passkey is both factors at once
}
