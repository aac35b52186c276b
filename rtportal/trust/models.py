"""Officials who are invited and have not come yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Invitations into regions whose officials the user manages."""
        return self.filter(within_q("region_id", scope_of(user).areas_with(Right.MANAGE_OFFICIALS)))

    def waiting(self):
        """Neither accepted nor taken back; the link of some has run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, now: datetime):
        """Those whose link still opens."""
        return self.waiting().filter(expires_at__gt=now)


class OfficialInvitation(models.Model):
    """A role in a region, offered to an e-mail address; its link opens once."""

    VALID_FOR = timedelta(days=7)

    email = models.EmailField("alamat e-mail")
    name = models.CharField("nama", max_length=150)
    role = models.CharField("peran", max_length=20, choices=Assignment.Role)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    # The token is derived from this and the installation's key; sent again, it is another one.
    link_id = models.UUIDField("tautan")
    link_hash = models.CharField("sidik tautan", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pengundang"
    )
    invited_at = models.DateTimeField("diundang pada")
    expires_at = models.DateTimeField("berlaku sampai")
    accepted_at = models.DateTimeField("diterima pada", null=True)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan petugas"
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role", "region"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="official_invited_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="official_invitation_ends_one_way",
            ),
            RowScope("region_id", name="official_invitation_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now
