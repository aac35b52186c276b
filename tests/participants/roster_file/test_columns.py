import pytest

from participants.roster_file.columns import COLUMNS, find_columns
from rtportal.lib.errors import InputError


def test_the_templates_headings_are_all_known():
    found = find_columns([column.heading for column in COLUMNS])
    assert list(found.at) == [column.key for column in COLUMNS]
    assert found.ignored == []


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("NAMA  KETUA  RT", "name"),
        ("No. RT", "number"),
        ("Desa / Kelurahan", "village"),
        ("kel/desa", "village"),
        ("KEC.", "district"),
        ("No. HP/WA", "phone"),
        ("Nomor Telepon", "phone"),
        ("Alamat Surel", "email"),
        ("NIK (16 digit)", "nik"),
        ("T M T", "starts"),
        ("Tgl. Selesai", "ends"),
    ],
)
def test_headings_are_recognised_however_they_are_written(heading, key):
    usual = {"name": "Nama", "number": "RT", "village": "Desa", "district": "Kecamatan"}
    usual.pop(key, None)
    assert find_columns([*usual.values(), heading]).at[key] == len(usual)


def test_columns_may_stand_in_any_order_and_unknown_ones_are_told():
    found = find_columns(["No", "Kecamatan", "Desa", "", "RT", "Nama", "Agama"])
    assert found.at == {"district": 1, "village": 2, "number": 4, "name": 5}
    assert found.ignored == ["No", "Agama"]


def test_missing_columns_are_named_together_with_those_found():
    with pytest.raises(InputError) as refused:
        find_columns(["Nama", "Alamat", "Kecamatan"])
    assert refused.value.sentence == (
        "Kolom RT dan Kelurahan/Desa tidak ditemukan. Judul kolom yang terbaca: “Nama”, “Alamat”, “Kecamatan”. "
        "Sesuaikan judul kolomnya dengan berkas contoh, lalu unggah lagi."
    )


def test_a_very_wide_sheet_does_not_fill_the_sentence():
    with pytest.raises(InputError) as refused:
        find_columns([f"Kolom {number}" for number in range(150)])
    assert refused.value.sentence.count("“") == 15
    assert "dan 135 lainnya" in refused.value.sentence


def test_the_code_of_the_village_replaces_its_name_and_kecamatan():
    assert find_columns(["Nama", "RT", "Kode Desa"]).at == {"name": 0, "number": 1, "code": 2}


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(InputError, match="Ada dua kolom Nomor HP: “No HP” dan “Telepon”"):
        find_columns(["Nama", "RT", "Desa", "Kecamatan", "No HP", "Telepon"])
