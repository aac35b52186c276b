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

    def check(*rows):
        numbered = [SheetRow(number, cells) for number, cells in enumerate(rows, start=2)]
        return check_rows(numbered, find_columns(list(rosters.HEADER)).at, places)

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
