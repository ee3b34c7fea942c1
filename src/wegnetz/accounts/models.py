"""Who signs in, for which organisation, in which role."""

from __future__ import annotations

from datetime import date
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

    # The roles in force, the longest-standing first; set where the account is loaded (`selectors.user_with_roles`).
    standing: tuple[Membership, ...] = ()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay alive: it ends with the password and with the epoch."""
        value = f"{self.session_epoch}|{self.password}"
        return salted_hmac("wegnetz.accounts.session", value, algorithm="sha256").hexdigest()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def standing(self, day: date) -> MembershipQuerySet:
        """Begun and not ended, paused or not."""
        return self.filter(models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day), began_on__lte=day)

    def in_force(self, day: date) -> MembershipQuerySet:
        return self.standing(day).filter(paused_on__isnull=True)


class Membership(UUIDModel):
    """A role in an organisation, from a day until it ends: `ended_on` is the first day without it.

    It is paused while the organisation has deactivated its holder.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=Role.choices)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, default=None)
    paused_on = models.DateField(null=True, default=None)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_on__isnull=True),
                name="each_role_once_at_a_time",
            )
        ]

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; its link may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(UUIDModel):
    """The offer to somebody with this address to work for an organisation, in these roles.

    Only its holder knows the link: `token` is the SHA-256 of what stands in it. `until` is the link's last day.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    roles = models.JSONField()
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_on = models.DateField()
    until = models.DateField()
    accepted_at = models.DateTimeField(null=True, default=None)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, default=None)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_unanswered_invitation_for_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_by_somebody_or_not_at_all",
            ),
        ]

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]
