import pytest

from programs.errors import Refusal, StaleEdit
from programs.models import Office, SpecialDay
from programs.use_cases.save_office import save_office
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabalong():
    factories.regions(factories.TABALONG)
    return Region.objects.get(code=factories.TABALONG)


def save(region, *, office=None, version=1, name="DPMD Kabupaten Tabalong", contact_name="Ibu Nor Hayati"):
    return save_office(
        office=office,
        version=version,
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
    assert AuditEvent.objects.get(action="office.created").sentence == "Menambah kantor DPMD Kabupaten Tabalong."


def test_an_office_is_changed(tabalong):
    save(tabalong, office=save(tabalong), contact_name="Bapak Rusdi")
    assert Office.objects.get().contact_name == "Bapak Rusdi"


def test_a_new_office_gets_its_holidays_at_once(tabalong):
    save(tabalong)
    assert SpecialDay.objects.filter(region=tabalong, kind=SpecialDay.Kind.NATIONAL, starts_on__year=2027).exists()


def test_the_second_editor_is_told_what_the_first_changed(tabalong):
    office = save(tabalong)
    save(tabalong, office=office, contact_name="Bapak Rusdi")
    with pytest.raises(StaleEdit) as refusal:
        save(tabalong, office=office, version=1, name="DPMD")
    [change] = refusal.value.changes
    assert (change.label, change.before, change.after) == ("Narahubung", "Ibu Nor Hayati", "Bapak Rusdi")
    assert Office.objects.get().name == "DPMD Kabupaten Tabalong"
    assert save(tabalong, office=office, version=refusal.value.version, name="DPMD").version == 3


def test_another_office_of_the_region_is_no_change_of_this_one(tabalong):
    office = save(tabalong)
    save(tabalong, name="Bagian Pemerintahan")
    assert save(tabalong, office=office, contact_name="Bapak Rusdi").version == 2


def test_saving_without_a_difference_writes_nothing(tabalong):
    assert save(tabalong, office=save(tabalong)).version == 1
    assert not AuditEvent.objects.filter(action="office.changed").exists()


def test_a_second_office_of_the_same_name_is_refused(tabalong):
    save(tabalong)
    with pytest.raises(Refusal) as refusal:
        save(tabalong)
    assert refusal.value.sentence == "Sudah ada kantor dengan nama ini di wilayah Anda."
    assert Office.objects.count() == 1
