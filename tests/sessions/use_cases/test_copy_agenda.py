"""Repeating an agenda on another day."""

from datetime import time, timedelta

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import SessionSpeaker, TrainingSession
from sessions.use_cases.copy_agenda import copy_agenda
from tests import factories
from tests.factories import NOW, WAVE_DAY


@pytest.fixture
def source(db):
    factories.regions()
    wave = factories.wave()
    factories.session(
        wave=wave, title="Materi", starts=time(9, 0), minutes=90, speakers=[factories.speaker()], room="A"
    )
    factories.session(wave=wave, title="ISHOMA", kind="break", starts=time(12, 0))
    SessionSpeaker.objects.update(status="tentative", role="moderator")
    return wave


def later_wave(source, days: int = 7, **fields):
    return factories.wave(program=source.program, number=2, on=WAVE_DAY + timedelta(days=days), areas=(), **fields)


def test_the_copy_stands_at_the_same_hours_of_the_other_day(source):
    target = later_wave(source, starts=time(9, 0))
    assert copy_agenda(from_wave=source, to_wave=target, actor=factories.user(), now=NOW) == 2
    first, second = target.training_sessions.all()
    assert clock.span_words(first.starts_at, first.ends_at, target.zone) == "Rabu, 15 April 2026, 09.00–10.30 WITA"
    assert (first.title, first.room, second.kind) == ("Materi", "A", "break")
    part = first.session_speakers.get()
    assert (part.speaker, part.role, part.status) == (
        source.training_sessions.first().speakers.get(),
        "moderator",
        "tentative",
    )
    line = AuditEvent.objects.get()
    assert line.sentence == f"Menyalin agenda dari Gelombang 1 {source.program.name}: 2 sesi."
    assert line.subject == target.group


def test_the_second_day_of_an_agenda_stays_the_second_day(source):
    factories.session(wave=source, title="Hari kedua")
    TrainingSession.objects.filter(title="Hari kedua").update(
        starts_at=source.starts_at + timedelta(days=1), ends_at=source.ends_at + timedelta(days=1)
    )
    target = later_wave(source, days=21)
    copy_agenda(from_wave=source, to_wave=target, actor=factories.user(), now=NOW)
    copied = target.training_sessions.get(title="Hari kedua")
    assert clock.local_date(copied.starts_at, target.zone) == WAVE_DAY + timedelta(days=22)


def refused(source, target) -> str:
    before = TrainingSession.objects.count()
    with pytest.raises(InputError) as refusal:
        copy_agenda(from_wave=source, to_wave=target, actor=factories.user(), now=NOW)
    assert TrainingSession.objects.count() == before
    assert not AuditEvent.objects.exists()
    return refusal.value.sentence


def test_an_agenda_is_never_copied_over_another(source):
    target = later_wave(source)
    factories.session(wave=target)
    assert refused(source, target) == "Gelombang ini sudah mempunyai agenda, jadi tidak ada yang disalin."


def test_a_wave_without_agenda_gives_nothing(source):
    assert refused(later_wave(source), factories.wave()) == "Gelombang 2 belum mempunyai agenda."


def test_another_kabupaten_gives_nothing(source):
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI), areas=())
    assert refused(source, elsewhere) == "Agenda hanya dapat disalin dari gelombang di wilayah yang sama."


def test_a_long_agenda_costs_as_many_queries_as_a_short_one(source, django_assert_max_num_queries):
    for number in range(20):
        factories.session(wave=source, title=f"Sesi {number}", speakers=[factories.speaker()])
    official, target = factories.user(), later_wave(source)
    with django_assert_max_num_queries(12):
        assert copy_agenda(from_wave=source, to_wave=target, actor=official, now=NOW) == 22
