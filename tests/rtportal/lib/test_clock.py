from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib import clock

OPENING = datetime(2023, 11, 8, 0, 0, tzinfo=UTC)
ZONES = st.sampled_from(["WIB", "WITA", "WIT"])


def test_a_day_is_written_in_indonesian_words():
    assert clock.date_words(date(2023, 11, 8)) == "Rabu, 8 November 2023"
    assert clock.short_date(date(2023, 8, 17)) == "17 Agu 2023"


def test_every_day_of_a_week_and_every_month_has_its_own_words():
    week = [clock.date_words(date(2023, 11, 6) + timedelta(days=n)).split(",")[0] for n in range(7)]
    assert week == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    assert len({clock.date_words(date(2023, m, 1)).split()[2] for m in range(1, 13)}) == 12


def test_an_instant_is_told_in_the_zone_of_the_region():
    assert clock.time_words(OPENING, "WITA") == "08.00 WITA"
    assert clock.moment_words(OPENING, "Asia/Makassar") == "Rabu, 8 November 2023, 08.00 WITA"
    assert clock.time_words(OPENING, "Asia/Jakarta") == "07.00 WIB"
    assert clock.time_words(OPENING, "Asia/Jayapura") == "09.00 WIT"
    assert clock.zone_label(clock.parse_zone("asia/pontianak"), OPENING) == "WIB"


def test_a_cell_of_a_table_gets_the_short_form_in_local_time():
    late = datetime(2023, 11, 7, 16, 5, tzinfo=UTC)
    assert clock.short_moment(late, "WIB") == "7 Nov 2023 23.05 WIB"
    assert clock.short_moment(late, "WITA") == "8 Nov 2023 00.05 WITA"
    assert clock.short_moment(late, "WIT") == "8 Nov 2023 01.05 WIT"


def test_what_is_to_come_is_said_as_one_says_it_today():
    now = datetime(2026, 4, 8, 13, 10, tzinfo=UTC)
    assert clock.soon_words(datetime(2026, 4, 8, 15, 5, tzinfo=UTC), "WITA", now=now) == "23.05 WITA"
    assert clock.soon_words(datetime(2026, 4, 8, 23, 30, tzinfo=UTC), "WITA", now=now) == "besok 07.30 WITA"
    later = datetime(2026, 4, 10, 5, 0, tzinfo=UTC)
    assert clock.soon_words(later, "WITA", now=now) == "Jumat, 10 April 2026, 13.00 WITA"


def test_an_instant_given_with_another_offset_is_the_same_instant():
    elsewhere = datetime(2023, 11, 8, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    assert clock.moment_words(elsewhere, "WITA") == "Rabu, 8 November 2023, 08.00 WITA"


def test_a_span_of_one_day_names_the_day_once():
    end = OPENING + timedelta(hours=7, minutes=30)
    assert clock.span_words(OPENING, end, "WITA") == "Rabu, 8 November 2023, 08.00–15.30 WITA"
    assert clock.span_words(OPENING, OPENING, "WITA") == "Rabu, 8 November 2023, 08.00 WITA"


def test_a_span_of_several_days_names_both():
    start, end = datetime(2023, 11, 8, 1, tzinfo=UTC), datetime(2023, 11, 10, 5, tzinfo=UTC)
    words = "Rabu, 8 November 2023, 08.00 – Jumat, 10 November 2023, 12.00 WIB"
    assert clock.span_words(start, end, "WIB") == words


def test_several_days_say_what_they_share_once():
    first = date(2023, 11, 8)
    assert clock.days_words(first, first) == clock.date_words(first)
    assert clock.days_words(first, date(2023, 11, 10)) == "Rabu, 8 – Jumat, 10 November 2023"
    assert clock.days_words(first, date(2023, 12, 1)) == "Rabu, 8 November – Jumat, 1 Desember 2023"
    assert clock.days_words(first, date(2024, 1, 1)) == "Rabu, 8 November 2023 – Senin, 1 Januari 2024"
    assert clock.short_days(first, first) == "8 Nov 2023"
    assert clock.short_days(first, date(2023, 11, 10)) == "8–10 Nov 2023"
    assert clock.short_days(first, date(2023, 12, 1)) == "8 Nov – 1 Des 2023"
    assert clock.short_days(first, date(2024, 11, 8)) == "8 Nov 2023 – 8 Nov 2024"


def test_the_local_day_is_not_the_utc_day():
    late = datetime(2023, 11, 7, 16, 30, tzinfo=UTC)
    assert clock.local_date(late, "WITA") == date(2023, 11, 8)
    assert clock.local_date(late, "WIB") == date(2023, 11, 7)


def test_a_deadline_day_ends_one_second_before_the_next():
    end = clock.end_of_local_day(date(2023, 11, 6), "WITA")
    assert end == datetime(2023, 11, 6, 15, 59, 59, tzinfo=UTC)
    assert clock.moment_words(end, "WITA") == "Senin, 6 November 2023, 23.59 WITA"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.times().map(lambda t: t.replace(tzinfo=None)), ZONES)
def test_a_local_day_and_time_come_back_from_their_instant(day, at, zone):
    instant = clock.local_instant(day, at, zone)
    assert instant.utcoffset() == timedelta(0)
    assert clock.local_date(instant, zone) == day
    assert instant.astimezone(clock.parse_zone(zone)).time() == at


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), ZONES)
def test_the_last_second_of_a_day_belongs_to_it_and_the_next_does_not(day, zone):
    end = clock.end_of_local_day(day, zone)
    assert clock.local_date(end, zone) == day
    assert clock.local_date(end + timedelta(seconds=1), zone) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("hours", "minutes", "words"),
    [
        (53, 30, "sisa 2 hari 5 jam"),
        (72, 0, "sisa 3 hari"),
        (24, 59, "sisa 1 hari"),
        (5, 59, "sisa 5 jam"),
        (0, 40, "sisa 40 menit"),
        (0, 0, "lewat 0 menit"),
        (-3, -5, "lewat 3 jam"),
        (-25, 0, "lewat 1 hari 1 jam"),
    ],
)
def test_a_deadline_says_what_is_left_or_how_long_it_is_over(hours, minutes, words):
    assert clock.deadline_words(OPENING + timedelta(hours=hours, minutes=minutes), now=OPENING) == words


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("typed", ["WITTA", "", "Europe/Paris", "../etc/passwd", "UTC+8"])
def test_a_zone_that_indonesia_does_not_have_is_refused_in_words(typed):
    with pytest.raises(clock.ClockError) as refused:
        clock.parse_zone(typed)
    assert refused.value.sentence.endswith("Pilih WIB, WITA, atau WIT.")


def test_mistakes_of_the_programmer_are_not_guessed_away():
    with pytest.raises(ValueError, match="aware"):
        clock.time_words(datetime(2023, 11, 8, 8, 0), "WITA")  # noqa: DTZ001 (what is refused)
    with pytest.raises(TypeError):
        clock.date_words(OPENING)
    with pytest.raises(ValueError, match="zone"):
        clock.local_instant(date(2023, 11, 8), time(8, tzinfo=UTC), "WITA")
