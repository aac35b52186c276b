"""Speakers in two places at once, and the way from hall to hall."""

from datetime import time, timedelta

import pytest

from participants.queries.clashes import clashes_of
from programs.clash import SPEAKER, TRAVEL, Clash
from programs.models import Venue, Wave
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from sessions.speaker_clashes import distance_km, travel_time
from tests import factories


def loaded(wave: Wave) -> Wave:
    return Wave.objects.select_related("program__region", "venue").get(pk=wave.pk)


def told(wave: Wave) -> list[Clash]:
    return clashes_of(loaded(wave))


def kinds(wave: Wave) -> list[str]:
    return [clash.kind for clash in told(wave)]


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(venue=factories.venue(name="Aula Pendopo Bersinar Pembataan"), published=False)


@pytest.fixture
def other(wave):
    """Another programme's wave at the same time."""
    return factories.wave(program=factories.program(name="Retret RT"), number=2, areas=(), published=False)


def test_a_degree_of_longitude_at_the_equator_is_111_km():
    here, there = Venue(pk=1, latitude=0, longitude=115), Venue(pk=2, latitude=0, longitude=116)
    assert distance_km(here, there) == pytest.approx(111.2, abs=0.1)
    assert distance_km(there, here) == distance_km(here, there)
    assert distance_km(here, here) == 0
    assert distance_km(here, Venue(pk=3)) is None


def test_the_way_takes_its_distance_at_40_km_an_hour_and_a_quarter_of_an_hour():
    here, there = Venue(pk=1, latitude=0, longitude=115), Venue(pk=2, latitude=0, longitude=115.36)
    assert travel_time(here, here) == timedelta()
    assert travel_time(here, there) == pytest.approx(timedelta(minutes=75), abs=timedelta(seconds=30))
    assert travel_time(here, Venue(pk=3)) == timedelta(minutes=15)


def test_who_said_yes_to_two_sessions_of_a_wave_at_once_cannot_be_published(wave):
    who = factories.speaker()
    first = factories.session(wave=wave, room="A", speakers=[who])
    second = factories.session(wave=wave, title="Tupoksi RT", room="B", speakers=[who])
    (clash,) = told(wave)
    assert (clash.kind, clash.session_ids, clash.is_refused) == (SPEAKER, (first.pk, second.pk), True)
    assert clash.sentence.startswith("Kepala BNNK Tabalong tercantum pada dua sesi sekaligus: ")


def test_a_speaker_at_another_draft_is_told_from_both_sides_as_a_warning(wave, other):
    who = factories.speaker()
    here = factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    there = factories.session(wave=other, title="Bahaya narkoba", starts=time(9, 30), speakers=[who])
    (told_here,), (told_there,) = told(wave), told(other)
    assert (told_here.kind, told_here.session_ids, told_here.wave_ids) == (SPEAKER, (here.pk,), (other.pk,))
    assert (told_there.kind, told_there.session_ids, told_there.wave_ids) == (SPEAKER, (there.pk,), (wave.pk,))
    assert not told_here.is_refused
    assert "“Bahaya narkoba” di Gelombang 2 Retret RT (Rabu, 8 April 2026, 09.30–10.30 WITA)" in told_here.sentence


def test_a_speaker_who_is_taken_by_a_published_wave_is_refused(wave, other):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    factories.session(wave=other, starts=time(9, 30), speakers=[who])
    factories.publish(other)
    assert [(clash.kind, clash.is_refused) for clash in told(wave)] == [(SPEAKER, True)]


def test_the_published_hours_count_and_not_what_the_other_office_drafts(wave, other):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    there = factories.session(wave=other, starts=time(9, 30), speakers=[who])
    factories.publish(other)
    TrainingSession.objects.filter(pk=there.pk).update(
        starts_at=there.starts_at + timedelta(hours=3), ends_at=there.ends_at + timedelta(hours=3)
    )
    (clash,) = told(wave)
    assert clash.is_refused
    assert "09.30–10.30 WITA" in clash.sentence
    # What is drafted there in place of it is only a warning.
    TrainingSession.objects.filter(wave=wave).update(
        starts_at=there.starts_at + timedelta(hours=3), ends_at=there.ends_at + timedelta(hours=3)
    )
    assert [(clash.kind, clash.is_refused) for clash in told(wave)] == [(SPEAKER, False)]


@pytest.mark.parametrize("status", ["invited", "tentative"])
def test_whoever_has_not_said_yes_is_a_warning_and_told_as_uncertain(wave, status):
    who = factories.speaker()
    factories.session(wave=wave, room="A", speakers=[who])
    factories.session(wave=wave, room="B", speakers=[who])
    SessionSpeaker.objects.update(status=status)
    (clash,) = told(wave)
    assert not clash.is_refused
    assert clash.sentence.startswith("Kepala BNNK Tabalong (belum pasti) tercantum")


def test_who_declined_is_nowhere_and_who_stands_by_may_stand_by_twice(wave):
    who, spare = factories.speaker(), factories.speaker(position="Sekretaris BNNK")
    for room in "AB":
        factories.session(wave=wave, room=room, speakers=[who, spare])
    SessionSpeaker.objects.filter(speaker=who, session__room="B").update(status="declined")
    SessionSpeaker.objects.filter(speaker=spare).update(role="standby")
    assert kinds(wave) == []


def test_who_stands_by_while_speaking_elsewhere_is_a_warning(wave):
    who = factories.speaker()
    for room in "AB":
        factories.session(wave=wave, room=room, speakers=[who])
    SessionSpeaker.objects.filter(session__room="B").update(role="standby")
    (clash,) = told(wave)
    assert not clash.is_refused
    assert "(cadangan)" in clash.sentence


def test_a_clash_between_two_other_waves_is_not_ours(wave):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), minutes=30, speakers=[who])
    factories.session(wave=wave, starts=time(12, 0), minutes=30)
    for _ in range(2):
        there = factories.wave(areas=(), published=False)
        factories.session(wave=there, starts=time(11, 0), minutes=30, speakers=[who])
    assert kinds(wave) == []


def test_what_another_kabupaten_drafts_is_never_mentioned(wave):
    who = Speaker.objects.create(region_id="63", position="Kapolda")
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI), areas=(), published=False)
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    # 08.00 WIB is 09.00 WITA.
    factories.session(wave=elsewhere, starts=time(8, 0), speakers=[who])
    assert kinds(wave) == []


def test_a_speaker_taken_in_another_kabupaten_is_refused_without_saying_for_what(wave):
    who = Speaker.objects.create(region_id="63", position="Kapolda")
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI, name="Rahasia"), areas=())
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    factories.session(wave=elsewhere, title="Rapat Jambi", starts=time(8, 0), speakers=[who])
    factories.publish(elsewhere)
    (clash,) = told(wave)
    assert clash.is_refused
    assert "kegiatan di wilayah lain (Rabu, 8 April 2026, 09.00–10.00 WITA)" in clash.sentence
    assert "Rahasia" not in clash.sentence
    assert "Rapat Jambi" not in clash.sentence


def stands(wave: Wave, latitude: float | None, longitude: float | None) -> None:
    Venue.objects.filter(pk=wave.venue_id).update(latitude=latitude, longitude=longitude)


def test_a_speaker_who_cannot_arrive_in_time_is_told_with_distance_and_minutes(wave, other):
    who = factories.speaker()
    # Tanjung and Muara Uya lie some 20 km apart: half an hour and the quarter for leaving and arriving.
    stands(wave, -2.17, 115.38)
    stands(other, -1.99, 115.38)
    factories.session(wave=wave, title="Di Tanjung", starts=time(9, 0), minutes=60, speakers=[who])
    factories.session(wave=other, title="Di Muara Uya", starts=time(10, 20), speakers=[who])
    (clash,) = told(wave)
    assert (clash.kind, clash.is_refused) == (TRAVEL, False)
    assert "hanya punya waktu 20 menit" in clash.sentence
    assert "20 km, perlu sekitar 45 menit" in clash.sentence
    assert [clash.kind for clash in told(other)] == [TRAVEL]


def test_of_a_full_day_only_what_overlaps_or_lies_too_near_is_told(wave, other):
    who = factories.speaker()
    at = {
        (place, starts): factories.session(wave=place, starts=starts, minutes=minutes, speakers=[who]).pk
        for place, starts, minutes in (
            (wave, time(8, 0), 120),
            (wave, time(10, 0), 30),
            (wave, time(12, 0), 30),
            (other, time(9, 0), 10),
            (other, time(10, 40), 20),
            (other, time(14, 0), 30),
        )
    }
    found = {(clash.kind, *clash.session_ids) for clash in told(wave)}
    assert found == {(SPEAKER, at[wave, time(8, 0)]), (TRAVEL, at[wave, time(10, 0)])}


def test_a_speaker_with_time_to_travel_is_no_clash(wave, other):
    who = factories.speaker()
    stands(wave, -2.17, 115.38)
    stands(other, -1.99, 115.38)
    factories.session(wave=wave, starts=time(9, 0), minutes=60, speakers=[who])
    factories.session(wave=other, starts=time(10, 50), speakers=[who])
    assert kinds(wave) == []


def test_between_halls_without_coordinates_a_quarter_of_an_hour_is_reckoned(wave, other):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), minutes=60, speakers=[who])
    factories.session(wave=other, starts=time(10, 10), speakers=[who])
    (clash,) = told(wave)
    assert clash.kind == TRAVEL
    assert "jarak belum diketahui" in clash.sentence


def test_within_one_hall_nobody_travels(wave):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), minutes=60, speakers=[who])
    factories.session(wave=wave, starts=time(10, 0), minutes=60, room="Ruang 2", speakers=[who])
    assert kinds(wave) == []


def test_a_clash_keeps_its_key_until_its_hours_change(wave):
    who = factories.speaker()
    factories.session(wave=wave, room="A", speakers=[who])
    second = factories.session(wave=wave, room="B", speakers=[who])
    (before,), (again,) = told(wave), told(wave)
    assert before.key == again.key
    TrainingSession.objects.filter(pk=second.pk).update(ends_at=second.ends_at + timedelta(minutes=5))
    assert told(wave)[0].key != before.key
