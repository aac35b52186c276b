from datetime import timedelta

import pytest

from participants.models import Attendance, Enrolment, EnrolmentMove, WaitingPlace
from participants.queries.wave_pages import seats_of
from participants.rules import link_closed, recording_closed
from participants.use_cases.cancel_wave import cancel_wave
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.move_participants import move_participants
from participants.use_cases.reissue_link import reissue_link
from participants.use_cases.send_due_reminders import send_due_reminders
from programs.errors import Refusal, StaleEdit
from programs.models import HallBooking, Wave
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from sessions.models import SpeakerBooking
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW, TANJUNG, WAVE_DAY, publish
from tests.participants.announcements import A_WEEK, deliver, inbox, invited, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(factories.TABALONG)
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


@pytest.fixture
def other(wave):
    """A later wave of the same programme."""
    return factories.wave(program=wave.program, number=2, on=WAVE_DAY + A_WEEK, areas=(TANJUNG,))


def cancel(wave, *, version=1, reason="Banjir", now=NOW, **targets):
    wishes = {"reason": reason, "targets": targets.get("targets", {})}
    return cancel_wave(wave=wave, version=version, **wishes, actor=factories.user(), now=now)


def test_everybody_told_is_told_once_and_what_waits_is_not_sent(wave):
    people = invited(wave, 3)
    Message.objects.filter(about_id=people[2].pk).update(due_at=NOW + A_WEEK)
    deliver()
    assert cancel(wave).told == 2
    deliver(NOW + A_WEEK)
    assert [[item.message.kind for item in inbox(person)] for person in people] == [
        ["invitation", "wave_cancelled"],
        ["invitation", "wave_cancelled"],
        [],
    ]
    line = AuditEvent.objects.get(action="wave.cancelled")
    assert "2 ketua RT yang sudah diberi tahu dikabari, 0 dialihkan" in line.sentence
    assert line.sentence.endswith("Alasan: Banjir")


def test_hall_speakers_areas_and_waiting_lists_are_free_and_reminders_end(wave, other):
    factories.session(wave=wave, speakers=[factories.speaker()])
    publish(wave)
    invited(wave, 1)
    person = factories.enrolment(wave=other, head=factories.head(district=TANJUNG))
    WaitingPlace.objects.create(enrolment=person, wave=wave, since=NOW)
    cancel(wave)
    assert not HallBooking.objects.filter(wave=wave).exists()
    assert not SpeakerBooking.objects.exists()
    assert not wave.wave_areas.exists()
    assert WaitingPlace.objects.get().closed_at == NOW
    assert set(wave.reminders.values_list("state", flat=True)) == {"skipped"}
    assert send_due_reminders(now=wave.starts_at - timedelta(days=1)) == 0


def test_the_heads_may_be_poured_and_hear_of_their_new_wave_alone(wave, other):
    people = invited(wave, 2)
    deliver()
    Enrolment.objects.update(answer="confirmed", answered_at=NOW)
    done = cancel(wave, targets={MURUNG_PUDAK: other.pk})
    assert (done.told, done.poured) == (2, 2)
    deliver()
    for person in people:
        person.refresh_from_db()
        assert (person.wave_id, person.answer) == (other.pk, "")
        assert [item.message.kind for item in inbox(person)] == ["invitation", "schedule_changed"]
        assert "pindah dari Gelombang 1 ke Gelombang 2" in inbox(person)[1].body
    assert set(EnrolmentMove.objects.values_list("cause", "reason")) == {("poured", "Banjir")}
    assert sorted(other.wave_areas.values_list("region_id", flat=True)) == [TANJUNG, MURUNG_PUDAK]


def test_each_kecamatan_may_go_its_own_way(wave, other):
    third = factories.wave(program=wave.program, number=3, on=WAVE_DAY + 2 * A_WEEK, areas=())
    factories.heads(2, district=MURUNG_PUDAK)
    people = invited(wave, 1, district=JARO)
    deliver()
    assert cancel(wave, targets={MURUNG_PUDAK: other.pk, JARO: third.pk}).poured == 3
    assert other.enrolments.count() == 2
    assert set(third.enrolments.all()) == {person for person in people if person.village_id.startswith(JARO)}


def test_a_queued_invitation_of_somebody_poured_says_the_new_wave(wave, other):
    (person,) = invited(wave, 1)
    cancel(wave, targets={MURUNG_PUDAK: other.pk})
    deliver()
    (received,) = inbox(person)
    assert received.message.kind == "invitation"
    assert "15 April 2026" in received.body


def test_a_whole_kabupaten_is_handed_over_by_kecamatan():
    factories.regions(factories.TABALONG)
    wave = factories.wave(areas=(factories.TABALONG,))
    other = factories.wave(program=wave.program, number=2, on=WAVE_DAY + A_WEEK, areas=())
    invited(wave, 1, district=JARO)
    cancel(wave, targets={JARO: other.pk})
    assert list(other.wave_areas.values_list("region_id", flat=True)) == [JARO]


def test_too_few_seats_are_refused_in_numbers_and_nothing_happens(wave, other):
    invited(wave, 3)
    other.venue.capacity = 2
    other.venue.save()
    with pytest.raises(Refusal) as refusal:
        cancel(wave, targets={MURUNG_PUDAK: other.pk})
    assert "tinggal mempunyai 2 kursi, sedangkan yang dialihkan memerlukan 3" in refusal.value.sentence
    wave.refresh_from_db()
    assert not wave.is_cancelled
    assert wave.enrolments.count() == 3


def test_a_draft_a_wave_that_began_and_one_of_another_programme_take_nobody(wave):
    invited(wave, 1)
    targets = [
        factories.wave(program=wave.program, number=2, areas=(), published=False, on=WAVE_DAY + A_WEEK),
        factories.wave(program=wave.program, number=3, areas=(), on=WAVE_DAY - 8 * A_WEEK),
        factories.wave(areas=(), on=WAVE_DAY + A_WEEK),
        wave,
    ]
    for target in targets:
        with pytest.raises(Refusal):
            cancel(wave, targets={MURUNG_PUDAK: target.pk})
    with pytest.raises(Refusal, match="tidak ditemukan"):
        cancel(wave, targets={MURUNG_PUDAK: 987654})


@pytest.mark.parametrize("reason", ["", " \0 ", "x" * 301])
def test_a_reason_is_needed(wave, reason):
    with pytest.raises(Refusal) as refusal:
        cancel(wave, reason=reason)
    assert refusal.value.field == "reason"


def test_it_happens_once_before_the_end_and_without_attendance(wave):
    (person,) = invited(wave, 1)
    with pytest.raises(Refusal, match="sudah selesai"):
        cancel(wave, now=wave.ends_at)
    session = factories.session(wave=wave)
    Attendance.objects.create(enrolment=person, session=session, marked_at=NOW, marked_by=factories.user())
    with pytest.raises(Refusal, match="Kehadiran"):
        cancel(wave)
    Attendance.objects.all().delete()
    cancel(wave)
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        cancel(wave, version=2)


def test_somebody_elses_edit_is_told_first(wave):
    Wave.objects.update(version=2)
    with pytest.raises(StaleEdit):
        cancel(wave)


def test_nothing_is_answered_marked_or_invited_any_more(wave):
    (person,) = invited(wave, 1)
    session = factories.session(wave=wave)
    deliver()
    cancel(wave)
    wave = Wave.objects.get(pk=wave.pk)
    assert "dibatalkan" in link_closed(wave, NOW)
    assert "dibatalkan" in recording_closed(wave, NOW)
    person.refresh_from_db()
    with pytest.raises(InputError, match="dibatalkan"):
        reissue_link(enrolment=person, by=factories.user(), now=NOW)
    session.refresh_from_db()
    with pytest.raises(InputError, match="dibatalkan"):
        mark_attendance(session=session, enrolments=[person], actor=factories.user(), now=NOW)
    with pytest.raises(InputError):
        invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    assert [message.kind for message in waiting()] == ["wave_cancelled"]


def test_a_new_wave_for_their_kecamatan_takes_those_who_were_left_without_one(wave):
    told, queued = invited(wave, 2)
    Message.objects.filter(about_id=queued.pk).update(due_at=NOW + A_WEEK)
    deliver()
    Enrolment.objects.filter(pk=told.pk).update(answer="confirmed", answered_at=NOW)
    cancel(wave)
    deliver()
    after = wave.ends_at + A_WEEK
    later = factories.wave(program=wave.program, number=3, on=WAVE_DAY + 4 * A_WEEK, areas=(MURUNG_PUDAK,))
    assert seats_of(later).needed == 2
    assert invite_participants(wave_id=later.pk, by=factories.user(), now=after).new == 2
    assert [(one.wave_id, one.answer) for one in Enrolment.objects.order_by("pk")] == [(later.pk, "")] * 2
    deliver(after)
    assert [item.message.kind for item in inbox(told)] == ["invitation", "wave_cancelled", "schedule_changed"]
    assert [item.message.kind for item in inbox(queued)] == ["invitation"]
    assert set(EnrolmentMove.objects.values_list("cause", flat=True)) == {"poured"}
    line = AuditEvent.objects.filter(action="invitations.opened").order_by("pk").last()
    assert "2 dialihkan dari gelombang yang dibatalkan" in line.sentence
    assert invite_participants(wave_id=later.pk, by=factories.user(), now=after).new == 0


def test_who_was_left_without_a_wave_can_be_moved_even_after_its_day(wave, other):
    people = invited(wave, 1)
    Wave.objects.filter(pk=other.pk).update(starts_at=wave.ends_at + 2 * A_WEEK, ends_at=wave.ends_at + 3 * A_WEEK)
    cancel(wave)
    move_participants(
        enrolment_ids=[people[0].pk],
        from_wave_id=wave.pk,
        to_wave_id=other.pk,
        actor=factories.user(),
        now=wave.ends_at + A_WEEK,
    )
    assert Enrolment.objects.get().wave_id == other.pk
