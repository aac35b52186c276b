"""Row numbers: given once, kept for ever, never given twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import RT, Enrolment, PaperSheet
from participants.use_cases.number_rows import number_rows
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import TrainingSession
from sessions.use_cases.delete_session import delete_session
from tests import factories
from tests.factories import NOW
from tests.participants.papers import enrol_many, entered, numbered, session_of


@pytest.fixture
def session(db):
    return session_of(5)


@pytest.fixture
def official(session):
    return factories.user()


def numbers(session) -> dict[int, int]:
    return dict(Enrolment.objects.filter(wave=session.wave_id).values_list("pk", "row_number"))


def test_rows_go_by_village_rw_rt_and_name(session, official):
    first, second = factories.villages_of(factories.MURUNG_PUDAK)[:2]
    Enrolment.objects.all().delete()
    places = [(second, "001", "001", "A"), (first, "002", "001", "B"), (first, "001", "002", "C")]
    places += [(first, "001", "001", "D"), (first, "", "009", "E")]
    heads = [
        factories.head(village=village.code, rw=rw, number=f"1{rt}", name=name) for village, rw, rt, name in places
    ]
    enrol_many(session.wave, heads)
    numbered(session, official)
    rows = Enrolment.objects.order_by("row_number").values_list("row_number", "head__name")
    assert list(rows) == [(1, "E"), (2, "D"), (3, "C"), (4, "B"), (5, "A")]


def test_a_second_time_changes_nothing(session, official):
    numbered(session, official)
    before = numbers(session)
    assert numbered(session, official).last_row == 5
    assert numbers(session) == before
    assert [line.sentence for line in AuditEvent.objects.filter(action="rows.numbered")] == [
        "Memberi nomor baris daftar hadir kepada 5 peserta."
    ]


def test_newcomers_get_the_next_numbers_wherever_they_live(session, official):
    numbered(session, official)
    before = numbers(session)
    RT.objects.filter(number="001").update(number="201")
    [late] = enrol_many(session.wave, [factories.head(number="001", rw="001")])
    assert numbered(session, official).last_row == 6
    assert numbers(session) == before | {late.pk: 6}


def test_a_printed_number_is_not_given_again_when_its_person_moves_away(session, official):
    numbered(session, official)
    last = Enrolment.objects.get(row_number=5)
    Enrolment.objects.filter(pk=last.pk).update(
        row_number=None, wave=factories.wave(program=session.wave.program, number=2, areas=())
    )
    [late] = enrol_many(session.wave, [factories.head(number="099")])
    numbered(session, official)
    assert numbers(session)[late.pk] == 6


def test_each_session_knows_how_far_its_own_paper_goes(session, official):
    afternoon = factories.session(wave=session.wave, title="Penutupan")
    numbered(session, official)
    enrol_many(session.wave, [factories.head(number="099")])
    numbered(afternoon, official)
    assert dict(PaperSheet.objects.values_list("session__title", "last_row")) == {session.title: 5, "Penutupan": 6}


def refusal(session, official) -> str:
    with pytest.raises(InputError) as refused:
        number_rows(session=session, actor=official, now=NOW)
    assert set(Enrolment.objects.values_list("row_number", flat=True)) <= {None}
    assert not PaperSheet.objects.exists()
    return refused.value.sentence


def test_a_break_has_no_sheet(session, official):
    pause = factories.session(wave=session.wave, kind=TrainingSession.Kind.BREAK)
    assert "istirahat" in refusal(pause, official)


def test_a_wave_without_participants_has_none(session, official):
    Enrolment.objects.all().delete()
    assert "Belum ada peserta" in refusal(session, official)


def test_a_session_that_was_just_deleted_has_none(session, official):
    row = TrainingSession.objects.get(pk=session.pk)
    delete_session(session=row, version=row.version, actor=official, now=NOW)
    assert "baru saja dihapus" in refusal(session, official)


def test_a_cancelled_wave_has_none(session, official):
    session.wave.cancelled_at = NOW
    session.wave.save()
    assert "dibatalkan" in refusal(session, official)


def test_a_session_whose_sheet_was_only_printed_can_be_deleted(session, official):
    numbered(session, official)
    row = TrainingSession.objects.get(pk=session.pk)
    delete_session(session=row, version=row.version, actor=official, now=NOW)
    assert not PaperSheet.objects.exists()


def test_a_session_whose_sheet_was_entered_stays(session, official):
    numbered(session, official)
    entered(session, official, 1)
    row = TrainingSession.objects.get(pk=session.pk)
    with pytest.raises(InputError) as refused:
        delete_session(session=row, version=row.version, actor=official, now=NOW)
    assert "pernah dicatat" in refused.value.sentence
    assert PaperSheet.objects.get().lines.count() == 5


def queries_of(session, official) -> int:
    with CaptureQueriesContext(connection) as queries:
        numbered(session, official)
    return len(queries)


def test_many_people_take_as_many_queries_as_a_few(session, official):
    numbered(session, official)
    enrol_many(session.wave, [factories.head(number="800")])
    few = queries_of(session, official)
    heads = [factories.head(number=f"9{number:02d}") for number in range(60)]
    enrol_many(session.wave, heads)
    assert queries_of(session, official) == few


@pytest.mark.django_db(transaction=True)
def test_eight_officials_at_once_give_each_number_once():
    session, official = session_of(30), factories.user()
    start, faults = Barrier(8), []

    def number():
        try:
            start.wait()
            number_rows(session=TrainingSession.objects.get(pk=session.pk), actor=official, now=NOW)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [Thread(target=number) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(numbers(session).values()) == list(range(1, 31))
    assert AuditEvent.objects.filter(action="rows.numbered").count() == 1
