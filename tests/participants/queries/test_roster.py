import pytest

from participants.queries import roster as module
from participants.queries.roster import roster, roster_of
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


def test_people_stand_by_village_then_rw_then_rt(wave):
    [first, second, *_] = factories.villages_of(MURUNG_PUDAK)
    for village, rw, number in (
        (second, "", "001"),
        (first, "002", "001"),
        (first, "001", "010"),
        (first, "001", "002"),
    ):
        factories.enrolment(wave=wave, head=factories.head(village=village.code, rw=rw, number=number))
    found = [(entry.village.code, entry.rw, entry.rt) for entry in roster(roster_of(wave, factories.user()))]
    assert found == sorted(found) and len(found) == 4


def test_nobody_is_lost_or_doubled_where_chunks_meet(wave, monkeypatch):
    monkeypatch.setattr(module, "_ENTRIES", 3)
    for head in factories.heads(10, district=JARO):
        factories.enrolment(wave=wave, head=head)
    names = [entry.name for entry in roster(roster_of(wave, factories.user()))]
    assert len(names) == len(set(names)) == 10


def test_who_leaves_the_wave_meanwhile_is_left_out(wave, monkeypatch):
    monkeypatch.setattr(module, "_ENTRIES", 1)
    first, second = (factories.enrolment(wave=wave, head=head) for head in factories.heads(2, district=JARO))
    entries = roster(roster_of(wave, factories.user()))
    next(entries)
    second.delete()
    assert list(entries) == []
    assert first.pk


def test_only_the_people_of_ones_own_area_are_seen(wave):
    for district in (MURUNG_PUDAK, JARO):
        factories.enrolment(wave=wave, head=factories.head(district=district))
    operator = factories.user(role="district_operator", region=JARO)
    assert [entry.village.parent.code for entry in roster(roster_of(wave, operator))] == [JARO]
    assert list(roster(roster_of(wave, factories.user(region=factories.JAMBI)))) == []
