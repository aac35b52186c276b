"""Certificates for everybody who was there long enough."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from participants.certificates import Standing, eligible
from participants.models import Certificate
from programs.errors import Refusal
from programs.models import Wave
from programs.paper_numbers import number_of
from programs.queries.papers import paper_settings
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.check_codes import make_check_code
from rtportal.lib.numbers import thousands


@transaction.atomic
def issue_certificates(
    *, wave: Wave, by: User, now: datetime, again: Collection[int] | None = None
) -> list[Certificate]:
    """Returns the new certificates in the order of their numbers. The caller has checked Right.SCHEDULE.

    Does: gives each participant who has earned one and has none the next number of the programme. Whose certificate was
    revoked gets no other one, unless `again` (keys of enrolments) names them; then nobody else gets one. A second call
    adds only whoever has earned one since.
    Refuses (Refusal): a wave that is cancelled or not over yet; somebody in `again` who cannot have one.
    Tells: one audit line at the wave, if there are any. The personal page of each offers it from then on.
    """
    # Everybody who numbers certificates of the programme waits here, so that no number is given twice or left out.
    held = locked_wave(wave.pk)
    if held.is_cancelled:
        raise Refusal(f"{held.title} dibatalkan, jadi tidak ada sertifikat.")
    if now < held.ends_at:
        raise Refusal(f"{held.title} belum selesai. Sertifikat diterbitkan sesudah acara.")
    earned = eligible(held, now=now)
    if again is None:
        given = set(Certificate.objects.filter(enrolment__wave=held).values_list("enrolment_id", flat=True))
        fresh = [one for one in earned if one.enrolment_id not in given]
    else:
        valid = set(Certificate.objects.valid().filter(enrolment__wave=held).values_list("enrolment_id", flat=True))
        fresh = [one for one in earned if one.enrolment_id in again and one.enrolment_id not in valid]
        if len(fresh) < len(again):
            raise Refusal("Sertifikat orang ini sudah terbit, atau kehadirannya belum cukup. Muat ulang halaman ini.")
    made = Certificate.objects.bulk_create(_numbered(fresh, held, by, now), batch_size=500)
    if made:
        first, last = made[0].number, made[-1].number
        numbers = first if len(made) == 1 else f"{first} sampai {last}"
        record(
            at=now,
            actor=by,
            action="certificates.issued",
            sentence=f"Menerbitkan {thousands(len(made))} sertifikat {held.title}: nomor {numbers}.",
            region_code=held.program.region_id,
            subject=held.group,
            data={"first": made[0].serial, "last": made[-1].serial},
        )
    return made


def _numbered(people: Iterable[Standing], wave: Wave, by: User, now: datetime) -> list[Certificate]:
    pattern = paper_settings(wave.program_id).certificate_number
    last = Certificate.objects.filter(program=wave.program_id).aggregate(last=Max("serial"))["last"] or 0
    return [
        Certificate(
            enrolment_id=one.enrolment_id,
            program_id=wave.program_id,
            serial=serial,
            number=number_of(pattern, day=wave.local_day, serial=serial),
            holder=one.holder,
            represents=one.represents,
            share=one.share,
            check_code=make_check_code(),
            issued_at=now,
            issued_by=by,
        )
        for serial, one in enumerate(people, start=last + 1)
    ]
