from datetime import time

import pytest

from programs.errors import Refusal, StaleEdit
from programs.models import Venue
from programs.use_cases.save_venue import save_venue
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabalong():
    factories.regions(factories.TABALONG, factories.JAMBI)
    return Region.objects.get(code=factories.TABALONG)


def save(region, *, venue=None, version=1, name="Aula Pendopo Bersinar Pembataan", capacity=350, **more):
    values = {"address": "", "actor": None, "now": factories.NOW} | more
    return save_venue(venue=venue, version=version, region=region, name=name, capacity=capacity, **values)


def test_a_venue_is_written_with_an_audit_line(tabalong):
    assert save(tabalong).capacity == 350
    assert AuditEvent.objects.get().sentence == "Menambah tempat Aula Pendopo Bersinar Pembataan (350 kursi)."


def test_a_venue_is_changed(tabalong):
    venue = save(tabalong)
    save(tabalong, venue=venue, capacity=1500)
    assert Venue.objects.get().capacity == 1500
    assert "1.500 kursi" in AuditEvent.objects.first().sentence


def test_hours_and_coordinates_are_kept_and_said_in_words(tabalong):
    venue = save(tabalong)
    save(tabalong, venue=venue, opens_at=time(7), closes_at=time(17, 30), latitude=-2.17, longitude=115.38)
    sentence = AuditEvent.objects.first().sentence
    assert "jam buka (kosong) → 07.00–17.30" in sentence
    assert "koordinat (kosong) → -2,17; 115,38" in sentence


@pytest.mark.parametrize(
    "wish",
    [
        {"opens_at": time(7)},
        {"closes_at": time(7)},
        {"opens_at": time(8), "closes_at": time(7)},
        {"latitude": 1.0},
        {"longitude": 1.0},
        {"latitude": 91.0, "longitude": 1.0},
        {"latitude": 1.0, "longitude": 181.0},
    ],
)
def test_half_of_a_pair_is_refused(tabalong, wish):
    with pytest.raises(Refusal) as refusal:
        save(tabalong, **wish)
    assert refusal.value.sentence.startswith("Isi ")
    assert not Venue.objects.exists()


def test_the_second_editor_is_told_what_the_first_changed(tabalong):
    venue = save(tabalong)
    save(tabalong, venue=venue, capacity=300)
    with pytest.raises(StaleEdit) as refusal:
        save(tabalong, venue=venue, version=1, name="Aula")
    [change] = refusal.value.changes
    assert (change.label, change.before, change.after) == ("Kapasitas", "350 kursi", "300 kursi")
    assert Venue.objects.get().name == "Aula Pendopo Bersinar Pembataan"
    assert save(tabalong, venue=venue, version=refusal.value.version, name="Aula").version == 3


def test_saving_without_a_difference_writes_nothing(tabalong):
    assert save(tabalong, venue=save(tabalong)).version == 1
    assert AuditEvent.objects.count() == 1


def test_a_second_venue_of_the_same_name_is_refused(tabalong):
    save(tabalong)
    with pytest.raises(Refusal) as refusal:
        save(tabalong)
    assert refusal.value.sentence == "Sudah ada tempat dengan nama ini di wilayah Anda."
    assert Venue.objects.count() == 1


def test_the_name_may_be_used_in_another_region(tabalong):
    save(tabalong)
    assert save(Region.objects.get(code=factories.JAMBI)).pk


def test_a_venue_without_seats_is_refused(tabalong):
    with pytest.raises(Refusal) as refusal:
        save(tabalong, capacity=0)
    assert refusal.value.sentence == "Kapasitas paling sedikit 1 kursi."
