"""What RT heads of a programme asked the office to do with their data. Made up."""

from datetime import datetime, timedelta

from participants.models import DataCorrection, DataRequest, Enrolment
from participants.use_cases.request_correction import request_correction
from participants.use_cases.request_data import request_data
from programs.models import Program
from rtportal.accounts.models import User

_SINCE = timedelta(hours=20)
# Some hours are left of the three days.
_LETTER_CAME = timedelta(hours=60)


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


def ask_for_copy(program: Program, by: User, now: datetime) -> DataRequest:
    """The programme's second head without a telephone wrote a letter, and an operator wrote it down."""
    people = Enrolment.objects.filter(program=program).select_related("head__rt__village").order_by("head__phone", "pk")
    return request_data(
        head=people[1].head,
        kind=DataRequest.Kind.COPY,
        came_by=DataRequest.CameBy.LETTER,
        note="Mohon salinan semua data saya. (contoh)",
        by=by,
        now=now,
        received_at=now - _LETTER_CAME,
    )
