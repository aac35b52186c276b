"""What numbers of letters and certificates read like."""

from datetime import UTC, date, datetime

import pytest

from programs.paper_numbers import check_number, letter_day, letter_number, number_of, told_number
from rtportal.lib.wording import WordingError
from tests import factories


def test_a_number_has_its_place_in_the_row_the_roman_month_and_the_year():
    number = number_of("400.10/{urut}/DPMD/{bulan_romawi}/{tahun}", day=date(2023, 11, 8), serial=7)
    assert number == "400.10/007/DPMD/XI/2023"


@pytest.mark.parametrize(("month", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII")])
def test_every_month_has_its_roman_number(month, roman):
    assert number_of("{bulan_romawi}/{bulan}", day=date(2026, month, 1)) == f"{roman}/{month:02d}"


def test_without_a_place_in_the_row_there_is_room_to_write_it():
    assert number_of("{urut}/2026", day=date(2026, 1, 1)) == "……/2026"


def test_a_number_without_words_stays_as_it_is():
    assert number_of("400.10/123/DPMD/2026", day=date(2026, 1, 1)) == "400.10/123/DPMD/2026"


def test_an_unknown_word_is_refused_by_its_name():
    with pytest.raises(WordingError, match=r"\{bulan_rumawi\}"):
        check_number("{bulan_rumawi}", is_serial=False)


def test_numbers_in_a_row_must_tell_the_place_in_it():
    with pytest.raises(WordingError, match=r"\{urut\}"):
        check_number("SERT/{tahun}", is_serial=True)


@pytest.mark.django_db
def test_a_letters_number_has_the_month_in_which_its_wave_was_invited():
    factories.regions()
    program = factories.program(letter_number="400.10/12/DPMD/{bulan_romawi}/{tahun}")
    # The evening in Greenwich is the next day's morning in Tabalong.
    wave = factories.wave(program=program, invitations_opened_at=datetime(2026, 3, 31, 20, 0, tzinfo=UTC))
    assert (letter_day(wave), letter_number(wave)) == (date(2026, 4, 1), "400.10/12/DPMD/IV/2026")
    wave.invitations_opened_at = None
    assert (letter_number(wave), told_number(wave)) == ("400.10/12/DPMD/……/……", "")
    wave.program.letter_number = "400.10/{nomor lama}/DPMD"
    assert letter_number(wave) == "400.10/{nomor lama}/DPMD"
