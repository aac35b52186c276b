from datetime import date

import pytest

from participants.roster_file.columns import find_columns
from participants.roster_file.places import Places
from participants.roster_file.rows import check_rows
from rtportal.lib.sheets import SheetRow
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def check():
    factories.regions()
    places = Places(Region.objects.get(pk=factories.TABALONG))

    def check(*rows, **how):
        numbered = [SheetRow(number, cells) for number, cells in enumerate(rows, start=2)]
        return check_rows(numbered, find_columns(list(rosters.HEADER)).at, places, **how)

    return check


def reasons(checked) -> dict[int, str]:
    return {fault.row: " ".join(fault.reasons) for fault in checked.faults}


def test_a_row_without_fault_is_read_whole(check):
    (entry,) = check(
        rosters.row(
            number=5.0,
            rw="RW 2",
            phone=81234567890.0,
            email="RT05@Contoh.id",
            nik=rosters.NIK,
            starts="1-1-2024",
            ends=date(2028, 12, 31),
            status="Plt",
        )
    ).entries
    assert (entry.front, entry.name, entry.back) == ("H.", "Ahmad Fauzi", "S.Pd.")
    assert (entry.number, entry.rw, entry.unit) == ("005", "002", "RT 005/RW 002")
    assert (entry.phone, entry.email, entry.nik) == ("+6281234567890", "rt05@contoh.id", rosters.NIK)
    assert (entry.starts, entry.ends, entry.status) == (date(2024, 1, 1), date(2028, 12, 31), "plt")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": ""}, "Nama belum diisi."),
        ({"name": 12.0}, "Nama tidak terbaca: “12”."),
        ({"name": "A" * 121}, "Nama terlalu panjang: 121 huruf, paling banyak 120."),
        ({"number": ""}, "RT belum diisi."),
        ({"number": "lima"}, "Nomor RT tidak terbaca: “lima”."),
        ({"rw": "dua"}, "Nomor RW tidak terbaca: “dua”."),
        ({"village": "Atlantis"}, "Kelurahan/desa “Atlantis” tidak ada di Kecamatan Murung Pudak."),
        ({"district": "Atlantis"}, "Kecamatan “Atlantis” tidak ada di Kabupaten Tabalong."),
        ({"phone": "0526 2021234"}, "Nomor telepon rumah tidak bisa menerima pesan: 0526 2021234."),
        ({"phone": "0812"}, "Nomor telepon terlalu pendek: 0812."),
        ({"phone": date(2024, 1, 1)}, "Nomor telepon"),
        ({"nik": 6309061203700001}, "NIK rusak karena disimpan sebagai angka"),
        ({"nik": 630906120370000.0}, "NIK rusak karena disimpan sebagai angka"),
        ({"nik": "630906120370000"}, "NIK harus 16 angka, yang tertulis 15 angka."),
        ({"email": "bukan alamat"}, "Alamat e-mail tidak benar: “bukan alamat”."),
        ({"starts": "2024"}, "Awal masa bakti tidak terbaca: “2024”."),
        ({"ends": "31-02-2024"}, "Akhir masa bakti tidak terbaca: “31-02-2024”."),
        (
            {"starts": "1-1-2025", "ends": "1-1-2024"},
            "Akhir masa bakti (1 Jan 2024) lebih awal daripada awalnya (1 Jan 2025).",
        ),
        ({"status": "aktif"}, "Status tidak dikenal: “aktif”."),
        ({"code": "15.71.01.1001"}, "Kode wilayah 15.71.01.1001 tidak ada di Kabupaten Tabalong."),
    ],
)
def test_a_faulty_cell_makes_a_faulty_row_with_its_reason(check, cells, reason):
    checked = check(rosters.row(number="006"), rosters.row(**cells))
    assert [entry.number for entry in checked.entries] == ["006"]
    assert reason in reasons(checked)[3]


def test_every_reason_of_every_row_is_told_at_once(check):
    checked = check(
        rosters.row(name="", phone="0812", nik=6.30906e15, email="x", status="y"),
        rosters.row(number="?", village="Atlantis"),
    )
    assert [len(fault.reasons) for fault in checked.faults] == [5, 2]
    assert checked.entries == []


def test_a_faulty_row_shows_what_it_said_but_never_its_nik(check):
    (fault,) = check(rosters.row(nik=rosters.NIK + "1", phone="0812", rw="1")).faults
    assert fault.as_json()["values"]["name"] == "H. Ahmad Fauzi, S.Pd."
    assert rosters.NIK not in str(fault.as_json())


def test_a_repeated_rt_names_the_other_row_in_both(check):
    checked = check(rosters.row(), rosters.row(number="6"), rosters.row(number="RT 5", name="Nor Hayati"))
    assert [entry.number for entry in checked.entries] == ["006"]
    text = "RT 005 Kelurahan Belimbing Raya, Kec. Murung Pudak tertulis 2 kali dalam berkas ini; lihat juga baris"
    assert reasons(checked) == {2: f"{text} 4.", 4: f"{text} 2."}


def test_an_rt_repeated_by_an_otherwise_faulty_row_is_told_as_well(check):
    checked = check(rosters.row(), rosters.row(phone="0812"))
    assert "tertulis 2 kali" in reasons(checked)[2]
    assert "tertulis 2 kali" in reasons(checked)[3]
    assert "terlalu pendek" in reasons(checked)[3]


def test_the_same_number_in_another_rw_or_village_is_another_rt(check):
    rows = [rosters.row(), rosters.row(rw="1"), rosters.row(rw="2"), rosters.row(village="Belimbing")]
    assert len(check(*rows).entries) == 4


def test_an_rt_repeated_very_often_lists_only_some_rows(check):
    checked = check(*[rosters.row() for _ in range(9)])
    assert "tertulis 9 kali dalam berkas ini; antara lain di baris 2, 3, 4, 5, 6." in reasons(checked)[10]


def test_the_same_nik_in_two_rows_makes_both_faulty(check):
    checked = check(rosters.row(nik=rosters.NIK), rosters.row(number="6", nik=rosters.NIK))
    assert reasons(checked) == {
        2: "NIK yang sama tertulis 2 kali dalam berkas ini; lihat juga baris 3.",
        3: "NIK yang sama tertulis 2 kali dalam berkas ini; lihat juga baris 2.",
    }


def test_titles_in_columns_of_their_own_win(check):
    factories.regions()
    header = ("Nama", "RT", "Desa", "Kecamatan", "Gelar depan", "Gelar belakang")
    places = Places(Region.objects.get(pk=factories.TABALONG))
    rows = [SheetRow(2, ["Ahmad Fauzi", "1", "Belimbing Raya", "Murung Pudak", "Drs.", "M.M."])]
    (entry,) = check_rows(rows, find_columns(list(header)).at, places).entries
    assert entry.full_name == "Drs. Ahmad Fauzi, M.M."


def test_progress_is_told_in_steps(check):
    factories.regions()
    places = Places(Region.objects.get(pk=factories.TABALONG))
    rows = [SheetRow(number, rosters.row()) for number in range(2, 4503)]
    told = []
    check_rows(rows, find_columns(list(rosters.HEADER)).at, places, progress=told.append)
    assert told == [2000, 4000]


def repairs(checked) -> dict[str, tuple[str, str]]:
    return {repair.column: (repair.before, repair.after) for repair in checked.repairs}


def test_every_cell_that_is_read_other_than_it_is_written_is_told(check):
    checked = check(
        rosters.row(
            number="RT 05/RW 02",
            phone="62 812-3456-7890",
            email="RT05@Contoh.id",
            village="Kel. Blimbing Raya",
            starts=45292.0,
            nik=" 6309 0612 0370 0001",
        )
    )
    assert checked.faults == []
    told = repairs(checked)
    assert told.pop("village")[1].startswith("Kelurahan Belimbing Raya (63.09.06.")
    assert told == {
        "number": ("RT 05/RW 02", "RT 005/RW 002"),
        "phone": ("62 812-3456-7890", "+6281234567890"),
        "email": ("RT05@Contoh.id", "rt05@contoh.id"),
        "name": ("H. Ahmad Fauzi, S.Pd.", "H. · Ahmad Fauzi · S.Pd."),
        "starts": ("45292", "1 Jan 2024"),
    }
    (entry,) = checked.entries
    assert (entry.unit, entry.phone) == ("RT 005/RW 002", "+6281234567890")


def test_what_is_written_as_it_is_kept_is_no_repair(check):
    row = rosters.row(name="Ahmad Fauzi", phone="+6281234567890", starts="1-1-2024", village="BELIMBING RAYA")
    assert check(row).repairs == []


@pytest.mark.parametrize("cell", [8.1234567890e10, "8,1234567890E+10", "81234567890.0", "'081234567890"])
def test_a_number_that_still_holds_every_digit_is_repaired(check, cell):
    assert check(rosters.row(phone=cell)).entries[0].phone == "+6281234567890"


@pytest.mark.parametrize("cell", ["8,12E+11", "8.12E+11", "8,1234567E+10"])
def test_an_exponent_that_lost_digits_is_never_guessed(check, cell):
    assert "kehilangan angka" in reasons(check(rosters.row(phone=cell)))[2]


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("RT 05/RW 02", "RT 005/RW 002"),
        ("RT.5 RW.2", "RT 005/RW 002"),
        ("rw 2 / rt 5a", "RT 005A/RW 002"),
        ("005/002", "RT 005/RW 002"),
        ("RT. 05", "RT 005"),
    ],
)
def test_a_cell_may_hold_both_numbers(check, cell, unit):
    assert check(rosters.row(number=cell)).entries[0].unit == unit


def test_two_numbers_of_one_rw_must_agree(check):
    assert check(rosters.row(number="RT 05/RW 02", rw="002")).faults == []
    assert "berbeda dari RW di kolomnya sendiri (003)" in reasons(check(rosters.row(number="RT 05/RW 02", rw="3")))[2]


def test_what_could_be_a_date_is_no_pair_of_numbers(check):
    assert "Nomor RT tidak terbaca" in reasons(check(rosters.row(number="5/2")))[2]
    assert "Nomor RT tidak terbaca" in reasons(check(rosters.row(number=date(2026, 2, 5))))[2]


def test_a_place_that_may_be_two_is_asked_once_with_the_number_of_its_rows(check):
    checked = check(*[rosters.row(number=n, village="Belimbing R.") for n in (1, 2, 3)], rosters.row())
    (question,) = checked.questions
    assert (question["typed"], question["rows"], len(question["candidates"])) == ("Belimbing R.", 3, 2)
    assert [entry.number for entry in checked.entries] == ["005"]
    assert checked.unnamed == 3


def test_the_same_telephone_in_two_rows_is_a_doubt_and_no_fault(check):
    rows = [rosters.row(number=n, phone="0812-3456-7890") for n in (1, 2)]
    checked = check(*rows)
    assert len(checked.entries) == 2
    assert [doubt.sentence for doubt in checked.doubts] == [
        "Nomor HP yang sama tertulis 2 kali dalam berkas ini; lihat juga baris 3.",
        "Nomor HP yang sama tertulis 2 kali dalam berkas ini; lihat juga baris 2.",
    ]


def test_terms_of_one_rt_that_follow_one_another_are_a_change_of_office(check):
    checked = check(
        rosters.row(name="Nor Hayati", starts="1-1-2026", ends="31-12-2030"),
        rosters.row(name="Ahmad Fauzi", ends="31-12-2025"),
    )
    assert checked.faults == []
    (entry,) = checked.entries
    assert (entry.name, entry.former.name, entry.former.ends) == ("Nor Hayati", "Ahmad Fauzi", date(2025, 12, 31))
    assert [doubt.row for doubt in checked.doubts] == [3]


@pytest.mark.parametrize(
    "terms",
    [
        ({"starts": "1-1-2026"}, {"ends": "1-2-2026"}),
        ({"starts": "1-1-2026"}, {}),
        ({}, {}),
        ({"starts": "1-1-2026"}, {"ends": "31-12-2025", "name": "NOR HAYATI"}),
    ],
)
def test_terms_that_overlap_or_are_unknown_are_a_repetition(check, terms):
    later, former = terms
    checked = check(rosters.row(**({"name": "Nor Hayati"} | later)), rosters.row(**({"name": "Rusdi"} | former)))
    assert len(checked.faults) == 2


def test_a_term_that_is_over_or_has_not_begun_is_a_doubt(check):
    rows = [rosters.row(ends="31-12-2025"), rosters.row(number="6", starts="1-1-2027")]
    assert [doubt.row for doubt in check(*rows, today=date(2026, 3, 2)).doubts] == [2, 3]
    assert check(*rows).doubts == []


def test_signs_that_no_database_takes_are_shown_as_what_they_are(check):
    checked = check(rosters.row(name="Ahmad\x00\ud800 Fauzi\u200b"))
    assert repairs(checked)["name"] == ("Ahmad�� Fauzi�", "Ahmad Fauzi")


def test_a_code_that_contradicts_the_name_beside_it_is_a_doubt(check):
    code = factories.villages_of(factories.JARO)[0].code
    (doubt,) = check(rosters.row(code=code, district="")).doubts
    assert doubt.sentence.startswith("Kode wilayahnya milik Desa Teratau, Kec. Jaro, tetapi tertulis “Belimbing Raya”")
    assert check(rosters.row(code=code, village="Ds. Teratau", district="Kec. Jaro")).doubts == []
    assert check(rosters.row(code=code, village="", district="")).doubts == []


def test_a_code_that_contradicts_the_kecamatan_beside_it_is_a_doubt(check):
    code = factories.villages_of(factories.JARO)[0].code
    (doubt,) = check(rosters.row(code=code, village="Teratau")).doubts
    assert doubt.sentence.endswith("tetapi tertulis “Teratau, Murung Pudak”.")


def test_a_number_that_ends_in_zeros_is_a_doubt(check):
    checked = check(rosters.row(phone="081234600000"))
    assert checked.entries[0].phone == "+6281234600000"
    assert "banyak nol" in checked.doubts[0].sentence
