"""Deciding where sheet and door disagree: what was decided is how it is afterwards, by the log of attendance."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Attendance, AttendanceEvent, Enrolment, PaperLine
from participants.queries.paper_differences import open_differences, paper_totals, present_off_paper, settled_lines
from participants.queries.paper_sheets import sheet_of
from participants.use_cases.settle_paper_line import settle_paper_line
from participants.use_cases.unmark_attendance import unmark_attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from tests import factories
from tests.factories import NOW
from tests.participants.papers import enrol_many, entered, numbered, row, scan, session_of


def prepare(count: int = 6):
    """Rows 1–4 signed, 5 and 6 did not; 3 and 4 were not scanned, 5 was."""
    session = session_of(count)
    official = factories.user(name="Siti Rahmah")
    numbered(session, official)
    scan(session, row(session, 1), row(session, 2), row(session, 5), by=official)
    entered(session, official, 5, 6)
    return session, official


@pytest.fixture
def scene(db):
    return prepare()


def differing(session) -> list[int]:
    return [line.enrolment.row_number for line in open_differences(sheet_of(session), session)]


def present(session) -> list[int]:
    marks = Attendance.objects.filter(session=session)
    return sorted(marks.values_list("enrolment__row_number", flat=True))


def decide(scene, decision: str, *rows: int, **changes) -> list[int]:
    session, official = scene
    lines = PaperLine.objects.filter(enrolment__row_number__in=rows).values_list("pk", flat=True)
    wishes = {"lines": list(lines), "decision": decision, "actor": official, "now": NOW + timedelta(days=60)} | changes
    decided = settle_paper_line(session=session, **wishes)
    return sorted(line.enrolment.row_number for line in decided)


def test_each_difference_is_listed_once(scene):
    session, _ = scene
    assert differing(session) == [3, 4, 5]
    totals = paper_totals(sheet_of(session), session)
    assert (totals.signed, totals.unsigned, totals.same, totals.open) == (4, 2, 3, 3)
    assert (totals.only_signed, totals.only_present, totals.settled) == (2, 1, 0)


def test_whoever_signed_is_present_from_the_beginning_of_the_session(scene):
    session, official = scene
    assert decide(scene, "hadir", 3) == [3]
    mark = Attendance.objects.get(enrolment=row(session, 3))
    assert (mark.marked_at, mark.marked_by) == (session.starts_at, official)
    event = AttendanceEvent.objects.get(enrolment=row(session, 3))
    assert (event.source, event.kind, event.problem) == ("paper", "in", "")
    assert differing(session) == [4, 5]
    line = AuditEvent.objects.get(action="paper.settled")
    assert line.sentence.startswith("Memutuskan beda lembar dan pintu pada sesi “Pencegahan narkoba”: Warga ")
    assert line.sentence.endswith(" dicatat hadir.")


def test_whoever_was_scanned_in_error_is_not_present_any_more(scene):
    session, _ = scene
    assert decide(scene, "tidak-hadir", 5) == [5]
    assert present(session) == [1, 2]
    assert differing(session) == [3, 4]


def test_what_is_so_already_is_decided_without_another_record(scene):
    session, _ = scene
    before = AttendanceEvent.objects.count()
    assert decide(scene, "hadir", 5) == [5]
    assert decide(scene, "tidak-hadir", 3) == [3]
    assert AttendanceEvent.objects.count() == before
    assert (present(session), differing(session)) == ([1, 2, 5], [4])


def test_leaving_it_ends_the_question_and_changes_nothing(scene):
    session, official = scene
    assert decide(scene, "biarkan", 3, 4, 5) == [3, 4, 5]
    assert (present(session), differing(session)) == ([1, 2, 5], [])
    settled = settled_lines(sheet_of(session), session)
    assert {(line.settled_note, line.settled_by) for line in settled} == {("Dibiarkan", official)}
    assert "3 peserta dibiarkan" in AuditEvent.objects.get(action="paper.settled").sentence


def test_many_are_decided_at_once_with_as_many_queries_as_one(scene):
    def queries(*rows) -> int:
        with CaptureQueriesContext(connection) as found:
            decide(scene, "hadir", *rows)
        return len(found)

    session, official = scene
    decide(scene, "hadir", 5)
    one = queries(3)
    enrol_many(session.wave, [factories.head(number=f"8{number:02d}") for number in range(30)])
    numbered(session, official)
    entered(session, official, 5, 6, version=1)
    assert queries(*range(7, 37)) <= one
    assert present(session) == [1, 2, 3, 5, *range(7, 37)]


def test_a_decided_line_is_not_decided_again(scene):
    session, _ = scene
    decide(scene, "biarkan", 3)
    assert decide(scene, "hadir", 3) == []
    assert present(session) == [1, 2, 5]


def test_lines_of_another_session_stay_as_they_are(scene):
    session, official = scene
    other = factories.session(wave=session.wave, title="Penutupan")
    numbered(other, official)
    entered(other, official, 1)
    foreign = list(PaperLine.objects.filter(sheet__session=other).values_list("pk", flat=True))
    assert decide(scene, "hadir", lines=foreign) == []


def test_after_a_mark_was_taken_back_on_the_list_the_signature_still_counts(scene):
    session, official = scene
    person = row(session, 5)
    unmark_attendance(session=session, enrolments=[person], actor=official, now=session.ends_at)
    entered(session, official, 6, version=1)
    assert 5 in differing(session)
    decide(scene, "hadir", 5)
    assert 5 in present(session)


def test_a_scan_that_arrives_later_and_agrees_takes_the_question_away(scene):
    session, official = scene
    scan(session, row(session, 3), by=official)
    assert differing(session) == [4, 5]


def test_whoever_moved_to_another_wave_is_no_difference(scene):
    session, _ = scene
    other = factories.wave(program=session.wave.program, number=2, areas=())
    Enrolment.objects.filter(row_number=3).update(wave=other, row_number=None)
    assert differing(session) == [4, 5]


def test_whoever_has_no_row_on_the_paper_is_counted_apart(scene):
    session, official = scene
    [late] = enrol_many(session.wave, [factories.head(number="099")])
    scan(session, late, by=official)
    assert present_off_paper(sheet_of(session), session) == 1
    assert differing(session) == [3, 4, 5]


def test_an_unknown_decision_is_refused(scene):
    with pytest.raises(InputError, match="Pilih"):
        decide(scene, "entah", 3)
    assert not PaperLine.objects.exclude(settled_at=None).exists()


def test_nothing_is_decided_about_a_cancelled_wave(scene):
    scene[0].wave.cancelled_at = NOW
    scene[0].wave.save()
    with pytest.raises(InputError, match="dibatalkan"):
        decide(scene, "hadir", 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides():
    scene = prepare()
    start, outcomes = Barrier(2), []

    def take(decision):
        try:
            start.wait()
            outcomes.append((decision, decide(scene, decision, 3)))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(decision,)) for decision in ("hadir", "tidak-hadir")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [decision for decision, rows in outcomes if rows == [3]]
    assert (3 in present(scene[0])) is (winner == "hadir")
    assert AuditEvent.objects.filter(action="paper.settled").count() == 1
