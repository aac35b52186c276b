from datetime import date, timedelta

import pytest

from rtportal.lib.national_days import JOINT_LEAVE, NATIONAL, RAMADAN, national_days


def of_kind(year, kind):
    return [day for day in national_days(year) if day.kind == kind]


def test_holidays_and_cuti_bersama_are_told_apart():
    assert date(2026, 8, 17) in {day.starts_on for day in of_kind(2026, NATIONAL)}
    assert date(2026, 12, 24) in {day.starts_on for day in of_kind(2026, JOINT_LEAVE)}
    assert not {day.starts_on for day in of_kind(2026, NATIONAL)} & {
        day.starts_on for day in of_kind(2026, JOINT_LEAVE)
    }


def test_names_are_indonesian():
    assert "Hari Kemerdekaan Republik Indonesia" in {day.name for day in of_kind(2026, NATIONAL)}


def test_ramadan_lasts_until_the_eve_of_the_feast():
    [ramadan] = of_kind(2026, RAMADAN)
    assert (ramadan.starts_on, ramadan.ends_on) == (date(2026, 2, 19), date(2026, 3, 20))
    assert ramadan.name.startswith("Ramadan 1447 H")


def test_two_ramadans_may_begin_in_one_year_and_one_may_end_in_the_next():
    first, second = of_kind(2030, RAMADAN)
    assert second.ends_on.year == 2031
    assert [day.name[:14] for day in (first, second)] == ["Ramadan 1451 H", "Ramadan 1452 H"]


@pytest.mark.parametrize("year", range(2024, 2050))
def test_every_year_has_what_a_schedule_needs(year):
    days = national_days(year)
    assert len({day.key for day in days}) == len(days)
    assert all(day.starts_on.year == year for day in days)
    assert len(of_kind(year, NATIONAL)) >= 15
    assert all(timedelta(28) <= day.ends_on - day.starts_on <= timedelta(29) for day in of_kind(year, RAMADAN))


def test_a_key_does_not_tell_an_estimate():
    assert all("perkiraan" not in day.key for day in national_days(2027))
    assert any("perkiraan" in day.name for day in national_days(2027))
