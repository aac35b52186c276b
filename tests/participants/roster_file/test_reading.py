"""Files that cannot be used at all, and whatever else a roster may hold."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.roster_file import MAX_ROWS
from participants.roster_file.columns import find_columns
from participants.roster_file.differences import find_differences
from participants.roster_file.places import Places
from participants.roster_file.preview import outcome_of
from participants.roster_file.reading import Reading, read_roster
from participants.roster_file.rows import check_rows
from rtportal.lib.errors import InputError
from rtportal.lib.sheets import SheetRow
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db

ROWS = st.fixed_dictionaries(
    {
        "name": st.one_of(st.sampled_from(["Ahmad Fauzi", "Hj. Nor Hayati, S.Ag.", "", 5.0]), st.text(max_size=130)),
        "number": st.sampled_from(["RT.5", "005", "05A", "lima", "", 3.0, 4, "7", "8"]),
        "rw": st.sampled_from(["", "1", "RW 002", "dua", 2.0]),
        "village": st.sampled_from(["Belimbing Raya", "Kel. Belimbing", "Kasiau", "Desa Jaro", "Atlantis", "", 7.0]),
        "district": st.sampled_from(["Murung Pudak", "Kec. Jaro", "Atlantis", ""]),
        "phone": st.one_of(
            st.sampled_from(["0812-3456-7890", "0526 2021234", "", 81234567890.0]), st.text(max_size=20)
        ),
        "email": st.one_of(st.emails(), st.sampled_from(["", "bukan"])),
        "nik": st.sampled_from(["", rosters.NIK, rosters.OTHER_NIK, 6309061203700001, "63090612"]),
        "starts": st.one_of(st.just(""), st.dates(date(2015, 1, 1), date(2025, 1, 1)), st.just("2020")),
        "ends": st.one_of(st.just(""), st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.just("1/2")),
        "status": st.sampled_from(["", "Definitif", "plt", "aktif"]),
    }
)


@pytest.fixture
def tabalong():
    factories.regions()
    village = Region.objects.get(name="Belimbing Raya", parent=factories.MURUNG_PUDAK).code
    for number, name in (("003", "Ahmad Fauzi"), ("004", "Nor Hayati"), ("005", "Rusdi")):
        factories.head(village=village, number=number, name=name, phone="", term_starts_on=date(2020, 1, 1))
    return Region.objects.get(pk=factories.TABALONG)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=15))
def test_every_row_is_new_changed_unchanged_or_faulty(tabalong, rows):
    places = Places(tabalong)
    cells = [SheetRow(number, [row.get(key, "") for key in rosters.KEYS]) for number, row in enumerate(rows, start=2)]
    checked = check_rows(cells, find_columns(list(rosters.HEADER)).at, places)
    found = find_differences(checked, tabalong.code)
    outcome = outcome_of(Reading(checked, places, len(rows), [], []), found, now=factories.NOW)
    parts = ("new_count", "changed_count", "unchanged_count", "fault_count")
    assert sum(outcome[part] for part in parts) == outcome["rows_total"] == len(rows)
    assert all(fault["reasons"] for fault in outcome["faults"])
    assert len({fault["row"] for fault in outcome["faults"]}) == outcome["fault_count"]


def test_twenty_thousand_rows_are_taken_and_one_more_is_refused(tabalong):
    code = factories.villages_of(factories.JARO)[0].code
    rows = [[f"Warga {row}", row % 999 + 1, row // 999 + 1, code] for row in range(MAX_ROWS)]
    header = ("Nama", "RT", "RW", "Kode wilayah")
    reading = read_roster(rosters.csv(rows, header), "rt.csv", tabalong)
    assert (reading.total, len(reading.checked.entries)) == (20_000, 20_000)
    with pytest.raises(InputError, match=r"Berkas berisi 20\.001 baris data, paling banyak 20\.000"):
        read_roster(rosters.csv([*rows, ["Warga", 1, 99, code]], header), "rt.csv", tabalong)


def locked() -> bytes:
    """What Excel makes of a workbook with a password: an OLE container with this stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


def no_workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("surat.txt", "isi")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "bukan lembar kerja"),
        (lambda: b"%PDF-1.7 isi", "bukan lembar kerja"),
        (no_workbook, "bukan lembar kerja"),
        (locked, "dikunci dengan kata sandi"),
        (lambda: rosters.xlsx([rosters.row()])[:-800], "rusak atau tidak terunggah seluruhnya"),
        (
            lambda: rosters.csv([["a", "b", "c"]], ("Barang", "Harga", "Toko")),
            "Kolom Nama, RT, Kelurahan/Desa dan Kecamatan tidak ditemukan. Judul kolom yang terbaca: “Barang”",
        ),
        (lambda: rosters.csv([["1"] * 150], [f"Kolom {n}" for n in range(150)]), "“Kolom 14”, dan 135 lainnya"),
        (lambda: rosters.xlsx([]), "belum ada baris yang terisi"),
        (lambda: b"   ", "kosong"),
        (lambda: b"halo, ini surat", "Baris judul kolom tidak ditemukan"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tabalong, make, reason):
    with pytest.raises(InputError) as refused:
        read_roster(make(), "rt.xlsx", tabalong)
    assert reason in refused.value.sentence


def test_an_xlsx_is_read_with_its_types_and_what_was_left_out_is_told(tabalong):
    header = (*rosters.HEADER[:-1], "Agama")
    data = rosters.xlsx([[*rosters.row(number=5, phone=81234567890)[:-1], "Islam"]], header)
    reading = read_roster(data, "rt.xlsx", tabalong)
    assert reading.checked.entries[0].phone == "+6281234567890"
    assert reading.ignored_columns == ["Agama"]
