"""Entering a signed sheet: by either half, again, and not over somebody else's work."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Attendance, Enrolment, PaperLine, PaperSheet
from participants.use_cases.enter_paper_sheet import enter_paper_sheet
from participants.use_cases.settle_paper_line import settle_paper_line
from programs.errors import StaleEdit
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from tests import factories
from tests.factories import NOW
from tests.participants.papers import enrol_many, entered, numbered, row, session_of


@pytest.fixture
def session(db):
    return session_of(6)


@pytest.fixture
def official(session):
    who = factories.user(name="Siti Rahmah")
    numbered(session, who)
    return who


def signed(session) -> list[int]:
    lines = PaperLine.objects.filter(sheet__session=session, is_signed=True)
    return list(lines.values_list("enrolment__row_number", flat=True))


def test_whoever_is_not_named_signed(session, official):
    sheet = entered(session, official, 2, 5)
    assert signed(session) == [1, 3, 4, 6]
    assert (sheet.entered_by, sheet.entered_at, sheet.version) == (official, NOW, 1)
    line = AuditEvent.objects.get(action="paper.entered")
    assert line.sentence == ("Memasukkan lembar tanda tangan sesi “Pencegahan narkoba”: 4 tanda tangan, 2 tidak.")
    assert line.subject == session.wave.group


def test_the_other_half_may_be_named_instead(session, official):
    entered(session, official, 2, 5, are_signed=True)
    assert signed(session) == [2, 5]


def test_nobody_named_is_everybody_signed(session, official):
    entered(session, official)
    assert signed(session) == [1, 2, 3, 4, 5, 6]


def test_entering_changes_no_attendance(session, official):
    entered(session, official, 1)
    assert not Attendance.objects.exists()


def test_the_same_again_changes_nothing_even_from_an_old_page(session, official):
    entered(session, official, 2)
    assert entered(session, official, 2, version=0).version == 1
    assert AuditEvent.objects.filter(action="paper.entered").count() == 1


def test_it_can_be_changed_later(session, official):
    entered(session, official, 2)
    assert entered(session, official, 2, 3, version=1).version == 2
    assert signed(session) == [1, 4, 5, 6]
    assert AuditEvent.objects.filter(action="paper.entered").first().sentence.startswith("Mengubah lembar")


def test_a_decision_stays_unless_its_row_is_entered_otherwise(session, official):
    entered(session, official, 2, 3)
    keys = list(PaperLine.objects.filter(enrolment__row_number__in=[2, 3]).values_list("pk", flat=True))
    settle_paper_line(session=session, lines=keys, decision="biarkan", actor=official, now=NOW)
    entered(session, official, 2, version=1)
    decided = dict(PaperLine.objects.values_list("enrolment__row_number", "settled_note"))
    assert (decided[2], decided[3]) == ("Dibiarkan", "")


def test_a_second_official_does_not_overwrite_the_first(session, official):
    entered(session, official, 2)
    with pytest.raises(StaleEdit) as stale:
        entered(session, factories.user(), 4)
    assert stale.value.version == 1
    assert signed(session) == [1, 3, 4, 5, 6]


def refused(session, official, *rows) -> str:
    with pytest.raises(InputError) as refusal:
        entered(session, official, *rows)
    assert not PaperLine.objects.exists()
    return refusal.value.sentence


def test_a_number_that_is_not_on_the_sheet_is_refused(session, official):
    assert refused(session, official, 2, 572) == "Tidak ada pada lembar sesi ini: 572-4."


def test_whoever_came_after_the_printing_is_not_on_the_sheet(session, official):
    enrol_many(session.wave, [factories.head(number="099")])
    afternoon = factories.session(wave=session.wave, title="Penutupan")
    numbered(afternoon, official)
    assert "Tidak ada pada lembar" in refused(session, official, 7)
    entered(session, official, 1)
    assert signed(session) == [2, 3, 4, 5, 6]


def test_only_those_of_the_parallel_group_are_on_its_sheet(session, official):
    Enrolment.objects.filter(row_number__in=[1, 2]).update(group="Kelompok A")
    Enrolment.objects.filter(row_number__in=[3, 4]).update(group="Kelompok B")
    group = factories.session(wave=session.wave, title="Diskusi", group="Kelompok A")
    numbered(group, official)
    entered(group, official)
    assert signed(group) == [1, 2, 5, 6]


def test_a_sheet_that_was_never_printed_is_not_entered(session, official):
    other = factories.session(wave=session.wave, title="Penutupan")
    assert "belum pernah dicetak" in refused(other, official)


def test_nothing_is_entered_for_a_cancelled_wave(session, official):
    session.wave.cancelled_at = NOW
    session.wave.save()
    assert "dibatalkan" in refused(session, official, 1)


def test_whoever_moved_away_leaves_the_sheet_when_it_is_entered_again(session, official):
    entered(session, official, 2)
    other = factories.wave(program=session.wave.program, number=2, areas=())
    Enrolment.objects.filter(row_number=3).update(wave=other, row_number=None)
    entered(session, official, 4, version=1)
    assert signed(session) == [1, 2, 5, 6]
    assert PaperLine.objects.count() == 5


def test_many_rows_take_as_many_queries_as_a_few(session, official):
    def queries(*rows, version) -> int:
        with CaptureQueriesContext(connection) as found:
            entered(session, official, *rows, version=version)
        return len(found)

    few = queries(1, version=0)
    PaperLine.objects.all().delete()
    PaperSheet.objects.update(version=0, entered_at=None, entered_by=None)
    enrol_many(session.wave, [factories.head(number=f"8{number:02d}") for number in range(60)])
    numbered(session, official)
    assert queries(*range(1, 40), version=0) == few


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    session, people = session_of(6), [factories.user(), factories.user()]
    numbered(session, people[0])
    start, told = Barrier(2), []

    def save(who, exception):
        try:
            start.wait()
            now = NOW + timedelta(minutes=1)
            told.append(
                enter_paper_sheet(
                    session=session, rows=[exception], are_signed=False, version=0, actor=who, now=now
                ).version
            )
        except StaleEdit as stale:
            told.append(stale.sentence)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(who, number)) for number, who in enumerate(people, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one for one in told if one == 1] == [1]
    assert sum("diubah petugas lain" in str(one) for one in told) == 1
    assert len(signed(session)) == 5
    assert row(session, 1)
