import pytest

from participants.models import RTHead
from rtportal.regions.area_keys import area_full_name, area_name, is_inside, make_key, split_key
from rtportal.regions.models import Region
from tests import factories
from tests.factories import JARO

VILLAGE = "63.09.11.2001"


@pytest.mark.parametrize("key", [JARO, VILLAGE, f"{VILLAGE}/003", f"{VILLAGE}/-"])
def test_a_key_is_taken_apart_and_put_together(key):
    assert make_key(*split_key(key)) == key


@pytest.mark.parametrize(
    ("key", "other", "expected"),
    [
        (JARO, JARO, True),
        (VILLAGE, JARO, True),
        (f"{VILLAGE}/003", VILLAGE, True),
        (f"{VILLAGE}/003", JARO, True),
        (f"{VILLAGE}/003", f"{VILLAGE}/003", True),
        (f"{VILLAGE}/003", f"{VILLAGE}/00", False),
        (VILLAGE, f"{VILLAGE}/003", False),
        (JARO, VILLAGE, False),
        ("63.09.12", "63.09.1", False),
    ],
)
def test_an_area_lies_inside_itself_and_inside_what_contains_it(key, other, expected):
    assert is_inside(key, other) is expected


@pytest.mark.django_db
def test_heads_are_found_by_kecamatan_by_village_and_by_rw():
    factories.regions(factories.TABALONG)
    for number, rw in enumerate(("", "001", "001", "002"), start=1):
        factories.head(village=VILLAGE, rw=rw, number=f"{number:03d}")
    counts = {
        key: RTHead.objects.in_areas([key]).count()
        for key in (JARO, VILLAGE, f"{VILLAGE}/001", f"{VILLAGE}/002", f"{VILLAGE}/-", f"{VILLAGE}/009", "x/y")
    }
    assert list(counts.values()) == [4, 4, 2, 1, 1, 0, 0]
    assert RTHead.objects.in_areas([f"{VILLAGE}/001", f"{VILLAGE}/-"]).count() == 3
    assert RTHead.objects.in_areas([]).count() == 0


@pytest.mark.django_db
def test_hundreds_of_areas_are_no_trouble_for_the_database():
    factories.regions(factories.TABALONG)
    factories.head(village=VILLAGE, rw="001")
    keys = [f"63.09.11.{number}" for number in range(2000, 2900)] + [f"{VILLAGE}/{rw:03d}" for rw in range(900)]
    assert RTHead.objects.in_areas(keys).count() == 1


@pytest.mark.django_db
def test_an_area_is_named_with_its_rw():
    factories.regions(factories.TABALONG)
    village = Region.objects.get(code=VILLAGE)
    assert area_name(village, "003") == f"RW 003 {village.name}"
    assert area_full_name(village, "003") == f"RW 003 {village.full_name}"
    assert area_full_name(village, "-") == f"{village.full_name} tanpa RW"
    assert area_full_name(village, "") == village.full_name
