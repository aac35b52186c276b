import pytest

from participants.roster_file.columns import COLUMNS, check_choice, find_columns, missing
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


def test_missing_columns_are_named_together():
    assert missing(["name", "district"]) == ["RT", "Kelurahan/Desa"]
    assert missing(["name", "unit", "village", "district"]) == []


def test_the_code_of_the_village_replaces_its_name_and_kecamatan():
    assert find_columns(["Nama", "RT", "Kode Desa"]).at == {"name": 0, "number": 1, "code": 2}


def test_the_code_replaces_village_and_kecamatan():
    assert missing(["name", "number", "code"]) == []


QUESTION = {
    "is_one_of_several": True,
    "columns": [{"at": 0}, {"at": 1}, {"at": 2}],
    "sheets": [{"name": "Jaro", "given": ["district"]}, {"name": "Lembar 2", "given": []}],
}


def test_a_choice_needs_the_kecamatan_of_every_sheet():
    chosen = {"name": 0, "number": 1, "village": 2}
    with pytest.raises(InputError, match="Kolom Kecamatan untuk lembar Lembar 2 belum dipilih"):
        check_choice(chosen, QUESTION, {})
    check_choice(chosen, QUESTION, {"Lembar 2": "63.09.06"})
    check_choice({}, QUESTION, {})
    with pytest.raises(InputError, match="Kolom Nama, RT dan Kelurahan/Desa untuk lembar Jaro"):
        check_choice({}, QUESTION | {"is_one_of_several": False}, {})


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"name": 7}, "Pilih kolom dari daftar."),
        ({"agama": 0}, "Pilih kolom dari daftar."),
        ({"name": 0, "number": 1, "unit": 2}, "bukan dua-duanya"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(chosen, sentence):
    with pytest.raises(InputError, match=sentence):
        check_choice(chosen, QUESTION, {})
