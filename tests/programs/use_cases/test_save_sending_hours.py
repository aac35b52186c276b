from datetime import time

import pytest

from programs.errors import Refusal, StaleEdit
from programs.use_cases.save_sending_hours import save_sending_hours
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import SendingHours
from rtportal.regions.models import Region
from tests import factories
from tests.factories import NOW, TABALONG

pytestmark = pytest.mark.django_db

USUAL = {
    "opens_at": time(7, 30),
    "closes_at": time(20),
    "is_friday_prayer_quiet": True,
    "ramadan_closes_at": time(17, 30),
    "is_holiday_quiet": False,
}


@pytest.fixture
def region() -> Region:
    factories.regions(TABALONG)
    SendingHours.objects.all().delete()
    return Region.objects.get(pk=TABALONG)


def save(region, *, version=0, **changes) -> SendingHours:
    return save_sending_hours(region=region, version=version, actor=None, now=NOW, **(USUAL | changes))


def test_the_first_change_writes_a_row_and_a_line(region):
    row = save(region, closes_at=time(21), is_holiday_quiet=True)
    assert (row.version, row.closes_at, row.is_holiday_quiet) == (1, time(21), True)
    assert AuditEvent.objects.get().sentence == (
        "Mengubah jam kirim Kabupaten Tabalong: jam kirim 07.30–20.00 → 07.30–21.00; "
        "hari libur dikirim seperti hari lain → tenang pada libur nasional dan cuti bersama."
    )


def test_the_usual_hours_need_no_row(region):
    save(region)
    assert not SendingHours.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_second_change_stands_in_the_same_row(region):
    save(region, closes_at=time(21))
    assert save(region, version=1, closes_at=time(0)).version == 2
    assert SendingHours.objects.get().closes_at == time(0)


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_official_is_told_what_the_first_changed(region, version):
    save(region, closes_at=time(21))
    if version:
        save(region, version=1, closes_at=time(22))
    with pytest.raises(StaleEdit) as refusal:
        save(region, version=version, closes_at=time(19))
    change = refusal.value.changes[0]
    assert (change.label, change.after) == ("Jam kirim", "07.30–22.00" if version else "07.30–21.00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at": time(20)}, "closes_at"),
        ({"opens_at": time(21), "closes_at": time(7)}, "closes_at"),
        ({"ramadan_closes_at": time(7)}, "ramadan_closes_at"),
    ],
)
def test_hours_that_never_open_are_refused(region, changes, field):
    with pytest.raises(Refusal) as refusal:
        save(region, **changes)
    assert refusal.value.field == field
    assert not SendingHours.objects.exists()
