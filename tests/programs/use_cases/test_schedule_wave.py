import threading
from datetime import time, timedelta

import pytest
from django.db import connection

from participants.queries.wave_pages import seats_of
from programs.errors import Refusal, SeatsShort
from programs.models import Wave, WaveArea
from programs.use_cases.schedule_wave import schedule_wave
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, WAVE_DAY


def at(hour: int, day=WAVE_DAY):
    return clock.local_instant(day, time(hour), "WITA")


def schedule(program, **changes):
    wishes = {
        "number": 1,
        "starts_at": at(8),
        "ends_at": at(15),
        "areas": [MURUNG_PUDAK, JARO],
        "actor": None,
        "now": NOW,
    } | changes
    wishes["venue"] = wishes.get("venue") or factories.venue()
    return schedule_wave(program=program, **wishes)


@pytest.fixture
def program(db):
    factories.regions(factories.TABALONG, factories.JAMBI)
    return factories.program()


def refused(program, **changes) -> str:
    """The sentence of the refusal; nothing may have been written."""
    before = Wave.objects.count(), WaveArea.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refusal) as refusal:
        schedule(program, **changes)
    assert (Wave.objects.count(), WaveArea.objects.count(), AuditEvent.objects.count()) == before
    return refusal.value.sentence


def test_a_wave_is_written_with_its_areas_and_an_audit_line(program):
    factories.heads(3, district=MURUNG_PUDAK)
    factories.heads(2, district=JARO)
    official = factories.user()
    wave = schedule(program, actor=official, venue=factories.venue(name="Aula Pembataan"))
    assert sorted(wave.areas.values_list("name", flat=True)) == ["Jaro", "Murung Pudak"]
    assert wave.span_words == "Rabu, 8 April 2026, 08.00–15.00 WITA"
    line = AuditEvent.objects.get(subject=f"wave:{wave.pk}")
    assert line.actor == official
    assert "Aula Pembataan, 5 ketua RT dari Murung Pudak, Jaro" in line.sentence


def test_an_area_inside_another_chosen_one_is_counted_once(program):
    village = factories.villages_of(JARO)[0].code
    wave = schedule(program, areas=[JARO, village])
    assert list(wave.areas.values_list("code", flat=True)) == [JARO]


def test_a_wave_ending_before_it_starts_is_refused(program):
    assert refused(program, ends_at=at(7)) == "Waktu selesai harus setelah waktu mulai."
    assert refused(program, ends_at=at(8)) == "Waktu selesai harus setelah waktu mulai."


def test_a_wave_of_a_whole_year_is_refused(program):
    assert "paling lama 31 hari" in refused(program, ends_at=at(15) + timedelta(days=365))


def test_a_wave_in_the_past_is_refused(program):
    assert "sudah lewat" in refused(program, now=at(9))


def test_a_wave_without_areas_is_refused(program):
    assert refused(program, areas=[]) == "Pilih paling sedikit satu wilayah dari daftar."
    assert refused(program, areas=["99.99.99"]) == "Pilih paling sedikit satu wilayah dari daftar."


def test_an_area_of_another_kabupaten_is_refused_by_name(program):
    assert refused(program, areas=["15.71.01"]).endswith("tidak berada di Kabupaten Tabalong.")


def test_a_venue_of_another_kabupaten_is_refused_by_name(program):
    venue = factories.venue(region=factories.JAMBI, name="Balai Kota")
    assert refused(program, venue=venue) == "Balai Kota tidak berada di Kabupaten Tabalong."


def test_an_area_of_another_wave_is_refused_with_that_wave(program):
    factories.wave(program=program, areas=(JARO,))
    sentence = refused(program, number=2)
    assert sentence == "Kecamatan Jaro sudah masuk Gelombang 1 dalam program ini."


def test_an_area_of_which_another_wave_has_a_part_is_refused(program):
    village = factories.villages_of(JARO)[0]
    factories.wave(program=program, areas=(village.code,))
    sentence = refused(program, number=2)
    assert sentence == f"Sebagian Kecamatan Jaro ({village.full_name}) sudah masuk Gelombang 1 dalam program ini."


def test_a_part_of_an_area_that_another_wave_has_is_refused(program):
    village = factories.villages_of(JARO)[0]
    factories.wave(program=program, areas=(JARO,))
    assert "sudah masuk Gelombang 1" in refused(program, number=2, areas=[village.code])


def test_the_rw_of_one_village_may_be_in_different_waves_but_none_in_two(program):
    village = factories.villages_of(JARO)[0]
    factories.head(village=village.code, rw="001", number="001")
    factories.head(village=village.code, rw="002", number="001")
    first = schedule(program, areas=[f"{village.code}/001"])
    schedule(program, number=2, areas=[f"{village.code}/002", f"{village.code}/-"])
    assert seats_of(first).heads == 1
    assert refused(program, number=3, areas=[f"{village.code}/001"]).startswith(
        f"RW 001 {village.full_name} sudah masuk"
    )
    assert f"ebagian Kecamatan Jaro (RW 001 {village.full_name}) sudah masuk" in refused(
        program, number=3, areas=[JARO]
    )
    assert refused(program, number=3, areas=[f"{JARO}/001"]) == "Pilih paling sedikit satu wilayah dari daftar."


def test_the_same_area_may_be_in_a_wave_of_another_programme(program):
    factories.wave(areas=(JARO,))
    assert schedule(program, areas=[JARO]).pk


def test_a_number_used_twice_is_refused(program):
    factories.wave(program=program, areas=(MUARA_UYA,))
    assert refused(program, number=1) == "Program ini sudah mempunyai gelombang dengan nomor itu."


def test_more_heads_than_seats_must_be_accepted_by_number(program):
    factories.heads(5, district=JARO)
    venue = factories.venue(capacity=4)
    with pytest.raises(SeatsShort) as refusal:
        schedule(program, areas=[JARO], venue=venue)
    assert (refusal.value.needed, refusal.value.capacity) == (5, 4)
    assert "Diperlukan 5 kursi, tetapi kapasitas tempat 4 kursi: kurang 1 kursi." in refusal.value.sentence
    assert "kurang" in refused(program, areas=[JARO], venue=venue, accepted_seats=4)
    wave = schedule(program, areas=[JARO], venue=venue, accepted_seats=5)
    assert wave.seats_acknowledged == 5


def test_with_companions_each_head_takes_two_seats(program):
    program = factories.program(companions="required")
    factories.heads(3, district=JARO)
    with pytest.raises(SeatsShort) as refusal:
        schedule(program, areas=[JARO], venue=factories.venue(capacity=5))
    assert refusal.value.needed == 6


def test_nothing_is_remembered_as_accepted_where_all_have_a_seat(program):
    assert schedule(program, accepted_seats=900).seats_acknowledged == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_area_at_once_one_wins_and_the_other_is_told():
    factories.regions(factories.TABALONG)
    program = factories.program()
    venue = factories.venue()
    together = threading.Barrier(2)
    outcomes = []

    def take(number: int):
        try:
            together.wait()
            outcomes.append(schedule(program, number=number, areas=[JARO], venue=venue).title)
        except Refusal as refusal:
            outcomes.append(refusal.sentence)
        finally:
            connection.close()

    officials = [threading.Thread(target=take, args=(number,)) for number in (1, 2)]
    for official in officials:
        official.start()
    for official in officials:
        official.join()
    winner = Wave.objects.get()
    assert sorted(outcomes) == sorted([winner.title, f"Kecamatan Jaro sudah masuk {winner.title} dalam program ini."])
    assert WaveArea.objects.filter(program=program, region=JARO).count() == 1


def test_a_catch_up_wave_needs_no_area(program):
    wave = schedule(program, areas=[], is_catch_up=True)
    assert (wave.is_catch_up, wave.wave_areas.count()) == (True, 0)
    assert AuditEvent.objects.get(subject=wave.group).sentence.endswith("susulan.")
