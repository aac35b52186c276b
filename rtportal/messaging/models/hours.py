"""When people of a kabupaten/kota may be written to."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class SendingHoursQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("region_id"))


class SendingHours(models.Model):
    """The sending hours (jam kirim) of one kabupaten/kota; a region without a row has the defaults below."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    opens_at = models.TimeField("mulai pukul", default=time(7, 30))
    # Midnight (00.00) here means the end of the day.
    closes_at = models.TimeField("sampai pukul", default=time(20, 0))
    is_friday_prayer_quiet = models.BooleanField("tenang saat salat Jumat (11.30–13.00)", default=True)
    # In Ramadan nothing is sent from this hour on; empty where that makes no difference.
    ramadan_closes_at = models.TimeField("selama Ramadan sampai pukul", default=time(17, 30), null=True, blank=True)
    is_holiday_quiet = models.BooleanField("tenang pada hari libur nasional", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SendingHoursQuerySet.as_manager()

    class Meta:
        verbose_name = "jam kirim"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=time(0, 0)) | Q(closes_at__gt=F("opens_at")),
                name="sending_hours_close_after_opening",
                violation_error_message="Jam selesai harus setelah jam mulai.",
            ),
            RowScope("region_id", above=True, name="sending_hours_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.opens_at:%H.%M}–{self.closes_at:%H.%M}"
