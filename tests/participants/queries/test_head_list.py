import pytest

from participants.models import RTHead
from participants.queries.head_list import HeadFilter, districts_of, heads_of, villages_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    factories.head(district=factories.JARO, number="005", name="Ahmad Fauzi", phone="+6281234567890", email="a@b.id")
    factories.head(district=factories.JARO, number="012", rw="001", name="Nor Hayati", phone="", email="c@d.id")
    factories.head(district=factories.TANJUNG, number="005", name="Fauzan Azima", phone="+6285600001111")
    factories.head(district="15.71.01", number="005", name="Orang Jambi")
    return factories.user()


def names(user, **asked):
    return sorted(head.name for head in heads_of(user, HeadFilter(**asked)))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("fauz", ["Ahmad Fauzi", "Fauzan Azima"]),
        ("fauzi ahmad", ["Ahmad Fauzi"]),
        ("RT 5", ["Ahmad Fauzi", "Fauzan Azima"]),
        ("012", ["Nor Hayati"]),
        ("0812-3456-7890", ["Ahmad Fauzi"]),
        ("+62 812 3456 7890", ["Ahmad Fauzi"]),
        ("81234567890", ["Ahmad Fauzi"]),
        ("0812-3456", []),
        ("%", []),
        ("Jambi", []),
        ("²", []),
    ],
)
def test_a_head_is_found_by_name_rt_or_the_whole_number(official, search, found):
    assert names(official, search=search) == found


def test_filters_narrow_the_list(official):
    assert names(official, district=factories.JARO) == ["Ahmad Fauzi", "Nor Hayati"]
    village = factories.villages_of(factories.TANJUNG)[0].code
    assert names(official, district=factories.TANJUNG, village=village) == ["Fauzan Azima"]
    assert names(official, lacks_phone=True) == ["Nor Hayati"]
    assert names(official, lacks_email=True) == ["Fauzan Azima"]


def test_former_heads_are_not_in_the_list(official):
    RTHead.objects.filter(name="Ahmad Fauzi").update(is_current=False)
    assert "Ahmad Fauzi" not in names(official)


def test_everybody_sees_their_own_area_only(official):
    assert names(factories.user(region="15.71")) == ["Orang Jambi"]
    operator = factories.user(role="district_operator", region=factories.JARO)
    assert names(operator) == ["Ahmad Fauzi", "Nor Hayati"]
    assert [place.name for place in districts_of(operator)] == ["Jaro"]
    assert len(districts_of(official)) == 12
    assert names(factories.user(region=None)) == []


def test_the_villages_of_a_kecamatan_are_those_inside_the_scope(official):
    village = factories.villages_of(factories.JARO)[0]
    operator = factories.user(role="village_operator", region=village.code)
    assert [place.code for place in districts_of(operator)] == [factories.JARO]
    assert villages_of(operator, factories.JARO) == [village]
    assert villages_of(operator, "") == []
    assert villages_of(operator, "15.71.01") == []
