"""Who signs in, for which organisation, in which role."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wegnetz.core.models import UUIDModel


class Role(models.TextChoices):
    """What a person does in the programme. Nobody from an immigration authority has a role."""

    CASE_MANAGER = "case-manager", _("Teilhabemanagement")
    COACH = "coach", _("Coaching")
    TRAUMA_COACH = "trauma-coach", _("Trauma-Coaching")
    NETWORK_COORDINATOR = "network-coordinator", _("Koordination Social Networking")
    WORKSHOP_HOST = "workshop-host", _("Workshop-Leitung")
    LEAD = "lead", _("Leitung der Organisation")
    STEERING = "steering", _("Geschäftsführende Stelle")
    FUNDING = "funding", _("Förderung und Abrechnung")
    OPERATOR = "operator", _("Technischer Betrieb")


class Organisation(UUIDModel):
    """An independent body that takes part. `key` is its id in the programme pack."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)


class UserManager(BaseUserManager["User"]):
    """Accounts are made by `accounts.services`; allauth asks this manager to look them up."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, UUIDModel):
    """A member of staff. The e-mail address is the sign-in name."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    # The role in which the account acts now; set where it is loaded (`selectors.user_with_role`).
    current: Membership | None = None

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay alive: it ends with the password and with the epoch."""
        value = f"{self.session_epoch}|{self.password}"
        return salted_hmac("wegnetz.accounts.session", value, algorithm="sha256").hexdigest()


class Membership(UUIDModel):
    """A role in an organisation, from a day until it ends."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=Role.choices)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_on__isnull=True),
                name="each_role_once_at_a_time",
            )
        ]
