"""Publishing a wave's schedule: what is written, what is refused, who is told."""

from datetime import time, timedelta

import pytest

from participants.schedule_change import Acceptance, preview_change
from programs.errors import Refusal, StaleEdit
from programs.models import HallBooking, SpecialDay, Wave, WavePublication
from programs.use_cases.publish_schedule import NOT_TOLD, publish_schedule
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from sessions.models import SpeakerBooking, TrainingSession
from tests import factories
from tests.factories import NOW


def loaded(wave: Wave) -> Wave:
    return Wave.objects.select_related("program__region", "venue", "publication").get(pk=wave.pk)


def accept(wave: Wave, *, ticks: bool = True) -> Acceptance:
    """What an official accepts who reads the page now and ticks everything (or nothing)."""
    preview = preview_change(loaded(wave), reminders_before={})
    return Acceptance(preview.token, frozenset(clash.key for clash in preview.warnings if ticks))


def publish(wave: Wave, **wishes) -> WavePublication:
    row = loaded(wave)
    values = {"version": row.version, "actor": None, "now": NOW} | wishes
    if "acceptance" not in values:
        values["acceptance"] = accept(wave)
    return publish_schedule(wave=row, **values)


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(published=False)


def test_a_draft_becomes_version_one_and_takes_hall_and_speakers(wave):
    official = factories.user()
    who, unsure = factories.speaker(), factories.speaker(position="Bupati Tabalong")
    session = factories.session(wave=wave, speakers=[who, unsure])
    session.session_speakers.filter(speaker=unsure).update(status="invited")
    version = publish(wave, actor=official)
    assert (version.number, version.published_by, version.published_at) == (1, official, NOW)
    assert loaded(wave).publication == version
    booking = HallBooking.objects.get(wave=wave)
    assert (booking.venue, booking.starts_at, booking.ends_at) == (wave.venue, wave.starts_at, wave.ends_at)
    taken = SpeakerBooking.objects.get(wave=wave)
    assert (taken.speaker, taken.starts_at, taken.ends_at) == (who, session.starts_at, session.ends_at)
    line = AuditEvent.objects.get(subject=wave.group)
    assert (line.action, line.actor) == ("schedule.published", official)


def test_the_facts_say_time_place_and_agenda(wave):
    who = factories.speaker(institution="BNN")
    session = factories.session(wave=wave, room="Ruang 2", group="Kelompok A", speakers=[who])
    facts = publish(wave).facts
    part = session.session_speakers.get()
    assert facts == {
        "starts_at": "2026-04-08T00:00:00+00:00",
        "ends_at": "2026-04-08T07:00:00+00:00",
        "venue_id": wave.venue_id,
        "venue": wave.venue.name,
        "address": "",
        "latitude": None,
        "longitude": None,
        "zone": "Asia/Makassar",
        "agenda": [
            {
                "session": session.pk,
                "kind": "material",
                "title": "Pencegahan narkoba",
                "starts_at": "2026-04-08T01:00:00+00:00",
                "ends_at": "2026-04-08T02:00:00+00:00",
                "room": "Ruang 2",
                "group": "Kelompok A",
                "speakers": [
                    {
                        "part": part.pk,
                        "speaker": who.pk,
                        "title": "Kepala BNNK Tabalong",
                        "institution": "BNN",
                        "role": "speaker",
                        "status": "confirmed",
                    }
                ],
            }
        ],
    }


def test_a_change_of_the_agenda_becomes_version_two_and_says_what_changed(wave):
    session = factories.session(wave=wave)
    publish(wave)
    TrainingSession.objects.filter(pk=session.pk).update(room="Ruang 2")
    version = publish(wave)
    assert version.number == 2
    assert version.changes == [{"label": "Sesi “Pencegahan narkoba”", "before": "ruang utama", "after": "Ruang 2"}]
    assert list(wave.publications.values_list("number", flat=True)) == [2, 1]


def test_moved_sessions_take_their_speakers_along_and_free_the_former_hours(wave):
    who = factories.speaker()
    session = factories.session(wave=wave, speakers=[who])
    publish(wave)
    later = session.starts_at + timedelta(hours=2)
    TrainingSession.objects.filter(pk=session.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    publish(wave)
    assert SpeakerBooking.objects.get(speaker=who).starts_at == later


def test_nothing_new_is_not_published_again(wave):
    publish(wave)
    with pytest.raises(Refusal, match="Semua yang ada di jadwal ini sudah terbit"):
        publish(wave)
    assert wave.publications.count() == 1


def test_a_cancelled_wave_and_one_that_ended_are_not_published(wave):
    with pytest.raises(Refusal, match="sudah selesai"):
        publish(wave, now=wave.ends_at)
    Wave.objects.filter(pk=wave.pk).update(cancelled_at=NOW)
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        publish(wave)
    assert not WavePublication.objects.exists()


def test_who_saw_an_older_version_of_the_wave_is_told(wave):
    seen = accept(wave)
    Wave.objects.filter(pk=wave.pk).update(version=2)
    with pytest.raises(StaleEdit):
        publish(wave, version=1, acceptance=seen)


def test_who_saw_another_agenda_must_look_again(wave):
    seen = accept(wave)
    factories.session(wave=wave)
    with pytest.raises(Refusal, match="berubah sejak halaman ini dibuka"):
        publish(wave, acceptance=seen)
    assert not WavePublication.objects.exists()


# Clashes


def holiday(wave: Wave, name: str = "Hari jadi") -> SpecialDay:
    return SpecialDay.objects.create(
        region_id="63.09", name=name, kind="local", starts_on=wave.local_day, ends_on=wave.local_day
    )


def test_each_warning_must_be_accepted_and_is_kept_by_name(wave):
    holiday(wave)
    with pytest.raises(Refusal, match="1 belum dicentang"):
        publish(wave, acceptance=accept(wave, ticks=False))
    version = publish(wave)
    [kept] = version.acknowledged
    assert kept["sentence"] == "Rabu, 8 April 2026 adalah hari khusus daerah: Hari jadi."


def test_an_acceptance_does_not_cover_a_clash_that_came_later(wave):
    holiday(wave)
    seen = accept(wave)
    holiday(wave, "Pilkades")
    with pytest.raises(Refusal, match="berubah sejak"):
        publish(wave, acceptance=seen)


def test_a_hall_that_a_published_wave_has_is_refused_with_a_way_to_mend_it(wave):
    other = factories.wave(venue=wave.venue, areas=())
    with pytest.raises(Refusal, match=f"oleh Gelombang 1 {other.program.name}.*Pilih tempat lain"):
        publish(wave)
    assert loaded(wave).is_draft


def test_a_hall_that_another_draft_wants_is_a_warning_and_the_first_to_publish_has_it(wave):
    other = factories.wave(venue=wave.venue, areas=(), published=False)
    publish(wave)
    with pytest.raises(Refusal, match="sudah terbit"):
        publish(other)


def test_a_hall_whose_former_wave_was_cancelled_is_free(wave):
    other = factories.wave(venue=wave.venue, areas=())
    Wave.objects.filter(pk=other.pk).update(cancelled_at=NOW)
    HallBooking.objects.filter(wave=other).delete()
    assert publish(wave).number == 1


def test_a_speaker_who_said_yes_to_a_published_wave_is_refused(wave):
    who = factories.speaker()
    other = factories.wave(areas=(), published=False)
    factories.session(wave=other, speakers=[who])
    factories.session(wave=wave, starts=time(9, 30), speakers=[who])
    publish(other)
    with pytest.raises(Refusal, match="tercantum pada dua sesi sekaligus"):
        publish(wave)
    assert not SpeakerBooking.objects.filter(wave=wave).exists()


def test_who_has_not_said_yes_may_be_published_twice_with_a_warning(wave):
    who = factories.speaker()
    other = factories.wave(areas=(), published=False)
    factories.session(wave=other, speakers=[who])
    mine = factories.session(wave=wave, speakers=[who])
    mine.session_speakers.update(status="invited")
    publish(other)
    [kept] = publish(wave).acknowledged
    assert "(belum pasti)" in kept["sentence"]


# Telling


def told(wave: Wave):
    """A head who read the present version."""
    person = factories.enrolment(wave=wave, head=factories.head(email="rt1@rt.test"))
    Message.objects.create(
        dedupe_key=f"invitation:{person.pk}",
        kind="invitation",
        channel="inbox",
        address="rt1@rt.test",
        recipient_name="Ahmad Fauzi",
        region_code=person.village_id,
        group=wave.group,
        about_id=person.pk,
        edition=loaded(wave).publication_id,
        state="accepted",
        queued_at=NOW,
        due_at=NOW,
    )
    return person


def test_whoever_was_told_gets_one_correction(wave):
    session = factories.session(wave=wave)
    publish(wave)
    person = told(wave)
    TrainingSession.objects.filter(pk=session.pk).update(room="Ruang 2")
    publish(wave)
    assert Message.objects.get(kind="schedule_changed").about_id == person.pk


def test_an_official_may_keep_a_change_of_the_agenda_alone_to_herself_and_that_is_kept(wave):
    session = factories.session(wave=wave)
    publish(wave)
    told(wave)
    TrainingSession.objects.filter(pk=session.pk).update(room="Ruang 2")
    version = publish(wave, tells_participants=False)
    assert version.acknowledged == [NOT_TOLD]
    assert not Message.objects.filter(kind="schedule_changed").exists()


def test_another_hour_of_the_wave_cannot_be_kept_from_them(wave):
    publish(wave)
    told(wave)
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(hours=1))
    with pytest.raises(Refusal, match="harus dikabari"):
        publish(wave, tells_participants=False)
