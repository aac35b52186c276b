"""How long a kabupaten/kota keeps data: inside the bounds, and never over somebody else's edit."""

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.privacy.models import RetentionSetting
from rtportal.privacy.retention import class_of
from rtportal.privacy.use_cases.save_retention import RetentionRefused, save_retention
from rtportal.regions.models import Region
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    factories.regions()
    return Region.objects.get(pk=factories.TABALONG)


def save(place: Region, months: int, version: int = 0):
    by = factories.user(role="admin")
    return save_retention(region=place, what=class_of("pesan"), months=months, version=version, by=by, now=NOW)


def test_the_number_is_kept_and_told(place) -> None:
    assert save(place, 24).months == 24
    assert "dari 12 menjadi 24 bulan" in AuditEvent.objects.get(action="retention.changed").sentence


def test_the_same_number_writes_nothing(place) -> None:
    assert save(place, 12) is None
    assert not RetentionSetting.objects.exists()


@pytest.mark.parametrize("months", [0, 2, 61])
def test_out_of_bounds_is_refused_with_the_ground(place, months: int) -> None:
    with pytest.raises(RetentionRefused, match="3 sampai 60 bulan"):
        save(place, months)


def test_the_second_of_two_hears_of_the_first(place) -> None:
    save(place, 24)
    with pytest.raises(RetentionRefused, match="baru saja menyimpan 24 bulan"):
        save(place, 36)
