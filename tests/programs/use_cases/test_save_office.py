import pytest

from programs.errors import Refusal
from programs.models import Office
from programs.use_cases.save_office import save_office
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabalong():
    factories.regions(factories.TABALONG)
    return Region.objects.get(code=factories.TABALONG)


def save(region, *, office=None, name="DPMD Kabupaten Tabalong", contact_name="Ibu Nor Hayati"):
    return save_office(
        office=office,
        region=region,
        name=name,
        contact_name=contact_name,
        contact_phone="0526-2021234",
        greeting="Assalamualaikum",
        actor=None,
        now=factories.NOW,
    )


def test_an_office_is_written_with_an_audit_line(tabalong):
    assert save(tabalong).region_id == factories.TABALONG
    assert AuditEvent.objects.get().sentence == "Menambah kantor DPMD Kabupaten Tabalong."


def test_an_office_is_changed(tabalong):
    save(tabalong, office=save(tabalong), contact_name="Bapak Rusdi")
    assert Office.objects.get().contact_name == "Bapak Rusdi"


def test_a_second_office_of_the_same_name_is_refused(tabalong):
    save(tabalong)
    with pytest.raises(Refusal) as refusal:
        save(tabalong)
    assert refusal.value.sentence == "Sudah ada kantor dengan nama ini di wilayah Anda."
    assert Office.objects.count() == 1
