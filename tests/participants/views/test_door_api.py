"""The door's API: what a desk may know, what it records, and what it is told."""

from datetime import time, timedelta

import pytest

from participants.models import Attendance, AttendanceEvent, WalkIn
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.unmark_attendance import unmark_attendance
from tests import factories
from tests.participants.door_client import entry, make_hall, results, verdicts


@pytest.fixture
def hall(db):
    return make_hall()


def test_a_pass_is_scanned_and_the_person_is_present(hall):
    session, person, desk1, _ = hall
    scan = entry(session, code=person.short_code, offline=False, companions=1)
    [result] = results(desk1, scan)
    assert result == {
        "uid": scan["uid"],
        "verdict": "present",
        "person": person.pk,
        "name": "H. Ahmad Fauzi",
        "at": session.starts_at.isoformat(),
        "desk": "Meja 1",
        "sentence": "Tercatat hadir.",
    }
    row = Attendance.objects.get()
    assert (row.enrolment, row.device, row.marked_by, row.companions) == (person, desk1, None, 1)
    assert (row.marked_at, row.left_at, row.minutes) == (session.starts_at, None, None)


def test_the_same_pass_at_another_desk_is_already_there_and_no_conflict(hall):
    session, person, desk1, desk2 = hall
    results(desk1, entry(session, code=person.short_code, offline=False))
    later = session.starts_at + timedelta(minutes=5)
    [result] = results(desk2, entry(session, code=person.short_code, offline=False, at=later))
    assert (result["verdict"], result["desk"], result["at"]) == ("already", "Meja 1", session.starts_at.isoformat())
    assert result["sentence"] == "Sudah tercatat hadir 09.00 WITA di Meja 1."
    assert not AttendanceEvent.objects.exclude(problem="").exists()
    assert Attendance.objects.get().marked_at == session.starts_at


def test_two_desks_without_a_network_let_the_same_pass_in_and_a_human_is_asked(hall):
    session, person, desk1, desk2 = hall
    early, late = session.starts_at, session.starts_at + timedelta(minutes=3)
    assert verdicts(desk2, entry(session, code=person.short_code, at=late)) == ["present"]
    assert verdicts(desk1, entry(session, code=person.short_code, at=early)) == ["present"]
    assert Attendance.objects.get().marked_at == early
    assert Attendance.objects.get().device == desk1
    assert AttendanceEvent.objects.exclude(problem="").get().device == desk2


def test_the_code_is_taken_as_typed_and_the_link_by_its_hash_or_in_full(hall):
    session, person, desk1, _ = hall
    typed = f"{person.short_code[:3].lower()}-{person.short_code[3:]}"
    token = factories.token_of(person.link_id)
    ways = [{"code": typed}, {"hash": person.link_hash[:16]}, {"code": f"https://x.id/u/{token}/"}, {"code": token}]
    told = results(desk1, *(entry(session, **way) for way in ways), entry(session, person=person.pk))
    assert [result["person"] for result in told] == [person.pk] * 5
    assert set(AttendanceEvent.objects.values_list("code", flat=True)) == {person.short_code}


def test_whatever_else_a_pass_can_mean_is_said(hall):
    session, _, desk1, _ = hall
    wave = session.wave
    represented = factories.enrolment(
        wave=wave,
        head=factories.head(number="006"),
        answer="represented",
        answered_at=wave.starts_at,
        substitute_name="Budi",
    )
    declined = factories.enrolment(
        wave=wave, head=factories.head(number="007"), answer="declined", answered_at=wave.starts_at
    )
    grouped = factories.enrolment(wave=wave, head=factories.head(number="008"), group="Kelompok B")
    second = factories.wave(program=wave.program, number=2, areas=(factories.JARO,))
    elsewhere = factories.enrolment(wave=second, head=factories.head(number="009"))
    parallel = factories.session(wave=wave, title="Diskusi", starts=time(11), group="Kelompok A")
    told = results(
        desk1,
        entry(session, code=represented.short_code),
        entry(session, code=declined.short_code),
        entry(parallel, code=grouped.short_code),
        entry(session, code=elsewhere.short_code),
        entry(session, code="KQ73MT"),
        entry(session, code="bukan kode"),
    )
    assert [(result["verdict"], result["sentence"]) for result in told] == [
        ("represented", "Diwakili oleh Budi."),
        ("declined", "Menjawab berhalangan, sekarang datang. Tercatat hadir."),
        ("other_session", "Terdaftar pada Kelompok B; tetap tercatat hadir di sesi ini."),
        ("wrong_wave", "Terdaftar pada Gelombang 2."),
        ("unknown", "Kode ini tidak dikenal. Cari namanya, atau catat sebagai tamu."),
        ("unknown", "Kode ini tidak dikenal. Cari namanya, atau catat sebagai tamu."),
    ]
    assert set(Attendance.objects.values_list("enrolment", flat=True)) == {represented.pk, declined.pk, grouped.pk}
    assert list(AttendanceEvent.objects.exclude(problem="").values_list("problem", "code").order_by("pk")) == [
        ("wrong_wave", elsewhere.short_code),
        ("unknown", "KQ73MT"),
        ("unknown", "bukan kode"),
    ]


def test_a_pass_that_died_opens_nothing_but_counts_for_what_was_scanned_before(hall):
    session, person, desk1, _ = hall
    died = session.starts_at + timedelta(minutes=10)
    person.retired_passes.create(link_hash="a" * 64, short_code="KQ73MT", cause="reissued", at=died)
    before, after = died - timedelta(minutes=1), died + timedelta(minutes=1)
    told = results(desk1, entry(session, code="KQ73MT", at=after), entry(session, hash="a" * 16, at=before))
    assert [result["verdict"] for result in told] == ["revoked", "present"]
    assert AttendanceEvent.objects.get(problem="revoked").enrolment is None
    assert Attendance.objects.get().enrolment == person


def test_undoing_within_two_minutes_takes_back_and_later_asks_a_human(hall):
    session, person, desk1, _ = hall
    scan = entry(session, code=person.short_code)
    soon, late = session.starts_at + timedelta(seconds=119), session.starts_at + timedelta(seconds=121)
    results(desk1, scan)
    [told] = results(desk1, entry(session, kind="undo", undoes=scan["uid"], at=late))
    assert (told["verdict"], told["person"]) == ("refused", person.pk)
    assert AttendanceEvent.objects.get(problem="late_undo").kind == "undo"
    assert Attendance.objects.exists()
    [told] = results(desk1, entry(session, kind="undo", undoes=scan["uid"], at=soon))
    assert (told["verdict"], told["person"]) == ("undone", person.pk)
    assert not Attendance.objects.exists()


def test_an_undo_that_arrives_first_waits_for_what_it_undoes(hall):
    session, person, desk1, desk2 = hall
    scan = entry(session, code=person.short_code)
    undo = entry(session, kind="undo", undoes=scan["uid"], seq=2)
    assert verdicts(desk1, undo) == ["undone"]
    assert verdicts(desk1, scan) == ["undone"]
    assert not Attendance.objects.exists()
    # Another desk takes back nothing of this one.
    again = entry(session, code=person.short_code, seq=3)
    verdicts(desk1, again)
    verdicts(desk2, entry(session, kind="undo", undoes=again["uid"]))
    assert Attendance.objects.exists()


def test_a_guest_without_invitation_is_taken_in_once_and_taken_back(hall):
    session, _, desk1, _ = hall
    guest = entry(session, kind="walk_in", name=" Budi  Santoso ", unit="RT 5 RW 2", place="Mabuun")
    assert verdicts(desk1, guest) == verdicts(desk1, guest) == ["walk_in"]
    row = WalkIn.objects.get()
    assert (row.name, row.unit, row.place, row.taken_in_at) == (
        "Budi Santoso",
        "RT 5 RW 2",
        "Mabuun",
        session.starts_at,
    )
    assert AttendanceEvent.objects.get().walk_in == row
    assert verdicts(desk1, entry(session, kind="undo", undoes=guest["uid"])) == ["undone"]
    row.refresh_from_db()
    assert row.dropped_at


def test_a_guest_taken_back_too_late_stays_and_a_human_is_asked(hall):
    session, _, desk1, _ = hall
    guest = entry(session, kind="walk_in", name="Budi")
    late = session.starts_at + timedelta(minutes=3)
    assert verdicts(desk1, guest, entry(session, kind="undo", undoes=guest["uid"], at=late)) == ["walk_in", "refused"]
    assert WalkIn.objects.get().dropped_at is None
    assert AttendanceEvent.objects.get(kind="undo").problem == "late_undo"


def test_going_out_and_coming_back_is_counted_in_minutes(hall):
    session, person, desk1, desk2 = hall
    at = [session.starts_at + timedelta(minutes=minutes) for minutes in (-10, 20, 30)]
    code = {"code": person.short_code}
    out = entry(session, kind="out", at=at[1], **code)
    told = verdicts(desk1, entry(session, at=at[0], **code), out)
    told += verdicts(desk2, entry(session, at=at[2], **code))
    assert told == ["present", "left", "present"]
    row = Attendance.objects.get()
    assert (row.marked_at, row.left_at, row.minutes) == (at[0], None, 50)
    assert verdicts(desk2, entry(session, kind="out", at=at[2] + timedelta(minutes=5), **code)) == ["left"]
    row.refresh_from_db()
    assert (row.left_at, row.minutes) == (at[2] + timedelta(minutes=5), 25)


def test_going_out_without_coming_in_is_for_a_human(hall):
    session, person, desk1, _ = hall
    assert verdicts(desk1, entry(session, kind="out", code=person.short_code)) == ["refused"]
    assert AttendanceEvent.objects.get().problem == "not_in"
    assert not Attendance.objects.exists()


def test_a_clock_that_knows_it_is_a_day_wrong_is_put_right_and_one_that_does_not_is_named(hall):
    session, person, desk1, _ = hall
    other = factories.enrolment(wave=session.wave, head=factories.head(number="006"))
    yesterday = session.starts_at - timedelta(days=1)
    known = entry(session, code=person.short_code, at=yesterday, skew_ms=86_400_000)
    results(desk1, known, entry(session, code=other.short_code, at=yesterday))
    event = AttendanceEvent.objects.get(uid=known["uid"])
    assert (event.at, event.device_at, event.problem) == (session.starts_at, yesterday, "")
    wrong = AttendanceEvent.objects.get(enrolment=other)
    assert (wrong.at, wrong.problem) == (yesterday, "clock")
    assert set(Attendance.objects.values_list("marked_at", flat=True)) == {session.starts_at}


def test_an_official_takes_back_what_a_desk_recorded_and_it_stays_taken_back(hall):
    session, person, desk1, _ = hall
    official = factories.user()
    scan = entry(session, code=person.short_code)
    results(desk1, scan)
    # Though the desk's clock was ahead of the official's.
    before = session.starts_at - timedelta(hours=1)
    assert unmark_attendance(session=session, enrolments=[person], actor=official, now=before) == [person]
    assert verdicts(desk1, scan) == ["refused"]
    assert not Attendance.objects.exists()
    assert mark_attendance(session=session, enrolments=[person], actor=official, now=before) == [person]
    assert Attendance.objects.get().marked_by == official


def test_who_is_in_two_places_at_once_is_for_a_human(hall):
    session, person, desk1, desk2 = hall
    beside = factories.session(wave=session.wave, title="Di aula lain")
    after = factories.session(wave=session.wave, title="Sesudahnya", starts=time(10))
    code = {"code": person.short_code}
    later = session.starts_at + timedelta(minutes=5)
    results(desk2, entry(beside, at=later, offline=False, **code))
    results(desk1, entry(session, offline=False, **code), entry(after, at=after.starts_at, **code))
    assert AttendanceEvent.objects.exclude(problem="").get().session == beside
    assert Attendance.objects.count() == 3
