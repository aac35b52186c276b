"""Conflicts of an agenda."""

from datetime import UTC, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.models import Wave
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from sessions.rules import OUTSIDE, ROOM, SPEAKER, VENUE, conflicts, overlapping_pairs, room_conflicts
from tests import factories

START = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)


def loaded(wave: Wave) -> Wave:
    return Wave.objects.select_related("program__region", "venue").get(pk=wave.pk)


def kinds(wave: Wave) -> list[str]:
    return [conflict.kind for conflict in conflicts(loaded(wave))]


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(venue=factories.venue(name="Aula Pendopo Bersinar Pembataan"))


# Pure intervals


def unsaved(pk: int, begin: int, length: int, room: str = "") -> TrainingSession:
    starts_at = START + timedelta(minutes=begin)
    ends_at = starts_at + timedelta(minutes=length)
    return TrainingSession(pk=pk, title=f"Sesi {pk}", starts_at=starts_at, ends_at=ends_at, room=room)


agendas = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(["", "Aula", " AULA ", "Ruang 2", "ruang2"])),
    max_size=12,
).map(lambda rows: [unsaved(number, *row) for number, row in enumerate(rows, start=1)])


@given(agendas)
def test_overlapping_pairs_are_those_that_share_a_minute(sessions):
    found = [frozenset({first.pk, second.pk}) for first, second in overlapping_pairs(sessions)]
    expected = {
        frozenset({one.pk, other.pk})
        for one, other in combinations(sessions, 2)
        if max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)
    }
    assert len(found) == len(set(found))
    assert set(found) == expected


@given(agendas, st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_come_does_not_matter(sessions, random):
    shuffled = random.sample(sessions, len(sessions))
    told = room_conflicts(sessions, hall="Aula", zone="WITA")
    assert set(told) == set(room_conflicts(shuffled, hall="Aula", zone="WITA"))


@given(agendas)
def test_a_room_conflict_needs_one_room_and_a_common_time(sessions):
    rooms = {"": "aula", "Aula": "aula", " AULA ": "aula", "Ruang 2": "2", "ruang2": "2"}
    expected = {
        frozenset({one.pk, other.pk})
        for one, other in combinations(sessions, 2)
        if rooms[one.room] == rooms[other.room] and one.starts_at < other.ends_at and other.starts_at < one.ends_at
    }
    told = {frozenset(conflict.session_ids) for conflict in room_conflicts(sessions, hall="Aula", zone="WITA")}
    assert told == expected


# In the database


def test_two_sessions_in_one_room_are_told_with_local_times(wave):
    first = factories.session(wave=wave, title="Pencegahan narkoba", starts=time(9, 0), minutes=60)
    second = factories.session(wave=wave, title="Tupoksi RT", starts=time(9, 30), minutes=60)
    (conflict,) = conflicts(loaded(wave))
    assert conflict.kind == ROOM
    assert not conflict.is_warning
    assert conflict.session_ids == (first.pk, second.pk)
    assert conflict.sentence == (
        "Dua sesi di Aula Pendopo Bersinar Pembataan pada waktu yang sama:"
        " “Pencegahan narkoba” (Rabu, 8 April 2026, 09.00–10.00 WITA) dan"
        " “Tupoksi RT” (Rabu, 8 April 2026, 09.30–10.30 WITA)."
    )


def test_touching_ends_are_no_conflict(wave):
    factories.session(wave=wave, starts=time(9, 0), minutes=60)
    factories.session(wave=wave, starts=time(10, 0), minutes=60)
    assert kinds(wave) == []


def test_rooms_are_the_same_whatever_the_spaces_and_letters(wave):
    factories.session(wave=wave, room="Ruang Rapat 2")
    factories.session(wave=wave, room="ruang  rapat2 ")
    factories.session(wave=wave, room="Ruang Rapat 3")
    assert kinds(wave) == [ROOM]


def test_no_room_means_the_hall_of_the_venue(wave):
    factories.session(wave=wave, room="")
    factories.session(wave=wave, room="aula pendopo bersinar pembataan")
    assert kinds(wave) == [ROOM]


def test_a_speaker_in_two_rooms_at_once_is_told(wave):
    who = factories.speaker()
    first = factories.session(wave=wave, room="A", speakers=[who])
    second = factories.session(wave=wave, title="Tupoksi RT", room="B", speakers=[who])
    (conflict,) = conflicts(loaded(wave))
    assert (conflict.kind, conflict.session_ids) == (SPEAKER, (first.pk, second.pk))
    assert conflict.sentence.startswith("Kepala BNNK Tabalong tercantum di dua tempat pada waktu yang sama: ")


def test_a_speaker_at_another_wave_is_told_from_both_sides_with_its_name_and_time(wave):
    who = factories.speaker()
    other = factories.wave(program=factories.program(name="Retret RT"), number=2)
    here = factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    there = factories.session(wave=other, title="Bahaya narkoba", starts=time(9, 30), speakers=[who])
    (told_here,) = conflicts(loaded(wave))
    (told_there,) = conflicts(loaded(other))
    assert (told_here.kind, told_here.session_ids) == (SPEAKER, (here.pk,))
    assert (told_there.kind, told_there.session_ids) == (SPEAKER, (there.pk,))
    assert "“Bahaya narkoba” di Gelombang 2 Retret RT (Rabu, 8 April 2026, 09.30–10.30 WITA)" in told_here.sentence


def test_a_clash_between_two_other_waves_is_not_ours(wave):
    who = factories.speaker()
    factories.session(wave=wave, starts=time(9, 0), minutes=30, speakers=[who])
    factories.session(wave=wave, starts=time(12, 0), minutes=30)
    for _ in range(2):
        factories.session(wave=factories.wave(), starts=time(11, 0), minutes=30, speakers=[who])
    assert kinds(wave) == []


def test_a_tentative_speaker_is_told_as_such(wave):
    who = factories.speaker()
    factories.session(wave=wave, room="A", speakers=[who])
    factories.session(wave=wave, room="B", speakers=[who])
    SessionSpeaker.objects.update(status="tentative")
    assert conflicts(loaded(wave))[0].sentence.startswith("Kepala BNNK Tabalong (belum pasti) tercantum")


def test_another_kabupaten_is_never_mentioned(wave):
    who = Speaker.objects.create(region_id="63", position="Kapolda")
    elsewhere = factories.wave(program=factories.program(region=factories.JAMBI), areas=())
    factories.session(wave=wave, starts=time(9, 0), speakers=[who])
    # 08.00 WIB is 09.00 WITA.
    factories.session(wave=elsewhere, starts=time(8, 0), speakers=[who])
    assert kinds(wave) == []


def test_a_session_out_of_the_waves_hours_is_a_warning(wave):
    early = factories.session(wave=wave, title="Registrasi", starts=time(7, 30), minutes=60)
    (conflict,) = conflicts(loaded(wave))
    assert (conflict.kind, conflict.session_ids, conflict.is_warning) == (OUTSIDE, (early.pk,), True)
    assert conflict.sentence == (
        "“Registrasi” (Rabu, 8 April 2026, 07.30–08.30 WITA) berada di luar waktu gelombang:"
        " Rabu, 8 April 2026, 08.00–15.00 WITA."
    )


def test_two_waves_in_one_venue_at_once_are_a_warning_for_both(wave):
    other = factories.wave(program=wave.program, number=2, venue=wave.venue, areas=())
    factories.wave(program=wave.program, number=3, venue=wave.venue, areas=(), starts=time(15, 0), ends=time(17, 0))
    (conflict,) = conflicts(loaded(wave))
    assert (conflict.kind, conflict.is_warning) == (VENUE, True)
    assert conflict.sentence.startswith(
        f"Aula Pendopo Bersinar Pembataan juga dipakai oleh Gelombang 2 {wave.program.name}"
    )
    assert kinds(other) == [VENUE]


def test_a_full_agenda_costs_as_many_queries_as_a_short_one(wave, django_assert_num_queries):
    who = factories.speaker()
    factories.session(wave=wave, room="A", speakers=[who])
    factories.session(wave=wave, room="B", speakers=[who])
    one = loaded(wave)
    with django_assert_num_queries(3):
        assert len(conflicts(one)) == 1
    other = factories.wave()
    for room in range(8):
        factories.session(wave=wave, room=f"C{room}", speakers=[who])
        factories.session(wave=other, room=f"C{room}", speakers=[who])
    with django_assert_num_queries(3):
        assert len(conflicts(one)) > 10
