"""How allauth behaves here: no sign-up, accounts come with their role, second-factor secrets are encrypted."""

from __future__ import annotations

import base64
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from wegnetz.accounts.models import User
from wegnetz.accounts.selectors import user_with_roles
from wegnetz.core.crypto import derive_key, key_from_text, seal, unseal

_CONTEXT = "second-factor"


def password_path(user: User) -> str:
    """The path of a one-time page to set a password; it ends with the next password set or sign-in."""
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return str(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key}))


def _key() -> bytes:
    return derive_key(key_from_text(settings.MASTER_KEY), _CONTEXT)


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: UUID) -> User | None:
        user = user_with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Demo accounts have a published password: they open nothing outside a demo."""
        if user.is_demo and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth leaves TOTP secrets and the recovery seed in plain text unless an adapter encrypts them."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(_key(), text.encode(), _CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_key(), base64.b64decode(encrypted_text), _CONTEXT).decode()
