from datetime import date

import pytest

from participants.roster_file.doubts import nik_doubts
from tests.participants.rosters import NIK, OTHER_NIK

VILLAGE = "63.09.06.1001"
BORN, WOMAN_BORN = date(1970, 3, 12), date(1970, 3, 12)


@pytest.mark.parametrize("born", ["12-03-1970", BORN, "12 Maret 1970", 25639.0, ""])
@pytest.mark.parametrize("sex", ["L", "Laki-laki", "LK", "pria", ""])
def test_a_nik_that_fits_raises_no_doubt(born, sex):
    assert nik_doubts(NIK, born, sex, VILLAGE) == []


def test_a_woman_s_day_is_forty_more():
    assert nik_doubts(OTHER_NIK, WOMAN_BORN, "Perempuan", VILLAGE) == []
    assert nik_doubts(OTHER_NIK, WOMAN_BORN, "L", VILLAGE) == ["Jenis kelamin (L) tidak cocok dengan NIK-nya."]


@pytest.mark.parametrize(
    ("born", "sex", "village", "doubt"),
    [
        ("13-03-1970", "", VILLAGE, "Tanggal lahir (13 Mar 1970) tidak cocok dengan NIK-nya."),
        ("12-03-1971", "", VILLAGE, "Tanggal lahir (12 Mar 1971) tidak cocok dengan NIK-nya."),
        ("kemarin", "", VILLAGE, "Tanggal lahir tidak terbaca: “kemarin”. Tulis tanggal lengkap, misalnya 31-12-2027."),
        ("", "P", VILLAGE, "Jenis kelamin (P) tidak cocok dengan NIK-nya."),
        ("", "?", VILLAGE, "Jenis kelamin tidak terbaca: “?”."),
        ("", "", "15.71.01.1001", "NIK diterbitkan di kabupaten/kota lain. Periksa bila orangnya bukan pendatang."),
    ],
)
def test_what_does_not_fit_is_a_doubt_that_repeats_no_nik(born, sex, village, doubt):
    assert nik_doubts(NIK, born, sex, village) == [doubt]
    assert NIK[:6] not in doubt


def test_without_a_nik_there_is_nothing_to_doubt():
    assert nik_doubts("", "kemarin", "?", VILLAGE) == []
