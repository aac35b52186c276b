"""Clashes of a wave with hall, seats and calendar; nothing is written to the database."""

from datetime import date, time, timedelta

import pytest

from programs.clashes import (
    Almanac,
    Span,
    are_neighbours,
    day_clashes,
    hall_clashes,
    hour_clashes,
    prayer_clashes,
    ramadan_clashes,
    seat_clashes,
    whole,
)
from programs.models import Program, SpecialDay, Venue, Wave
from rtportal.lib import clock
from rtportal.regions.models import Region

WEDNESDAY, FRIDAY = date(2026, 4, 8), date(2026, 4, 10)
ZONE = "Asia/Makassar"


def wave(
    on: date = WEDNESDAY,
    starts: time = time(8),
    ends: time = time(15),
    *,
    days: int = 1,
    region: str = "63.09",
    pk: int = 1,
    **fields,
) -> Wave:
    hall = fields.pop("venue", None) or Venue(pk=1, name="Aula Pembataan", capacity=350, region_id="63.09")
    return Wave(
        pk=pk,
        number=pk,
        program=Program(pk=pk, name="Bimtek", region=Region(code=region, time_zone=ZONE)),
        venue=hall,
        starts_at=clock.local_instant(on, starts, ZONE),
        ends_at=clock.local_instant(on + timedelta(days=days - 1), ends, ZONE),
        **fields,
    )


def span(of: Wave, starts: time, ends: time, *, day: int = 0, pk: int = 1) -> Span:
    on = of.local_day + timedelta(days=day)
    return Span(f"“Sesi {pk}”", clock.local_instant(on, starts, ZONE), clock.local_instant(on, ends, ZONE), (pk,))


def special(kind: str, first: date, last: date | None = None, name: str = "Idul Fitri") -> SpecialDay:
    return SpecialDay(kind=kind, name=name, starts_on=first, ends_on=last or first)


# The hall


def test_a_published_wave_has_the_hall_and_a_draft_may_still_give_way():
    draft, published = wave(pk=2), wave(pk=3, publication_id=9)
    first, second = hall_clashes(wave(), [draft, published])
    assert (second.is_refused, second.wave_ids) == (False, (2,))
    assert "masih draf" in second.sentence
    assert (first.is_refused, first.wave_ids) == (True, (3,))
    assert first.sentence == (
        "Aula Pembataan juga dipakai pada waktu yang sama oleh Gelombang 3 Bimtek "
        "(Rabu, 8 April 2026, 08.00–15.00 WITA), yang jadwalnya sudah terbit."
    )


def test_of_very_many_waves_in_one_hall_some_are_named_and_all_are_meant():
    many = [wave(pk=pk) for pk in range(2, 12)]
    (clash,) = hall_clashes(wave(), many)
    assert clash.sentence.count("Gelombang") == 5
    assert "dan 5 gelombang lain, yang jadwalnya masih draf" in clash.sentence
    assert clash.wave_ids == tuple(range(2, 12))
    (fewer,) = hall_clashes(wave(), many[:-1])
    assert fewer.key != clash.key


def test_the_wave_after_another_and_the_hall_next_door_do_not_clash():
    later, next_door = wave(pk=2, starts=time(15), ends=time(18)), wave(pk=3, venue=Venue(pk=2, name="Aula 2"))
    assert hall_clashes(wave(), [later, next_door, wave()]) == []


@pytest.mark.parametrize(("region", "is_near"), [("63.09", True), ("63", True), ("63.09.06", True), ("15.71", False)])
def test_regions_around_and_inside_are_neighbours(region, is_near):
    assert are_neighbours(wave(), wave(region=region, pk=2)) == is_near


# Seats


def test_more_heads_than_seats_is_told_with_the_number_missing():
    (clash,) = seat_clashes(wave(), 371)
    assert clash.sentence == ("Gelombang 1 memerlukan 371 kursi, sedangkan Aula Pembataan memuat 350: kurang 21 kursi.")
    assert not clash.is_refused


def test_as_many_as_there_are_seats_and_what_was_accepted_before_are_no_clash():
    assert seat_clashes(wave(), 350) == []
    assert seat_clashes(wave(seats_acknowledged=371), 371) == []
    assert seat_clashes(wave(seats_acknowledged=371), 372) != []


# The hall's hours


def open_from(opens: time, closes: time) -> Venue:
    return Venue(pk=1, name="Aula Pembataan", capacity=350, opens_at=opens, closes_at=closes)


def test_what_begins_before_opening_or_ends_after_closing_is_told_for_each_day():
    here = wave(venue=open_from(time(8), time(14)), days=2)
    spans = [
        span(here, time(7, 30), time(9)),
        span(here, time(9), time(14), pk=2),
        span(here, time(13), time(15), day=1, pk=3),
    ]
    first, second = hour_clashes(here, spans)
    assert first.session_ids == (1,)
    assert first.sentence == "Aula Pembataan buka 08.00–14.00 setempat, tetapi “Sesi 1” berada di luar jam itu."
    assert second.session_ids == (3,)


def test_a_wave_of_three_days_may_stay_overnight():
    here = wave(venue=open_from(time(7), time(17)), days=3)
    assert hour_clashes(here, [whole(here)]) == []


def test_a_hall_without_hours_is_always_open():
    here = wave(starts=time(1), ends=time(23))
    assert hour_clashes(here, [whole(here)]) == []


# The calendar


@pytest.mark.parametrize(
    ("kind", "words"),
    [("national", "libur nasional"), ("joint_leave", "cuti bersama"), ("local", "hari khusus daerah")],
)
def test_a_holiday_is_told_by_its_name(kind, words):
    (clash,) = day_clashes(wave(), Almanac.of([special(kind, WEDNESDAY)]))
    assert clash.sentence == f"Rabu, 8 April 2026 adalah {words}: Idul Fitri."


def test_a_wave_of_several_days_is_told_of_each_holiday_in_it_and_of_no_other():
    days = Almanac.of(
        [special("national", WEDNESDAY, WEDNESDAY + timedelta(days=1)), special("local", date(2026, 4, 13))]
    )
    assert len(day_clashes(wave(days=3), days)) == 2
    assert day_clashes(wave(on=date(2026, 4, 7)), days) == []


def test_a_day_with_several_marks_is_one_clash_and_a_holiday_of_two_regions_is_told_once():
    marks = [special("national", WEDNESDAY), special("national", WEDNESDAY), special("local", WEDNESDAY, name="Haul")]
    (clash,) = day_clashes(wave(), Almanac.of(marks))
    assert clash.sentence == "Rabu, 8 April 2026 adalah libur nasional: Idul Fitri dan hari khusus daerah: Haul."
    (alone,) = day_clashes(wave(), Almanac.of(marks[:2]))
    assert alone.key != clash.key


def test_of_very_many_marks_on_a_day_some_are_named_and_all_are_acknowledged():
    marks = [special("local", WEDNESDAY, name=f"Acara {number}") for number in range(1, 1001)]
    (clash,) = day_clashes(wave(), Almanac.of(marks))
    assert clash.sentence.endswith("hari khusus daerah: Acara 5 dan 995 hari lain.")
    (fewer,) = day_clashes(wave(), Almanac.of(marks[:-1]))
    assert fewer.key != clash.key


def test_ramadan_itself_is_no_holiday():
    assert day_clashes(wave(), Almanac.of([special("ramadan", date(2026, 4, 1), date(2026, 4, 30), "Ramadan")])) == []


def test_a_session_in_fridays_prayer_is_told():
    here = wave(on=FRIDAY)
    spans = [
        span(here, time(8), time(11, 30)),
        span(here, time(11), time(12), pk=2),
        span(here, time(12, 59), time(14), pk=3),
        span(here, time(13), time(15), pk=4),
    ]
    (clash,) = prayer_clashes(here, spans)
    assert clash.session_ids == (2, 3)
    assert clash.sentence == (
        "Jumat, 10 April 2026, 11.30–13.00 adalah waktu salat Jumat, tetapi ada “Sesi 2” dan “Sesi 3”."
    )


def test_a_friday_without_an_agenda_is_told_too_and_a_wednesday_never():
    assert len(prayer_clashes(wave(on=FRIDAY), [whole(wave(on=FRIDAY))])) == 1
    assert prayer_clashes(wave(), [whole(wave())]) == []
    assert len(prayer_clashes(wave(days=10), [whole(wave(days=10))])) == 2


def test_after_five_in_ramadan_people_want_to_be_at_home():
    here = wave(ends=time(18))
    ramadan = Almanac.of([special("ramadan", date(2026, 4, 1), date(2026, 4, 30), "Ramadan")])
    spans = [span(here, time(15), time(17)), span(here, time(16, 30), time(17, 30), pk=2)]
    (clash,) = ramadan_clashes(here, spans, ramadan)
    assert clash.session_ids == (2,)
    assert "melewati pukul 17.00" in clash.sentence
    assert ramadan_clashes(here, spans, Almanac.of([special("national", WEDNESDAY)])) == []


def test_a_key_changes_with_what_clashes():
    here, longer = wave(on=FRIDAY), wave(on=FRIDAY, ends=time(16))
    one, two = prayer_clashes(here, [whole(here)]), prayer_clashes(longer, [whole(longer)])
    assert one[0].key != two[0].key
    assert seat_clashes(here, 360)[0].key != seat_clashes(here, 361)[0].key
