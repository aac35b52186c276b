"""Clashes of agendas: pure intervals first, then rooms and hours in the database."""

from datetime import UTC, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.queries.clashes import clashes_of
from programs.clash import OUTSIDE, ROOM, Clash
from programs.models import Program, Venue, Wave
from rtportal.regions.models import Region
from sessions.clashes import overlapping_pairs, room_clashes
from sessions.models import TrainingSession
from tests import factories

START = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)
HALL = Wave(
    venue=Venue(name="Aula"),
    program=Program(region=Region(code="63.09", time_zone="Asia/Makassar")),
    starts_at=START,
    ends_at=START + timedelta(hours=8),
)


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
    told = room_clashes(HALL, sessions)
    assert set(told) == set(room_clashes(HALL, shuffled))


@given(agendas)
def test_a_room_clash_needs_one_room_and_a_common_time(sessions):
    rooms = {"": "aula", "Aula": "aula", " AULA ": "aula", "Ruang 2": "2", "ruang2": "2"}
    expected = {
        frozenset({one.pk, other.pk})
        for one, other in combinations(sessions, 2)
        if rooms[one.room] == rooms[other.room] and one.starts_at < other.ends_at and other.starts_at < one.ends_at
    }
    told = {frozenset(clash.session_ids) for clash in room_clashes(HALL, sessions)}
    assert told == expected


def test_two_breaks_share_a_room_but_a_break_and_a_lesson_do_not():
    pause = unsaved(1, 0, 60)
    same_pause, lesson = unsaved(2, 0, 60), unsaved(3, 30, 60)
    pause.kind = same_pause.kind = TrainingSession.Kind.BREAK
    assert room_clashes(HALL, [pause, same_pause]) == []
    assert [clash.session_ids for clash in room_clashes(HALL, [pause, lesson])] == [(1, 3)]


# In the database


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


def test_two_sessions_in_one_room_are_told_with_local_times(wave):
    first = factories.session(wave=wave, title="Pencegahan narkoba", starts=time(9, 0), minutes=60)
    second = factories.session(wave=wave, title="Tupoksi RT", starts=time(9, 30), minutes=60)
    (clash,) = told(wave)
    assert (clash.kind, clash.is_refused, clash.session_ids) == (ROOM, False, (first.pk, second.pk))
    assert clash.sentence == (
        "Dua sesi di Aula Pendopo Bersinar Pembataan pada waktu yang sama:"
        " “Pencegahan narkoba” (Rabu, 8 April 2026, 09.00–10.00 WITA) dan"
        " “Tupoksi RT” (Rabu, 8 April 2026, 09.30–10.30 WITA)."
    )
    assert clash.mend == "Pindahkan salah satu sesi ke ruang atau jam lain."


def test_touching_ends_are_no_clash(wave):
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


def test_parallel_groups_in_rooms_of_their_own_do_not_clash(wave):
    factories.session(wave=wave, room="Ruang 1", group="Kelompok A")
    factories.session(wave=wave, room="Ruang 2", group="Kelompok B")
    assert kinds(wave) == []


def test_a_session_out_of_the_waves_hours_is_told(wave):
    early = factories.session(wave=wave, title="Registrasi", starts=time(7, 30), minutes=60)
    (clash,) = told(wave)
    assert (clash.kind, clash.session_ids, clash.is_refused) == (OUTSIDE, (early.pk,), False)
    assert clash.sentence == (
        "“Registrasi” (Rabu, 8 April 2026, 07.30–08.30 WITA) berada di luar waktu gelombang:"
        " Rabu, 8 April 2026, 08.00–15.00 WITA."
    )
