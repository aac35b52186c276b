from datetime import date

import pytest

from participants import nik_store
from participants.models import RTHead
from participants.roster_file.differences import find_differences
from participants.roster_file.entries import Checked, Entry
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    factories.regions()
    return factories.villages_of(factories.MURUNG_PUDAK)[0].code


def compare(*entries):
    checked = Checked(entries=list(entries), named={entry.key for entry in entries})
    return find_differences(checked, factories.TABALONG)


def entry(village, **values):
    return Entry(**({"row": 2, "village": village, "rw": "", "number": "005", "name": "Ahmad Fauzi"} | values))


def known(village, **values):
    return factories.head(village=village, number="005", **values)


def test_an_unknown_rt_is_new(village):
    found = compare(entry(village))
    assert [(it.number, rt_id) for it, rt_id in found.new] == [("005", None)]


def test_a_known_rt_without_a_head_gets_one(village):
    head = known(village)
    RTHead.objects.update(is_current=False)
    assert [rt_id for _, rt_id in compare(entry(village)).new] == [head.rt_id]


def test_equal_values_are_unchanged_and_an_empty_cell_erases_nothing(village):
    known(village, gelar_depan="H.", phone="+6281234567890", email="a@b.id", term_ends_on=date(2028, 1, 1))
    found = compare(entry(village))
    assert (found.unchanged, found.new, found.changed) == (1, [], [])


def test_each_field_that_differs_is_told_with_its_old_value(village):
    known(village, phone="+6281234567890", status="plt")
    (change,) = compare(entry(village, phone="+6281200000000", email="a@b.id", status="definitif")).changed
    assert change.fields == {
        "phone": ("Nomor HP", "+6281234567890", "+6281200000000"),
        "email": ("E-mail", "", "a@b.id"),
        "status": ("Status", "plt", "definitif"),
    }
    assert not change.is_replaced


def test_the_same_nik_is_unchanged_though_every_encryption_differs(village):
    known(village, nik_encrypted=nik_store.sealed(rosters.NIK), nik_digest=nik_store.digest_of(rosters.NIK))
    assert compare(entry(village, nik=rosters.NIK)).unchanged == 1


@pytest.mark.parametrize(
    ("before", "after", "is_replaced"),
    [
        ({}, {"name": "Nor Hayati"}, True),
        ({}, {"name": "AHMAD  FAUZI"}, False),
        ({"phone": "+6281234567890"}, {"name": "Akhmad Fauzi", "phone": "+6281234567890"}, False),
        ({"phone": "+6281234567890"}, {"name": "Nor Hayati", "phone": "+6281200000000"}, True),
        ({"email": "rt05@desa.id"}, {"name": "Nor Hayati", "email": "rt05@desa.id"}, True),
        ({"nik": rosters.NIK}, {"name": "Akhmad Fauzi", "nik": rosters.NIK}, False),
        ({"nik": rosters.NIK}, {"name": "Nor Hayati", "nik": rosters.OTHER_NIK}, True),
        ({"nik": rosters.NIK}, {"nik": rosters.OTHER_NIK}, False),
    ],
)
def test_another_person_is_told_apart_from_a_corrected_name(village, before, after, is_replaced):
    if number := before.pop("nik", ""):
        before["nik_digest"] = nik_store.digest_of(number)
    known(village, **({"phone": ""} | before))
    (change,) = compare(entry(village, **after)).changed
    assert change.is_replaced is is_replaced


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ends": date(2019, 1, 1)}, "Akhir masa bakti (1 Jan 2019) lebih awal daripada awal masa bakti yang tercatat"),
        ({"starts": date(2031, 1, 1)}, "Awal masa bakti (1 Jan 2031) lebih akhir daripada akhir masa bakti"),
    ],
)
def test_a_term_that_contradicts_the_known_one_is_a_fault(village, values, reason):
    known(village, term_starts_on=date(2020, 1, 1), term_ends_on=date(2030, 1, 1))
    found = compare(entry(village, **values))
    assert found.changed == []
    assert reason in found.faults[0].reasons[0]


def test_rts_that_the_file_does_not_name_are_counted_inside_the_region_only(village):
    factories.heads(3, district=factories.JARO)
    factories.head(district="15.71.01", number="001")
    known(village)
    assert len(compare(entry(village)).missing) == 3


def test_comparing_costs_two_queries_for_any_number_of_rows(village, django_assert_num_queries):
    factories.heads(40)
    with django_assert_num_queries(2):
        compare(*[entry(village, number=f"{number:03d}") for number in range(1, 200)])


def test_the_fingerprint_follows_the_known_data(village):
    first = compare(entry(village)).fingerprint()
    assert compare(entry(village)).fingerprint() == first
    head = known(village, phone="+6281234567890")
    second = compare(entry(village, phone="+6281200000000")).fingerprint()
    RTHead.objects.filter(pk=head.pk).update(phone="+6281299999999")
    assert len({first, second, compare(entry(village, phone="+6281200000000")).fingerprint()}) == 3


def test_the_fingerprint_stands_for_every_value_of_a_new_head(village):
    values = [{}, {"phone": "+6281234567890"}, {"email": "a@b.id"}, {"nik": rosters.NIK}, {"ends": date(2030, 1, 1)}]
    assert len({compare(entry(village, **value)).fingerprint() for value in values}) == len(values)
