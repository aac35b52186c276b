"""The reference file against facts of the official list."""

import hashlib
import lzma
from collections import Counter, defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rtportal.regions.reader import DATA_FILE, read_regions

# Code: name, time zone, number of kabupaten and kota, of kecamatan, of kelurahan and desa.
PROVINCES = {
    "11": ("Aceh", "Asia/Jakarta", 23, 290, 6500),
    "12": ("Sumatera Utara", "Asia/Jakarta", 33, 455, 6110),
    "13": ("Sumatera Barat", "Asia/Jakarta", 19, 179, 1265),
    "14": ("Riau", "Asia/Jakarta", 12, 172, 1862),
    "15": ("Jambi", "Asia/Jakarta", 11, 144, 1585),
    "16": ("Sumatera Selatan", "Asia/Jakarta", 17, 241, 3259),
    "17": ("Bengkulu", "Asia/Jakarta", 10, 129, 1513),
    "18": ("Lampung", "Asia/Jakarta", 15, 229, 2651),
    "19": ("Kepulauan Bangka Belitung", "Asia/Jakarta", 7, 47, 393),
    "21": ("Kepulauan Riau", "Asia/Jakarta", 7, 80, 419),
    "31": ("Daerah Khusus Ibukota Jakarta", "Asia/Jakarta", 6, 44, 267),
    "32": ("Jawa Barat", "Asia/Jakarta", 27, 627, 5957),
    "33": ("Jawa Tengah", "Asia/Jakarta", 35, 576, 8563),
    "34": ("Daerah Istimewa Yogyakarta", "Asia/Jakarta", 5, 78, 438),
    "35": ("Jawa Timur", "Asia/Jakarta", 38, 666, 8494),
    "36": ("Banten", "Asia/Jakarta", 8, 155, 1552),
    "51": ("Bali", "Asia/Makassar", 9, 57, 716),
    "52": ("Nusa Tenggara Barat", "Asia/Makassar", 10, 117, 1166),
    "53": ("Nusa Tenggara Timur", "Asia/Makassar", 22, 315, 3442),
    "61": ("Kalimantan Barat", "Asia/Pontianak", 14, 174, 2145),
    "62": ("Kalimantan Tengah", "Asia/Pontianak", 14, 136, 1571),
    "63": ("Kalimantan Selatan", "Asia/Makassar", 13, 156, 2016),
    "64": ("Kalimantan Timur", "Asia/Makassar", 10, 105, 1038),
    "65": ("Kalimantan Utara", "Asia/Makassar", 5, 55, 482),
    "71": ("Sulawesi Utara", "Asia/Makassar", 15, 171, 1839),
    "72": ("Sulawesi Tengah", "Asia/Makassar", 13, 177, 2017),
    "73": ("Sulawesi Selatan", "Asia/Makassar", 24, 313, 3059),
    "74": ("Sulawesi Tenggara", "Asia/Makassar", 17, 221, 2285),
    "75": ("Gorontalo", "Asia/Makassar", 6, 77, 729),
    "76": ("Sulawesi Barat", "Asia/Makassar", 6, 69, 648),
    "81": ("Maluku", "Asia/Jayapura", 11, 119, 1235),
    "82": ("Maluku Utara", "Asia/Jayapura", 10, 118, 1185),
    "91": ("Papua", "Asia/Jayapura", 9, 105, 999),
    "92": ("Papua Barat", "Asia/Jayapura", 7, 91, 824),
    "93": ("Papua Selatan", "Asia/Jayapura", 4, 82, 690),
    "94": ("Papua Tengah", "Asia/Jayapura", 8, 131, 1208),
    "95": ("Papua Pegunungan", "Asia/Jayapura", 8, 252, 2627),
    "96": ("Papua Barat Daya", "Asia/Jayapura", 6, 132, 1013),
}
# Code, name, number of kelurahan, number of desa.
KECAMATAN_OF_JAMBI = [
    ("15.71.01", "Telanaipura", 7, 0),
    ("15.71.02", "Jambi Selatan", 5, 0),
    ("15.71.03", "Jambi Timur", 9, 0),
    ("15.71.04", "Pasar Jambi", 4, 0),
    ("15.71.05", "Pelayangan", 6, 0),
    ("15.71.06", "Danau Teluk", 5, 0),
    ("15.71.07", "Kota Baru", 7, 0),
    ("15.71.08", "Jelutung", 7, 0),
    ("15.71.09", "Alam Barajo", 7, 0),
    ("15.71.10", "Danau Sipin", 5, 0),
    ("15.71.11", "Paal Merah", 6, 0),
]
KECAMATAN_OF_TABALONG = [
    ("63.09.01", "Banua Lawas", 0, 15),
    ("63.09.02", "Kelua", 1, 11),
    ("63.09.03", "Tanta", 0, 14),
    ("63.09.04", "Tanjung", 4, 11),
    ("63.09.05", "Haruai", 0, 13),
    ("63.09.06", "Murung Pudak", 5, 5),
    ("63.09.07", "Muara Uya", 0, 14),
    ("63.09.08", "Muara Harus", 0, 7),
    ("63.09.09", "Pugaan", 0, 7),
    ("63.09.10", "Upau", 0, 6),
    ("63.09.11", "Jaro", 0, 9),
    ("63.09.12", "Bintang Ara", 0, 9),
]


@pytest.fixture(scope="module")
def regions():
    """Every region by its code, in the order of the file."""
    return {row.code: row for row in read_regions()}


def test_the_whole_country_is_there(regions):
    assert Counter(row.level for row in regions.values()) == {1: 38, 2: 514, 3: 7_285, 4: 83_762}
    assert Counter(row.kind for row in regions.values()) == {
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
        "kecamatan": 7_285,
        "kelurahan": 8_496,
        "desa": 75_266,
    }


def test_each_code_is_there_once():
    codes = [row.code for row in read_regions()]
    assert len(codes) == len(set(codes)) == 91_599


def test_each_province_has_its_official_numbers(regions):
    found = Counter((row.code[:2], row.level) for row in regions.values())
    assert {
        row.code: (row.name, row.time_zone, *(found[row.code, level] for level in (2, 3, 4)))
        for row in regions.values()
        if row.level == 1
    } == PROVINCES


@pytest.mark.parametrize(
    ("code", "kind", "name", "kecamatan"),
    [
        ("15.71", "kota", "Jambi", KECAMATAN_OF_JAMBI),
        ("63.09", "kabupaten", "Tabalong", KECAMATAN_OF_TABALONG),
    ],
)
def test_the_kecamatan_of_jambi_and_tabalong_are_the_official_ones(regions, code, kind, name, kecamatan):
    assert (regions[code].kind, regions[code].name) == (kind, name)
    villages = Counter((row.parent_code, row.kind) for row in regions.values() if row.level == 4)
    assert [
        (row.code, row.name, villages[row.code, "kelurahan"], villages[row.code, "desa"])
        for row in regions.values()
        if row.parent_code == code
    ] == kecamatan


def test_the_villages_of_murung_pudak_are_the_official_ones(regions):
    assert [(row.code[-4:], row.name, row.kind) for row in regions.values() if row.parent_code == "63.09.06"] == [
        ("1001", "Belimbing Raya", "kelurahan"),
        ("1002", "Belimbing", "kelurahan"),
        ("1003", "Sulingan", "kelurahan"),
        ("1006", "Mabu'un", "kelurahan"),
        ("1009", "Pembataan", "kelurahan"),
        ("2004", "Maburai", "desa"),
        ("2005", "Kasiau", "desa"),
        ("2007", "Kapar", "desa"),
        ("2008", "Masukau", "desa"),
        ("2010", "Kasiau Raya", "desa"),
    ]


def test_every_parent_stands_before_its_children():
    seen = set()
    for row in read_regions():
        assert row.parent_code is None if row.level == 1 else row.parent_code in seen, row
        seen.add(row.code)


def test_the_time_zone_of_a_province_holds_on_every_level_below(regions):
    assert all(row.time_zone == PROVINCES[row.code[:2]][1] for row in regions.values())


@pytest.mark.parametrize(
    ("code", "clock"),
    [("15.71", "WIB 07"), ("61", "WIB 07"), ("63.09.11", "WITA 08"), ("91", "WIT 09")],
)
def test_the_time_zone_is_one_that_python_knows(regions, code, clock):
    midnight = datetime(2026, 11, 8, tzinfo=UTC)
    assert midnight.astimezone(ZoneInfo(regions[code].time_zone)).strftime("%Z %H") == clock


def test_village_names_repeat_in_269_kabupaten_and_kota(regions):
    names = defaultdict(list)
    for row in regions.values():
        if row.level == 4:
            names[row.code[:5]].append(row.name)
    assert sum(len(set(found)) < len(found) for found in names.values()) == 269


def test_only_the_code_tells_some_villages_of_one_kecamatan_apart(regions):
    found = Counter((row.parent_code, row.kind, row.name) for row in regions.values() if row.level == 4)
    assert [key for key, count in found.items() if count > 1] == [
        ("71.02.11", "desa", "Tounelet Satu"),
        ("94.03.01", "desa", "Kogekotu"),
    ]


def test_all_coordinates_lie_in_indonesia(regions):
    placed = [row for row in regions.values() if row.latitude is not None]
    assert all(-11.1 <= row.latitude <= 6.2 and 94.7 <= row.longitude <= 141.1 for row in placed)


def test_places_that_the_source_does_not_know_are_none(regions):
    unplaced = [row for row in regions.values() if row.latitude is None or row.longitude is None]
    assert all(row.latitude is None and row.longitude is None for row in unplaced)
    assert Counter(row.level for row in unplaced) == {4: 383, 2: 1}
    # The source puts Wakatobi at 23 degrees east, in Africa.
    assert [row.name for row in unplaced if row.level == 2] == ["Wakatobi"]


def test_names_are_clean(regions):
    for row in regions.values():
        assert row.name == " ".join(row.name.split()), row
        assert not row.name[0].islower(), row
        assert "’" not in row.name, row


def test_an_area_is_read_with_what_lies_above_and_below():
    codes = [row.code for row in read_regions(areas=["63.09.11", "15.71"])]
    assert codes[:3] == ["15", "15.71", "15.71.01"]
    assert codes[-12:-8] == ["63", "63.09", "63.09.11", "63.09.11.2001"]
    assert len(codes) == (2 + 11 + 68) + (3 + 9)


def test_half_a_code_is_no_area():
    assert [row.code for row in read_regions(areas=["63.09.1"])] == ["63", "63.09"]


def test_a_file_of_another_form_is_refused(tmp_path):
    other = tmp_path / "other.tsv.xz"
    other.write_bytes(lzma.compress(b"kode,nama\n11,Aceh\n"))
    with pytest.raises(ValueError, match="heading"):
        list(read_regions(other))


def test_the_file_is_small_and_is_the_one_its_note_describes():
    packed = DATA_FILE.read_bytes()
    assert len(packed) < 1_500_000
    assert hashlib.sha256(packed).hexdigest() in DATA_FILE.with_name("README.md").read_text()
