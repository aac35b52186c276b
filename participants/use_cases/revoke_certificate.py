"""A certificate that should not have been given, or that bears a wrong name."""

from datetime import datetime

from django.db import transaction

from participants.models import Certificate
from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record

LONGEST_REASON = 300


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: User, now: datetime) -> None:
    """The caller has checked Right.SCHEDULE; `certificate` comes with `enrolment.wave.program`.

    Does: makes it void for good. Its number is never given again, and the check page says that it was revoked.
    Refuses (Refusal): no reason, or one longer than 300 letters; a certificate that is revoked already.
    Tells: one audit line at the wave.
    """
    words = " ".join(reason.replace("\0", " ").split())
    if not words:
        raise Refusal("Isi alasan pencabutan.", field="reason")
    if len(words) > LONGEST_REASON:
        raise Refusal(f"Alasan paling panjang {LONGEST_REASON} huruf.", field="reason")
    held = Certificate.objects.valid().filter(pk=certificate.pk)
    if not held.update(revoked_at=now, revoked_by=by, revoke_reason=words):
        raise Refusal("Sertifikat ini sudah dicabut sebelumnya.")
    wave = certificate.enrolment.wave
    record(
        at=now,
        actor=by,
        action="certificate.revoked",
        sentence=f"Mencabut sertifikat nomor {certificate.number} atas nama {certificate.holder}: {words}",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"certificate": certificate.pk},
    )
