"""Two sessions change places."""

import threading
from datetime import time

import pytest
from django.db import connection

from programs.errors import Refusal, StaleEdit
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from sessions.models import TrainingSession
from sessions.use_cases.swap_sessions import swap_sessions
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def pair(wave):
    """One hour in the main hall, and right after it half an hour."""
    return (
        factories.session(wave=wave, title="Tupoksi RT", starts=time(9, 0), minutes=60),
        factories.session(wave=wave, title="Diskusi", starts=time(10, 0), minutes=30),
    )


def swap(one, other, *, version=1, other_version=1, actor=None):
    return swap_sessions(
        session=one,
        version=version,
        other_id=other.pk,
        other_version=other_version,
        actor=actor or factories.user(),
        now=NOW,
    )


def places(wave) -> dict[str, tuple[str, str]]:
    return {
        session.title: (clock.span_words(session.starts_at, session.ends_at, wave.zone).split(", ")[-1], session.room)
        for session in wave.training_sessions.all()
    }


@pytest.mark.parametrize("order", [1, -1])
def test_neighbours_change_order_and_keep_their_length(wave, pair, order):
    swap(*pair[::order])
    assert places(wave) == {"Diskusi": ("09.00–09.30 WITA", ""), "Tupoksi RT": ("09.30–10.30 WITA", "")}
    assert set(wave.training_sessions.values_list("version", flat=True)) == {2}


def test_sessions_apart_take_each_others_hours_and_room(wave, pair):
    late = factories.session(wave=wave, title="Penutupan", starts=time(14, 0), minutes=45, room="Ruang 2")
    swap(pair[0], late)
    assert places(wave) == {
        "Penutupan": ("09.00–10.00 WITA", ""),
        "Diskusi": ("10.00–10.30 WITA", ""),
        "Tupoksi RT": ("14.00–14.45 WITA", "Ruang 2"),
    }


def test_neighbours_in_time_but_in_two_rooms_change_rooms_too(wave, pair):
    TrainingSession.objects.filter(pk=pair[1].pk).update(room="Ruang 2")
    swap(*pair)
    assert places(wave) == {"Diskusi": ("09.00–10.00 WITA", ""), "Tupoksi RT": ("10.00–10.30 WITA", "Ruang 2")}


def test_parallel_sessions_change_rooms_and_keep_their_groups(wave):
    one = factories.session(wave=wave, title="Satu", group="Kelompok A")
    two = factories.session(wave=wave, title="Dua", room="Ruang 2", group="Kelompok B")
    swap(one, two)
    assert {session.title: (session.room, session.group) for session in wave.training_sessions.all()} == {
        "Satu": ("Ruang 2", "Kelompok A"),
        "Dua": ("", "Kelompok B"),
    }


def test_one_line_tells_both(wave, pair):
    swap(*pair)
    line = AuditEvent.objects.get()
    assert line.subject == wave.group
    assert line.sentence == (
        "Menukar dua sesi: “Tupoksi RT” Rabu, 8 April 2026, 09.30–10.30 WITA, ruang utama;"
        " “Diskusi” Rabu, 8 April 2026, 09.00–09.30 WITA, ruang utama."
    )


def test_a_session_is_not_swapped_with_itself(pair):
    with pytest.raises(Refusal) as refusal:
        swap(pair[0], pair[0])
    assert refusal.value.sentence == "Pilih sesi lain untuk ditukar."


def test_a_session_of_another_wave_is_out_of_reach(pair):
    elsewhere = factories.session(wave=factories.wave())
    with pytest.raises(Refusal) as refusal:
        swap(pair[0], elsewhere)
    assert refusal.value.sentence == "Sesi ini baru saja dihapus oleh petugas lain."
    assert set(TrainingSession.objects.values_list("version", flat=True)) == {1}


def test_a_swap_on_top_of_either_sessions_old_version_is_refused(wave, pair):
    late = factories.session(wave=wave, title="Penutupan", starts=time(14, 0))
    swap(*pair, actor=factories.user(name="Hasan Basri"))
    before = places(wave)
    for one, other in ((pair[0], late), (late, pair[0])):
        with pytest.raises(StaleEdit) as refusal:
            swap(one, other)
        [change] = refusal.value.changes
        assert (change.label, change.who) == ("Waktu", "Hasan Basri")
        assert (change.before[-16:], change.after[-16:]) == ("09.00–10.00 WITA", "09.30–10.30 WITA")
    assert places(wave) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_swaps_at_once_one_happens_and_the_other_is_told(wave, pair):
    late = factories.session(wave=wave, title="Penutupan", starts=time(14, 0), minutes=45)
    officials = [factories.user(), factories.user()]
    together = threading.Barrier(2)
    outcomes = []

    def press(one, other, official):
        try:
            together.wait()
            swap(one, other, actor=official)
            outcomes.append("done")
        except StaleEdit as refusal:
            outcomes.append([change.label for change in refusal.changes])
        finally:
            connection.close()

    # Crosswise, so that locking in the order of the arguments would stand still.
    presses = [(pair[0], late, officials[0]), (late, pair[0], officials[1])]
    threads = [threading.Thread(target=press, args=each) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [["Waktu"], "done"]
    assert places(wave)["Tupoksi RT"] == ("14.00–14.45 WITA", "")
    assert places(wave)["Penutupan"] == ("09.00–10.00 WITA", "")
    assert AuditEvent.objects.count() == 1
