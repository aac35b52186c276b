import pytest

from participants.queries.area_choices import area_choices
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    factories.regions(factories.TABALONG)
    factories.heads(2, district=JARO)
    return factories.program()


def test_each_kecamatan_is_offered_by_code_with_its_heads(program):
    choices = area_choices(program)
    assert [choice.region.code for choice in choices] == sorted(choice.region.code for choice in choices)
    assert {choice.region.name: choice.heads for choice in choices}["Jaro"] == 2


def test_what_another_wave_has_wholly_or_in_part_is_marked(program):
    village = factories.villages_of(MUARA_UYA)[0]
    factories.wave(program=program, number=1, areas=(JARO, village.code))
    taken = {choice.region.name: choice.taken for choice in area_choices(program)}
    assert taken["Jaro"] == "sudah di Gelombang 1"
    assert taken["Muara Uya"] == "sebagian di Gelombang 1"
    assert taken["Murung Pudak"] == ""


def test_the_own_areas_of_a_wave_are_free_for_it_and_none_is_lost(program):
    village = factories.villages_of(MUARA_UYA)[0]
    wave = factories.wave(program=program, areas=(MURUNG_PUDAK, village.code))
    choices = area_choices(program, wave)
    assert choices[0].region == village
    assert not any(choice.taken for choice in choices)


def test_an_rw_that_the_wave_has_is_offered_to_it_and_marks_its_kecamatan_for_others(program):
    village = factories.villages_of(MUARA_UYA)[0]
    factories.head(village=village.code, rw="003")
    wave = factories.wave(program=program, areas=(f"{village.code}/003",))
    own = area_choices(program, wave)[0]
    assert (own.key, own.name, own.heads) == (f"{village.code}/003", f"RW 003 {village.full_name}", 1)
    taken = {choice.name: choice.taken for choice in area_choices(program)}
    assert taken["Muara Uya"] == "sebagian di Gelombang 1"
