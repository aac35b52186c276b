"""What one RT head of a programme asked to have put right. Made up."""

from datetime import datetime, timedelta

from participants.models import DataCorrection, Enrolment
from participants.use_cases.request_correction import request_correction
from programs.models import Program

_SINCE = timedelta(hours=20)


def ask_for_correction(program: Program, now: datetime) -> DataCorrection:
    """The programme's first head with a telephone and without a degree asked for one 20 hours ago."""
    people = Enrolment.objects.filter(program=program, head__gelar_belakang="").exclude(head__phone="")
    person = people.select_related("head", "wave").order_by("pk")[0]
    head = person.head
    return request_correction(
        enrolment=person,
        name=f"{head.full_name}, S.Pd.",
        phone=head.phone,
        email=head.email,
        note="Mohon gelar ditulis pada sertifikat. (contoh)",
        now=now - _SINCE,
    )
