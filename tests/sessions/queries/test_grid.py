"""Where sessions stand in the timetable."""

from datetime import date, time, timedelta

import pytest

from programs.models import Wave
from sessions.models import TrainingSession
from sessions.queries import agenda
from sessions.queries.grid import MOST_LANES, days_of, rooms_of
from sessions.queries.learning_hours import learning_hours
from tests import factories


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def days(wave):
    items = agenda(wave.pk)
    sessions = [item.session for item in items]
    learning = learning_hours(sessions, zone=wave.zone, unit=45)
    return days_of(items, wave, rooms_of(sessions, wave.venue.name), learning)


def places(wave) -> dict[str, str]:
    return {card.session.title: card.place for day in days(wave) for card in day.cards}


def add(wave, title, starts, minutes=60, **fields):
    return factories.session(wave=wave, title=title, starts=starts, minutes=minutes, **fields)


def test_the_main_hall_is_the_first_column_and_rooms_follow_by_name(wave):
    for room in ("ruang 2", "", "Aula Barat", "Ruang  2", wave.venue.name):
        add(wave, room, time(9), room=room)
    rooms = rooms_of(wave.training_sessions.all(), wave.venue.name)
    assert [(room.value, room.name, room.column) for room in rooms] == [
        ("", wave.venue.name, 1),
        ("Aula Barat", "Aula Barat", 2),
        ("ruang 2", "ruang 2", 3),
    ]


def test_time_runs_down_and_rooms_stand_side_by_side(wave):
    add(wave, "Satu", time(9, 0), 45)
    add(wave, "Dua", time(9, 30), 60, room="Ruang 2")
    assert places(wave) == {
        "Satu": "fh-9 fm-0 th-9 tm-45 room-1 lane-0 of-1",
        "Dua": "fh-9 fm-30 th-10 tm-30 room-2 lane-0 of-1",
    }


def test_minutes_between_the_steps_widen_the_card_and_are_kept_exactly(wave):
    add(wave, "Satu", time(9, 3), 20)
    [day] = days(wave)
    [card] = day.cards
    assert card.place.startswith("fh-9 fm-0 th-9 tm-25")
    assert (card.begins_words, card.ends_words, card.is_short) == ("09:03", "09:23", True)


def test_groups_in_one_room_at_one_time_stand_side_by_side(wave):
    add(wave, "A", time(9, 0), 60, group="A")
    add(wave, "B", time(9, 30), 60, group="B")
    add(wave, "C", time(10, 0), 30, group="C")
    add(wave, "Lain", time(11, 0))
    assert {title: place.split(" ", 5)[-1] for title, place in places(wave).items()} == {
        "A": "lane-0 of-2",
        "B": "lane-1 of-2",
        "C": "lane-0 of-2",
        "Lain": "lane-0 of-1",
    }


def test_more_side_by_side_than_fit_share_the_last_lane(wave):
    for number in range(MOST_LANES + 2):
        add(wave, str(number), time(9, 0))
    lanes = [place.split(" ", 5)[-1] for place in places(wave).values()]
    assert lanes[-1] == lanes[-2] == f"lane-{MOST_LANES - 1} of-{MOST_LANES}"


def test_a_break_for_all_stands_across_the_rooms_unless_something_goes_on(wave):
    add(wave, "ISHOMA", time(12, 0), kind="break")
    add(wave, "Rehat A", time(10, 0), 15, kind="break", group="A")
    add(wave, "Materi", time(13, 0), room="Ruang 2")
    wide = [title for title, place in places(wave).items() if place.endswith("wide")]
    assert wide == ["ISHOMA"]
    add(wave, "Piket", time(12, 30), room="Ruang 2")
    assert not [title for title, place in places(wave).items() if place.endswith("wide")]


def test_the_sheet_spans_the_waves_hours_and_whatever_lies_outside(wave):
    add(wave, "Materi", time(9, 0))
    [day] = days(wave)
    assert (day.day, day.first_hour, day.last_hour) == (date(2026, 4, 8), 8, 15)
    add(wave, "Gladi", time(6, 30))
    add(wave, "Malam", time(19, 0), 90)
    [day] = days(wave)
    assert (day.first_hour, day.last_hour, list(day.hours)) == (6, 21, list(range(6, 21)))


def test_each_day_of_the_wave_has_a_sheet_and_a_session_beside_it_too(wave):
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(days=1))
    wave.refresh_from_db()
    session = add(wave, "Materi", time(9, 0), 45)
    before = timedelta(days=1)
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - before, ends_at=session.ends_at - before
    )
    found = [(day.number, day.day, len(day.cards), day.learning_words) for day in days(wave)]
    assert found == [(0, date(2026, 4, 7), 1, "1 JP"), (1, date(2026, 4, 8), 0, ""), (2, date(2026, 4, 9), 0, "")]


def test_a_wave_of_years_shows_only_days_with_sessions(wave):
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(days=4000))
    wave.refresh_from_db()
    add(wave, "Materi", time(9, 0))
    assert [day.day for day in days(wave)] == [date(2026, 4, 8)]


def test_what_runs_past_midnight_ends_with_its_day(wave):
    add(wave, "Malam", time(22, 0), 180)
    [day] = days(wave)
    assert day.cards[0].place.startswith("fh-22 fm-0 th-24 tm-0")
    assert day.last_hour == 24
