"""What both events of the demo are made of: a programme with its reminders, and the agenda of a wave."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time
from typing import NamedTuple

from participants.publishing import publish
from programs.models import DEFAULT_REMINDER_RULES, Office, Program, ReminderRule, Wave
from rtportal.lib import clock
from sessions.models import SessionSpeaker, Speaker, TrainingSession


class Item(NamedTuple):
    """One session in local hours; `speakers` are keys of the event's speakers."""

    starts: time
    ends: time
    kind: TrainingSession.Kind
    title: str
    speakers: tuple[str, ...] = ()


def make_program(office: Office, **fields) -> Program:
    """A programme of the office's region with the reminders that every new one has."""
    program = Program.objects.create(office=office, region=office.region, **fields)
    ReminderRule.objects.bulk_create(
        ReminderRule(program=program, audience=audience, days_before=days) for audience, days in DEFAULT_REMINDER_RULES
    )
    return program


_STATUS = {True: SessionSpeaker.Status.TENTATIVE, False: SessionSpeaker.Status.CONFIRMED}


def make_agenda(
    wave: Wave,
    items: Iterable[Item],
    speakers: Mapping[str, Speaker],
    *,
    tentative: Collection[str] = (),
    now: datetime,
) -> None:
    """The sessions of the wave on its first day, and the whole schedule published at `now`."""
    day, zone = wave.local_day, wave.zone
    for item in items:
        session = TrainingSession.objects.create(
            wave=wave,
            kind=item.kind,
            title=item.title,
            starts_at=clock.local_instant(day, item.starts, zone),
            ends_at=clock.local_instant(day, item.ends, zone),
        )
        SessionSpeaker.objects.bulk_create(
            SessionSpeaker(session=session, speaker=speakers[key], status=_STATUS[key in tentative])
            for key in item.speakers
        )
    publish(wave=wave, acknowledged=[], actor=None, now=now)
