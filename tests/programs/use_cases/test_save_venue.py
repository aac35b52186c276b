import pytest

from programs.errors import Refusal
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


def save(region, *, venue=None, name="Aula Pendopo Bersinar Pembataan", capacity=350):
    return save_venue(
        venue=venue, region=region, name=name, address="", capacity=capacity, actor=None, now=factories.NOW
    )


def test_a_venue_is_written_with_an_audit_line(tabalong):
    assert save(tabalong).capacity == 350
    assert AuditEvent.objects.get().sentence == "Menambah tempat Aula Pendopo Bersinar Pembataan (350 kursi)."


def test_a_venue_is_changed(tabalong):
    venue = save(tabalong)
    save(tabalong, venue=venue, capacity=1500)
    assert Venue.objects.get().capacity == 1500
    assert "1.500 kursi" in AuditEvent.objects.first().sentence


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
