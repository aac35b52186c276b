from datetime import date, timedelta

import pytest

from programs.errors import Refusal, StaleEdit
from programs.models import SpecialDay
from programs.use_cases.delete_special_day import delete_special_day
from programs.use_cases.save_special_day import save_special_day
from programs.use_cases.switch_special_day import switch_special_day
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from tests import factories
from tests.factories import NOW, TABALONG

pytestmark = pytest.mark.django_db

FEAST = date(2026, 12, 1)


@pytest.fixture
def tabalong():
    factories.regions(TABALONG)
    return Region.objects.get(code=TABALONG)


def save(region, *, day=None, version=0, name="Hari Jadi Tabalong", starts_on=FEAST, ends_on=None):
    return save_special_day(
        day=day,
        version=version,
        region=region,
        kind=SpecialDay.Kind.LOCAL,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        actor=None,
        now=NOW,
    )


def test_a_local_day_is_added_with_an_audit_line(tabalong):
    assert save(tabalong).kind == SpecialDay.Kind.LOCAL
    assert AuditEvent.objects.get().sentence == "Menambah hari khusus Hari Jadi Tabalong, Selasa, 1 Desember 2026."


def test_the_second_editor_is_told_what_the_first_changed(tabalong):
    day = save(tabalong)
    save(tabalong, day=day, version=1, name="Hari Jadi Kabupaten")
    with pytest.raises(StaleEdit) as refusal:
        save(tabalong, day=day, version=1, starts_on=FEAST + timedelta(days=1))
    assert refusal.value.version == 2
    [change] = refusal.value.changes
    assert (change.label, change.before, change.after) == ("Nama", "Hari Jadi Tabalong", "Hari Jadi Kabupaten")
    assert SpecialDay.objects.get().starts_on == FEAST


def test_saving_without_a_difference_writes_nothing(tabalong):
    day = save(tabalong)
    assert save(tabalong, day=day, version=1).version == 1
    assert AuditEvent.objects.count() == 1


def test_an_end_before_the_start_is_refused(tabalong):
    with pytest.raises(Refusal) as refusal:
        save(tabalong, ends_on=FEAST - timedelta(days=1))
    assert refusal.value.sentence == "Tanggal akhir tidak boleh sebelum tanggal mulai."


def test_a_day_of_two_months_is_refused(tabalong):
    with pytest.raises(Refusal) as refusal:
        save(tabalong, ends_on=FEAST + timedelta(days=60))
    assert refusal.value.field == "ends_on"
    assert not SpecialDay.objects.exists()


def test_switching_is_idempotent_and_minds_the_version(tabalong):
    day = save(tabalong)
    switch_special_day(day=day, version=1, is_active=False, actor=None, now=NOW)
    assert switch_special_day(day=day, version=1, is_active=False, actor=None, now=NOW).version == 2
    with pytest.raises(StaleEdit):
        switch_special_day(day=day, version=1, is_active=True, actor=None, now=NOW)
    assert not SpecialDay.objects.get().is_active


def test_a_local_day_is_deleted_once(tabalong):
    day = save(tabalong)
    delete_special_day(day=day, version=1, actor=None, now=NOW)
    delete_special_day(day=day, version=1, actor=None, now=NOW)
    assert not SpecialDay.objects.exists()
    assert AuditEvent.objects.filter(action="special_day.deleted").count() == 1


def test_a_day_that_somebody_changed_meanwhile_is_not_deleted(tabalong):
    day = save(tabalong)
    save(tabalong, day=day, version=1, name="Hari Jadi Kabupaten")
    with pytest.raises(StaleEdit):
        delete_special_day(day=day, version=1, actor=None, now=NOW)
    assert SpecialDay.objects.exists()


def test_a_national_day_is_switched_off_and_not_deleted(tabalong):
    day = save(tabalong)
    SpecialDay.objects.update(source_key="national:2026:Hari:1")
    with pytest.raises(Refusal) as refusal:
        delete_special_day(day=day, version=1, actor=None, now=NOW)
    assert "tidak berlaku" in refusal.value.sentence


def test_a_day_that_somebody_deleted_meanwhile_is_said_to_be_gone(tabalong):
    day = save(tabalong)
    SpecialDay.objects.all().delete()
    with pytest.raises(Refusal, match="baru saja dihapus"):
        save(tabalong, day=day, version=1, name="Lain")
    with pytest.raises(Refusal, match="baru saja dihapus"):
        switch_special_day(day=day, version=1, is_active=False, actor=None, now=NOW)
