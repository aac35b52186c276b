"""Regions in the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtportal.regions.load import UnknownRegionCode, load_regions
from rtportal.regions.models import Region

pytestmark = pytest.mark.django_db


def rows():
    return list(Region.objects.order_by("code").values_list())


def test_the_whole_country_is_loaded():
    assert load_regions() == 91_599
    assert [Region.objects.filter(level=level).count() for level in (1, 2, 3, 4)] == [38, 514, 7_285, 83_762]


def test_loading_twice_changes_nothing():
    load_regions(prefixes=["63.09"])
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load_regions(prefixes=["63.09"]) == 0
    assert rows() == before
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]


def test_an_area_is_loaded_with_what_lies_above_and_below():
    # Provinces 15 and 63; Jambi with 11 kecamatan and 68 villages; Tabalong with 12 and 131.
    assert load_regions(prefixes=("63.09", "15.71")) == 2 + (1 + 11 + 68) + (1 + 12 + 131)
    assert set(Region.objects.filter(level__lte=2).values_list("code", flat=True)) == {"15", "15.71", "63", "63.09"}


def test_a_region_knows_its_parent_zone_and_place():
    load_regions(prefixes=["63.09.06.1009"])
    pembataan = Region.objects.get(code="63.09.06.1009")
    assert (pembataan.full_name, pembataan.level, pembataan.time_zone) == (
        "Kelurahan Pembataan",
        Region.Level.VILLAGE,
        "Asia/Makassar",
    )
    assert pembataan.parent.full_name == "Kecamatan Murung Pudak"
    assert pembataan.parent.parent.full_name == "Kabupaten Tabalong"
    assert pembataan.parent.parent.parent.full_name == "Provinsi Kalimantan Selatan"
    assert (round(pembataan.latitude), round(pembataan.longitude)) == (-2, 115)


def test_one_area_after_another_adds_to_the_first():
    load_regions(prefixes=["63.09"])
    assert load_regions(prefixes=["63.09", "15.71"]) == 1 + 1 + 11 + 68


def test_a_damaged_row_is_mended_and_others_are_left_alone():
    load_regions(prefixes=["63.09"])
    before = rows()
    Region.objects.filter(code="63.09.11").update(name="Jarro", time_zone="Asia/Jakarta", latitude=None)
    assert load_regions(prefixes=["63.09"]) == 1
    assert rows() == before


def test_a_region_that_left_the_official_list_stays():
    load_regions(prefixes=["63.09.11"])
    Region.objects.create(
        code="63.09.11.2099", name="Lama", level=4, kind="desa", parent_id="63.09.11", time_zone="Asia/Makassar"
    )
    assert load_regions(prefixes=["63.09.11"]) == 0
    assert Region.objects.filter(code="63.09.11.2099").exists()


@pytest.mark.parametrize("prefix", ["99", "63.9", "63.09.", "6309", "", "Tabalong"])
def test_a_code_that_is_none_is_refused_and_nothing_is_loaded(prefix):
    with pytest.raises(UnknownRegionCode, match="tidak dikenal"):
        load_regions(prefixes=["15.71", prefix])
    assert not Region.objects.exists()


def test_no_area_loads_nothing():
    assert load_regions(prefixes=[]) == 0
    assert not Region.objects.exists()
