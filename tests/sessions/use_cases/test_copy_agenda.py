"""Repeating an agenda on another day."""

from datetime import time, timedelta

import pytest

from participants.models import Attendance
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.unmark_attendance import unmark_attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import Material, SessionSpeaker, TrainingSession
from sessions.use_cases.copy_agenda import copy_agenda
from tests import factories
from tests.factories import NOW, WAVE_DAY


@pytest.fixture
def source(db):
    factories.regions()
    wave = factories.wave()
    factories.session(
        wave=wave,
        title="Materi",
        starts=time(9, 0),
        minutes=90,
        speakers=[factories.speaker()],
        room="A",
        group="Kelompok 1",
    )
    factories.session(wave=wave, title="ISHOMA", kind="break", starts=time(12, 0))
    SessionSpeaker.objects.update(status="tentative", role="moderator")
    return wave


def later_wave(source, days: int = 7, **fields):
    values = {"number": 2, "areas": ()} | fields
    return factories.wave(program=source.program, on=WAVE_DAY + timedelta(days=days), **values)


def copy(source, *targets, replace=(), actor=None):
    return copy_agenda(from_wave=source, to_waves=targets, replace=replace, actor=actor or factories.user(), now=NOW)


def test_the_copy_stands_at_the_same_hours_of_the_other_day(source):
    target = later_wave(source, starts=time(9, 0))
    assert copy(source, target).sessions == 2
    first, second = target.training_sessions.all()
    assert clock.span_words(first.starts_at, first.ends_at, target.zone) == "Rabu, 15 April 2026, 09.00–10.30 WITA"
    assert (first.title, first.room, first.group, second.kind) == ("Materi", "A", "Kelompok 1", "break")
    part = first.session_speakers.get()
    # The yes was for another day.
    asked = source.training_sessions.first().speakers.get()
    assert (part.speaker, part.role, part.status, part.status_at) == (asked, "moderator", "invited", None)
    line = AuditEvent.objects.get()
    assert line.sentence == f"Menyalin agenda dari Gelombang 1 {source.program.name}: 2 sesi."
    assert line.subject == target.group


def test_the_second_day_of_an_agenda_stays_the_second_day(source):
    factories.session(wave=source, title="Hari kedua")
    TrainingSession.objects.filter(title="Hari kedua").update(
        starts_at=source.starts_at + timedelta(days=1), ends_at=source.ends_at + timedelta(days=1)
    )
    target = later_wave(source, days=21)
    copy(source, target)
    copied = target.training_sessions.get(title="Hari kedua")
    assert clock.local_date(copied.starts_at, target.zone) == WAVE_DAY + timedelta(days=22)


def refused(source, *targets) -> str:
    before = TrainingSession.objects.count()
    with pytest.raises(InputError) as refusal:
        copy(source, *targets)
    assert TrainingSession.objects.count() == before
    assert not AuditEvent.objects.exists()
    return refusal.value.sentence


def test_an_agenda_is_not_copied_over_another_unasked(source):
    target = later_wave(source)
    factories.session(wave=target)
    assert refused(source, target) == "Gelombang 2 dilewati: sudah mempunyai agenda (1 sesi)."


def test_several_waves_get_it_in_one_act_and_the_one_with_an_agenda_is_named_and_left_out(source):
    second, third, fourth = (later_wave(source, days, number=number) for number, days in ((2, 7), (3, 14), (4, 21)))
    factories.session(wave=third, title="Sudah ada")
    copied = copy(source, second, third, fourth)
    assert (copied.sessions, copied.waves) == (2, [second, fourth])
    assert copied.left_out == ["Gelombang 3 dilewati: sudah mempunyai agenda (1 sesi)."]
    assert [wave.training_sessions.count() for wave in (second, third, fourth)] == [2, 1, 2]
    assert set(AuditEvent.objects.values_list("subject", flat=True)) == {second.group, fourth.group}


def test_an_agenda_is_replaced_where_that_was_ticked(source):
    second, third = later_wave(source), later_wave(source, 14, number=3)
    for wave in (second, third):
        factories.session(wave=wave, title="Lama")
    copied = copy(source, second, third, replace=[third.pk])
    assert copied.waves == [third]
    assert [session.title for session in third.training_sessions.all()] == ["Materi", "ISHOMA"]
    assert second.training_sessions.get().title == "Lama"


def test_an_agenda_in_which_attendance_was_taken_back_is_never_replaced(source):
    attended, official = later_wave(source), factories.user()
    people = [factories.enrolment(wave=attended, head=factories.head())]
    session = factories.session(wave=attended)
    mark_attendance(session=session, enrolments=people, actor=official, now=NOW)
    unmark_attendance(session=session, enrolments=people, actor=official, now=NOW)
    with pytest.raises(InputError, match="kehadiran sudah dicatat"):
        copy(source, attended, replace=[attended.pk])
    assert attended.training_sessions.get() == session


def test_an_agenda_with_attendance_or_materials_is_never_replaced(source):
    attended, supplied = later_wave(source), later_wave(source, 14, number=3)
    marked = factories.session(wave=attended)
    Attendance.objects.create(
        enrolment=factories.enrolment(wave=attended, head=factories.head()),
        session=marked,
        marked_at=NOW,
        marked_by=factories.user(),
    )
    Material.objects.create(
        session=factories.session(wave=supplied), uploaded_at=NOW, name="paparan.pdf", path="x", size=1
    )
    with pytest.raises(InputError) as refusal:
        copy(source, attended, supplied, replace=[attended.pk, supplied.pk])
    assert refusal.value.sentence == (
        "Gelombang 2 dilewati: kehadiran sudah dicatat dalam agendanya."
        " Gelombang 3 dilewati: berkas materi sudah diunggah untuk agendanya."
    )
    assert not AuditEvent.objects.exists()


def test_a_wave_without_agenda_gives_nothing(source):
    assert refused(later_wave(source), factories.wave()) == "Gelombang 2 belum mempunyai agenda."


def test_another_kabupaten_gives_nothing(source):
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI), areas=())
    assert refused(source, elsewhere) == "Agenda hanya dapat disalin ke gelombang di wilayah yang sama."


def test_a_wave_is_not_copied_onto_itself_nor_onto_a_cancelled_one(source):
    assert refused(source, source) == "Agenda tidak dapat disalin ke gelombang yang sama."
    assert refused(source, later_wave(source, cancelled_at=NOW)) == "Gelombang 2 sudah dibatalkan."


def test_choosing_no_wave_is_told(source):
    assert refused(source) == "Pilih paling sedikit satu gelombang tujuan."


def test_a_long_agenda_costs_as_many_queries_as_a_short_one(source, django_assert_max_num_queries):
    for number in range(20):
        factories.session(wave=source, title=f"Sesi {number}", speakers=[factories.speaker()])
    official, target = factories.user(), later_wave(source)
    with django_assert_max_num_queries(14):
        assert copy(source, target, actor=official).sessions == 22
