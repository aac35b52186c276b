"""All clashes of a wave together, and of many waves at once."""

from datetime import date, time

import pytest

from participants.queries.clashes import clash_counts, clashes_of, clashes_of_waves
from programs.clash import DAY, FRIDAY, HALL, HEADS, ROOM, SEATS, ClashCounts
from programs.models import SpecialDay, Wave
from tests import factories


def loaded(*waves: Wave) -> list[Wave]:
    rows = Wave.objects.select_related("program__region", "venue").in_bulk([wave.pk for wave in waves])
    return [rows[wave.pk] for wave in waves]


def kinds(wave: Wave) -> list[str]:
    return [clash.kind for clash in clashes_of(loaded(wave)[0])]


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave(published=False)


def test_a_wave_on_its_own_has_no_clash(wave):
    assert kinds(wave) == []


def test_drafts_in_one_hall_warn_each_other_and_the_published_one_wins(wave):
    other = factories.wave(venue=wave.venue, areas=(), published=False)
    assert [clash.is_refused for clash in clashes_of(loaded(wave)[0])] == [False]
    factories.publish(other)
    assert [(clash.kind, clash.is_refused) for clash in clashes_of(loaded(wave)[0])] == [(HALL, True)]
    assert [(clash.kind, clash.is_refused) for clash in clashes_of(loaded(other)[0])] == [(HALL, False)]


def test_a_cancelled_wave_is_in_nobodys_way_and_has_no_clash(wave):
    other = factories.wave(venue=wave.venue, areas=(), published=False)
    Wave.objects.filter(pk=other.pk).update(cancelled_at=factories.NOW)
    assert kinds(wave) == []
    assert kinds(other) == []


def test_a_provinces_programme_in_the_same_hall_is_seen(wave):
    province = factories.program(region="63")
    factories.wave(program=province, venue=wave.venue, areas=(), published=False)
    assert kinds(wave) == [HALL]


def test_seats_are_counted_from_the_roster_before_invitations(wave):
    factories.heads(4)
    type(wave.venue).objects.filter(pk=wave.venue_id).update(capacity=3)
    assert kinds(wave) == [SEATS]


def test_special_days_of_the_region_count_unless_switched_off(wave):
    values = {"kind": "local", "starts_on": wave.local_day, "ends_on": wave.local_day}
    SpecialDay.objects.create(region_id="63.09", name="Hari jadi", **values)
    SpecialDay.objects.create(region_id="63.09", name="Batal", is_active=False, **values)
    SpecialDay.objects.create(region_id="15.71", name="Hari jadi Jambi", **values)
    assert kinds(wave) == [DAY]


def test_breaks_may_lie_in_fridays_prayer_and_lessons_not(wave):
    friday = factories.wave(on=date(2026, 4, 10), areas=(), published=False)
    assert kinds(friday) == [FRIDAY]
    pause = factories.session(wave=friday, starts=time(11, 30), minutes=90, kind="break")
    assert kinds(friday) == []
    pause.kind = "material"
    pause.save()
    assert kinds(friday) == [FRIDAY]


# Heads in two waves


def test_heads_of_the_same_area_in_two_programmes_at_once_are_told_with_a_few_names(wave):
    factories.heads(5)
    other = factories.wave(program=factories.program(name="Retret RT"), published=False)
    (clash,) = clashes_of(loaded(wave)[0])
    assert (clash.kind, clash.wave_ids, clash.is_refused) == (HEADS, (other.pk,), False)
    assert clash.sentence.startswith("5 ketua RT juga menjadi peserta Gelombang 1 Retret RT pada waktu yang sama (Rabu")
    assert "Warga 630906 0000 (RT 001 " in clash.sentence
    assert clash.sentence.endswith(" dan 2 orang lagi.")
    assert kinds(other) == [HEADS]


def test_once_invited_only_the_invited_heads_count(wave):
    people = factories.heads(3)
    other = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=other, head=people[1])
    (clash,) = clashes_of(loaded(wave)[0])
    assert clash.sentence.startswith("1 ketua RT juga menjadi peserta")
    assert "Warga 630906 0001" in clash.sentence


def test_who_was_continued_in_a_later_wave_is_not_in_the_former_one(wave):
    (person,) = factories.heads(1)
    other = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=other, head=person, superseded_at=factories.NOW)
    assert kinds(wave) == []


def test_who_declined_is_not_there(wave):
    (person,) = factories.heads(1)
    other = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=other, head=person, answer="declined", answered_at=factories.NOW, reason="Sakit")
    assert kinds(wave) == []


def test_other_days_other_areas_and_the_same_programme_do_not_clash(wave):
    factories.heads(2)
    factories.wave(on=date(2026, 4, 9), published=False)
    factories.wave(areas=(factories.JARO,), published=False)
    factories.wave(program=wave.program, number=2, areas=(factories.JARO,), published=False)
    assert kinds(wave) == []


# Many at once


def test_many_waves_are_counted_at_once(wave):
    other = factories.wave(venue=wave.venue, areas=())
    free = factories.wave(on=date(2026, 4, 15), areas=())
    assert clash_counts(loaded(wave, other, free)) == {
        wave.pk: ClashCounts(refused=1),
        other.pk: ClashCounts(warnings=1),
        free.pk: ClashCounts(),
    }


def test_what_many_are_told_is_what_each_is_told_alone(wave):
    factories.heads(3)
    who = factories.speaker()
    waves = [wave] + [factories.wave(venue=wave.venue, published=False) for _ in range(3)]
    for one in waves:
        factories.session(wave=one, speakers=[who])
        factories.session(wave=one, starts=time(9, 30))
    together = clashes_of_waves(loaded(*waves))
    for one in waves:
        assert set(together[one.pk]) == set(clashes_of(loaded(one)[0]))
        assert {clash.kind for clash in together[one.pk]} >= {HALL, ROOM, HEADS}


def test_a_thousand_clashes_cost_as_many_queries_as_one(wave, django_assert_max_num_queries):
    factories.heads(3)
    who = factories.speaker()

    def add(number: int) -> Wave:
        made = factories.wave(venue=wave.venue, published=False)
        for index in range(number):
            factories.session(wave=made, room=f"R{index}", speakers=[who])
        return made

    factories.session(wave=wave, speakers=[who])
    add(1)
    one = loaded(wave)
    with django_assert_max_num_queries(13) as few:
        assert clashes_of_waves(one)
    waves = loaded(wave, *(add(4) for _ in range(6)))
    with django_assert_max_num_queries(13) as many:
        assert sum(map(len, clashes_of_waves(waves).values())) > 100
    assert len(many) == len(few)
