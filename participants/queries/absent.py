"""Who did not come to a wave, and where they can still come."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from participants.models import Attendance, Enrolment
from programs.models import Wave


def absent_from(wave: Wave) -> QuerySet[Enrolment]:
    """People of the wave who were present in no session of it and go on nowhere else yet, if their RT has a head.

    The seat is the office's: in the later wave the present head has it, whoever was invited to this one.
    """
    present = Attendance.objects.filter(enrolment=OuterRef("pk"))
    return Enrolment.objects.active().filter(~Exists(present), wave=wave, rt__heads__is_current=True)


def coming_waves(wave: Wave, now: datetime) -> QuerySet[Wave]:
    """The other waves of its programme that somebody can still be put into, drafts too."""
    waves = wave.program.waves.filter(cancelled_at=None, starts_at__gt=now).exclude(pk=wave.pk)
    return waves.select_related("program__region", "venue")
