import pytest

from participants.models import RTHead
from participants.queries.head_counts import district_counts, head_counts
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, TABALONG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    factories.regions(factories.TABALONG, factories.JAMBI)
    factories.heads(12, district=MURUNG_PUDAK)
    factories.heads(3, district=JARO)


def test_areas_of_different_levels_are_counted_in_one_query(django_assert_num_queries):
    village = factories.villages_of(JARO)[0].code
    asked = ["63", TABALONG, JARO, village, "15.71", "63.09.04"]
    with django_assert_num_queries(1):
        counts = head_counts(asked)
    assert counts == {"63": 15, TABALONG: 15, JARO: 3, village: 1, "15.71": 0, "63.09.04": 0}


def test_no_area_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert head_counts([]) == {}


def test_former_heads_are_not_counted():
    RTHead.objects.filter(rt__village__code__startswith=JARO).update(is_current=False)
    assert head_counts([JARO]) == {JARO: 0}


def test_hundreds_of_areas_at_once_are_no_trouble():
    villages = [place.code for district in (MURUNG_PUDAK, JARO) for place in factories.villages_of(district)]
    counts = head_counts([*villages, *(f"63.09.{number}" for number in range(1000))])
    assert sum(counts[code] for code in villages) == 15


def test_every_kecamatan_of_a_kabupaten_stands_with_its_heads(django_assert_num_queries):
    with django_assert_num_queries(2):
        counted = district_counts(TABALONG)
    named = {region.name: heads for region, heads in counted}
    assert len(named) == 12
    assert (named["Murung Pudak"], named["Jaro"], named["Tanjung"]) == (12, 3, 0)


def test_the_rw_of_a_village_are_counted_beside_it_in_one_query(django_assert_num_queries):
    village = factories.villages_of(MURUNG_PUDAK)[0].code
    for number, rw in ((901, "001"), (902, "001"), (903, "002")):
        factories.head(village=village, rw=rw, number=str(number))
    whole = head_counts([village])[village]
    asked = [MURUNG_PUDAK, village, f"{village}/001", f"{village}/002", f"{village}/-", f"{village}/009"]
    with django_assert_num_queries(1):
        counts = head_counts(asked)
    assert list(counts.values()) == [15, whole, 2, 1, whole - 3, 0]
