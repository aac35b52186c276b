"""A wave that is over, with people who were there for some of it."""

from datetime import datetime, timedelta

from participants.models import Attendance, Certificate, Enrolment
from participants.use_cases.issue_certificates import issue_certificates
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib.check_codes import make_check_code
from sessions.models import TrainingSession
from tests import factories
from tests.participants.papers import enrol_many


def after(wave: Wave) -> datetime:
    """An hour after the end."""
    return wave.ends_at + timedelta(hours=1)


def attended(session: TrainingSession, *people: Enrolment, by: User, minutes: int | None = None) -> None:
    """They were in the session, for so many minutes where that is known."""
    Attendance.objects.bulk_create(
        Attendance(enrolment=person, session=session, marked_at=session.starts_at, marked_by=by, minutes=minutes)
        for person in people
    )


def taught_wave(count: int = 3, **fields) -> tuple[Wave, TrainingSession, list[Enrolment]]:
    """A wave of `count` heads with one session of an hour, which nobody attended yet."""
    factories.regions(factories.MURUNG_PUDAK)
    wave = factories.wave(program=factories.program(name="Bimtek Ketua RT 2026"), **fields)
    session = factories.session(wave=wave)
    enrol_many(wave, factories.heads(count, with_email=False))
    return wave, session, list(wave.enrolments.select_related("head").order_by("head__name"))


def issued(wave: Wave, session: TrainingSession, *people: Enrolment, by: User) -> list[Certificate]:
    """Certificates of people who attended the whole session."""
    attended(session, *people, by=by)
    return issue_certificates(wave=wave, by=by, now=after(wave))


def certified(enrolment: Enrolment, *, by: User, **fields) -> Certificate:
    """The first certificate of the programme, whatever the wave and the attendance."""
    values = {"serial": 1, "number": "001/SERTIFIKAT/IV/2026", "holder": enrolment.head.full_name, "share": 100}
    values |= {"check_code": make_check_code(), "issued_at": factories.NOW, "issued_by": by}
    return Certificate.objects.create(enrolment=enrolment, program_id=enrolment.program_id, **(values | fields))
