from datetime import timedelta

import pytest

from participants.models import Attendance, AttendanceEvent, Enrolment, Payment, RTHead, WalkIn
from participants.presence.projection import record_events
from participants.queries.attendance_problems import open_problems
from participants.use_cases.drop_walk_in import drop_walk_in
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.match_walk_in import match_walk_in
from participants.use_cases.unmatch_walk_in import unmatch_walk_in
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JAMBI, JARO, MURUNG_PUDAK, NOW, TABALONG
from tests.participants.certified import certified
from tests.participants.door_world import desk, event, guest, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(TABALONG, JAMBI)
    return factories.user()


@pytest.fixture
def session(official):
    return factories.session(wave=factories.wave())


@pytest.fixture
def device(session, official):
    return desk(session.wave, by=official)


@pytest.fixture
def visitor(session, device):
    return guest(session, device)


def match(visitor, head, official):
    return match_walk_in(walk_in_id=visitor.pk, head_id=head.pk, actor=official, now=NOW)


def unmatch(visitor, official):
    return unmatch_walk_in(walk_in_id=visitor.pk, actor=official, now=NOW)


def test_a_guest_counts_for_nobody_until_matched(visitor):
    assert not Attendance.objects.exists()
    assert AttendanceEvent.objects.get().enrolment is None


def test_a_head_without_invitation_becomes_a_participant_who_was_there_when_the_guest_came(
    visitor, session, device, official
):
    head = factories.head(district=JARO)
    enrolment = match(visitor, head, official)
    assert (enrolment.wave, enrolment.head, enrolment.rt) == (session.wave, head, head.rt)
    mark = Attendance.objects.get()
    assert (mark.enrolment, mark.marked_at, mark.device) == (enrolment, session.starts_at, device)
    assert not Message.objects.exists()
    assert AuditEvent.objects.get(action="walk_in.matched").data["enrolled"] is True


def test_who_was_invited_and_left_the_pass_at_home_keeps_the_own_place(visitor, session, official):
    person = factories.enrolment(wave=session.wave)
    assert match(visitor, person.head, official) == person
    assert Enrolment.objects.count() == 1
    assert not WalkIn.objects.get().has_enrolled


def test_who_sits_in_another_wave_is_refused_in_words(visitor, session, official):
    other = factories.wave(program=session.wave.program, number=2, areas=(JARO,))
    person = factories.enrolment(wave=other, head=factories.head(district=JARO))
    with pytest.raises(Refusal, match=r"Ahmad Fauzi terdaftar di Gelombang 2\. Pindahkan dahulu"):
        match(visitor, person.head, official)
    assert not Attendance.objects.exists()


def test_an_rt_is_not_seated_twice(visitor, session, official):
    person = factories.enrolment(wave=session.wave)
    RTHead.objects.update(is_current=False)
    successor = RTHead.objects.create(rt=person.head.rt, name="Penerus")
    with pytest.raises(Refusal, match="masih atas nama Ahmad Fauzi"):
        match(visitor, successor, official)


def test_a_head_of_another_region_or_out_of_office_is_nobody_here(visitor, official):
    with pytest.raises(Refusal, match="Cari ulang"):
        match(visitor, factories.head(district="15.71.01"), official)
    former = factories.head()
    RTHead.objects.filter(pk=former.pk).update(is_current=False)
    with pytest.raises(Refusal, match="Cari ulang"):
        match(visitor, former, official)


def test_matching_again_changes_nothing_and_to_somebody_else_is_refused(visitor, official):
    head = factories.head()
    first = match(visitor, head, official)
    assert match(visitor, head, official) == first
    with pytest.raises(Refusal, match="Batalkan dahulu pencocokan"):
        match(visitor, factories.head(number="002"), official)
    assert AuditEvent.objects.filter(action="walk_in.matched").count() == 1


def test_undoing_takes_the_attendance_and_the_place_again(visitor, official):
    match(visitor, factories.head(), official)
    assert unmatch(visitor, official)
    assert not Attendance.objects.exists()
    assert not Enrolment.objects.exists()
    row = WalkIn.objects.get()
    assert (row.enrolment, row.matched_by, row.has_enrolled) == (None, None, False)
    assert not unmatch(visitor, official)
    # And the right person can be chosen then.
    assert match(visitor, factories.head(number="002", name="Benar"), official).head.name == "Benar"


def test_undoing_leaves_an_invited_person_their_place(visitor, session, official):
    person = factories.enrolment(wave=session.wave)
    match(visitor, person.head, official)
    unmatch(visitor, official)
    assert list(Enrolment.objects.all()) == [person]
    assert not Attendance.objects.exists()


def test_what_else_was_recorded_of_the_person_stays_with_the_place(visitor, session, official):
    enrolment = match(visitor, factories.head(), official)
    later = factories.session(wave=session.wave, title="Diskusi", minutes=30)
    mark_attendance(session=later, enrolments=[enrolment], actor=official, now=NOW)
    unmatch(visitor, official)
    assert Attendance.objects.get().session == later


def test_a_row_on_a_printed_sheet_keeps_its_person(visitor, official):
    enrolment = match(visitor, factories.head(), official)
    Enrolment.objects.update(row_number=7)
    unmatch(visitor, official)
    assert list(Enrolment.objects.all()) == [enrolment]


def test_the_same_person_taken_in_at_two_desks_is_one_attendance(visitor, session, device, official):
    second = guest(session, desk(session.wave, "Meja 2", by=official), at=session.starts_at + timedelta(minutes=3))
    head = factories.head()
    enrolment = match(visitor, head, official)
    match(second, head, official)
    assert Attendance.objects.count() == 1
    # The place was made by the first match; now it hangs on the second.
    unmatch(visitor, official)
    assert Attendance.objects.get().marked_at == session.starts_at + timedelta(minutes=3)
    unmatch(second, official)
    assert not Enrolment.objects.filter(pk=enrolment.pk).exists()


def test_a_doubt_that_only_the_wrong_match_raised_goes_with_it(visitor, session, device, official):
    person = factories.enrolment(wave=session.wave)
    scan(session, desk(session.wave, "Meja 2", by=official), person, at=session.starts_at - timedelta(minutes=5))
    match(visitor, person.head, official)
    assert list(open_problems(session.wave).values_list("problem", flat=True)) == ["double"]
    unmatch(visitor, official)
    assert not open_problems(session.wave).exists()


def test_a_guest_whom_the_desk_took_back_too_late_stays_doubtful_after_a_wrong_match(
    visitor, session, device, official
):
    arrival = visitor.attendance_events.get()
    late = session.starts_at + timedelta(minutes=3)
    record_events([event(session, device, kind="undo", undoes=arrival.uid, at=late)], now=late)
    match(visitor, factories.head(), official)
    unmatch(visitor, official)
    assert list(open_problems(session.wave).values_list("problem", flat=True)) == ["late_undo"]


def test_a_place_stays_whose_person_went_on_to_another_wave(visitor, session, official):
    enrolment = match(visitor, factories.head(), official)
    later = factories.wave(program=session.wave.program, number=2, areas=(JARO,))
    enrolment.moves.create(from_wave=session.wave, to_wave=later, cause="moved", at=NOW, actor=official)
    unmatch(visitor, official)
    assert list(Enrolment.objects.all()) == [enrolment]


def test_a_place_stays_whose_person_asked_to_have_data_put_right(visitor, official):
    enrolment = match(visitor, factories.head(), official)
    asked = {"head": enrolment.head, "village": enrolment.village, "wanted": {"name": "Budi"}, "before": {"name": ""}}
    enrolment.data_corrections.create(requested_at=NOW, due_at=NOW, **asked)
    unmatch(visitor, official)
    assert list(Enrolment.objects.all()) == [enrolment]


def test_a_place_stays_whose_person_has_a_certificate_or_was_handed_money(visitor, session, device, official):
    other = guest(session, device, "Tamu lain")
    first, second = (match(one, factories.head(number=f"{one.pk:03d}"), official) for one in (visitor, other))
    certified(first, by=official)
    Payment.objects.create(enrolment=second, amount=1, received_by="Tamu lain", paid_at=NOW, recorded_by=official)
    assert unmatch(visitor, official)
    assert unmatch(other, official)
    assert Enrolment.objects.count() == 2


def test_a_place_whose_person_was_also_scanned_stays(visitor, session, device, official):
    enrolment = match(visitor, factories.head(), official)
    scan(session, device, enrolment, at=session.starts_at + timedelta(minutes=5), seq=2)
    unmatch(visitor, official)
    assert Attendance.objects.get().enrolment == enrolment


def test_a_guest_who_was_nobody_is_struck_once(visitor, official):
    assert drop_walk_in(walk_in_id=visitor.pk, actor=official, now=NOW)
    assert not drop_walk_in(walk_in_id=visitor.pk, actor=official, now=NOW)
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        match(visitor, factories.head(), official)


def test_a_matched_guest_is_not_struck(visitor, official):
    match(visitor, factories.head(), official)
    with pytest.raises(Refusal, match="Batalkan dahulu"):
        drop_walk_in(walk_in_id=visitor.pk, actor=official, now=NOW)


def test_a_cancelled_wave_takes_nobody_in(visitor, session, official):
    session.wave.cancelled_at = NOW
    session.wave.save()
    with pytest.raises(Refusal, match="dibatalkan"):
        match(visitor, factories.head(district=MURUNG_PUDAK), official)
