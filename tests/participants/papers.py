"""Printed attendance sheets: a wave with a session, its rows numbered, entered and read back."""

from collections.abc import Iterable
from datetime import datetime

from participants.models import AttendanceEvent, Enrolment, PaperSheet
from participants.presence.projection import record_events
from participants.use_cases.enter_paper_sheet import enter_paper_sheet
from participants.use_cases.number_rows import number_rows
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib.links import hash_token
from sessions.models import TrainingSession
from tests import factories
from tests.factories import NOW


def session_of(count: int, *, wave: Wave | None = None, **fields) -> TrainingSession:
    """A session in the wave of `count` people, spread over the villages of Murung Pudak."""
    if wave is None:
        factories.regions(factories.MURUNG_PUDAK)
        wave = factories.wave(program=factories.program(name="Bimtek Ketua RT 2026"))
    enrol_many(wave, factories.heads(count, with_email=False))
    return factories.session(wave=wave, **fields)


def enrol_many(wave: Wave, heads: Iterable) -> list[Enrolment]:
    return Enrolment.objects.bulk_create(
        Enrolment(
            wave=wave,
            program_id=wave.program_id,
            head=head,
            rt=head.rt,
            village_id=head.rt.village_id,
            invited_at=NOW,
            link_hash=hash_token(f"{wave.pk}-{head.pk}"),
        )
        for head in heads
    )


def numbered(session: TrainingSession, by: User, *, now: datetime = NOW) -> PaperSheet:
    return number_rows(session=session, actor=by, now=now)


def entered(session: TrainingSession, by: User, *rows: int, are_signed: bool = False, version: int = 0) -> PaperSheet:
    """The sheet with these rows as the exceptions."""
    return enter_paper_sheet(session=session, rows=rows, are_signed=are_signed, version=version, actor=by, now=NOW)


def scan(session: TrainingSession, *people: Enrolment, by: User, at: datetime | None = None) -> None:
    """They were recorded present, as if from the list."""
    when = at or session.starts_at
    record_events(
        [
            AttendanceEvent(
                kind=AttendanceEvent.Kind.IN,
                source=AttendanceEvent.Source.LIST,
                wave_id=session.wave_id,
                session=session,
                enrolment=person,
                actor=by,
                at=when,
                received_at=when,
            )
            for person in people
        ],
        now=when,
    )


def row(session: TrainingSession, number: int) -> Enrolment:
    return Enrolment.objects.get(wave=session.wave_id, row_number=number)
