import pytest

from participants.roster_file.closing_rows import nobodys
from participants.roster_file.reading import read_roster
from rtportal.lib.sheets import SheetRow
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

AT = {"name": 1, "number": 2, "village": 3}


def left_out(*rows: list) -> list[int]:
    return [row.number for row in nobodys([SheetRow(number, row) for number, row in enumerate(rows, start=1)], AT)]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Jumlah", 25.0, ""],
        ["JUMLAH TOTAL", "", "25 orang", ""],
        ["", "", "", "Total RT: 25"],
        ["Sub Total", 12.0, 13.0, 25.0],
        ["", "Mengetahui,", "", ""],
        ["", "", "", "Tanjung, 12 Januari 2026"],
        [26.0, "", "", ""],
    ],
)
def test_a_row_of_nobody_is_left_out(row):
    assert left_out([1.0, "Ahmad", "5", "Jaro"], row) == [2]


def test_a_place_for_signatures_goes_on_to_the_next_row_with_an_rt():
    signed = [["", "", "", "Mengetahui,"], ["", "Lurah Jaro", "", "Ketua Forum"], ["", "H. AHMAD", "", "RUSDI"]]
    assert left_out(["1", "Ahmad", "5", "Jaro"], *signed, ["2", "Hasan", "6", "Jaro"], ["", "Siti", "", ""]) == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "Jumlah", "5", "Jaro"],
        ["1", "Jumlahwati", "5", ""],
        ["1", "Hasan", "", "Jaro"],
        ["", "", "5", ""],
        ["1", "Hasan", "", "Tanjung, 12 Januari 1970"],
        ["", "Kecamatan Jaro", "", ""],
        ["Desa Jaro", "", "", ""],
    ],
)
def test_whatever_may_be_a_person_or_a_place_stays(row):
    assert left_out(row) == []


@pytest.mark.django_db
def test_rows_below_the_table_are_no_faults_and_do_not_hide_which_rts_are_missing():
    factories.regions()
    rows = [rosters.row(), ["Jumlah", 1, *[""] * 10], ["Mengetahui", *[""] * 11], ["LURAH", *[""] * 11]]
    reading = read_roster(rosters.xlsx(rows), "rt.xlsx", Region.objects.get(pk=factories.TABALONG))
    assert (reading.total, len(reading.checked.entries), reading.checked.faults) == (1, 1, [])
    assert reading.checked.unnamed == 0
    assert reading.left_out_rows == [[3, ""], [4, ""], [5, ""]]
