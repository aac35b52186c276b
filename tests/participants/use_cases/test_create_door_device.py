from datetime import UTC, datetime, timedelta

import pytest

from participants.models import DoorDevice
from participants.presence.devices import device_of, token_of
from participants.queries.door_devices import usual_expiry
from participants.use_cases.create_door_device import MOST_DESKS, create_door_device
from participants.use_cases.revoke_door_device import revoke_door_device
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.door_world import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(MURUNG_PUDAK)
    return factories.wave()


def make(wave, name="Meja 1", **wishes):
    return create_door_device(wave=wave, actor=factories.user(), **{"name": name, "now": NOW} | wishes)


def test_a_desk_is_opened_by_its_link_and_works_until_twelve_hours_after_the_last_day(wave):
    device = make(wave)
    assert device_of(token_of(device.link_id), NOW) == device
    # The eighth of April ends at 23.59.59 WITA.
    assert device.expires_at == datetime(2026, 4, 9, 3, 59, 59, tzinfo=UTC)


def test_the_history_names_the_desk_and_not_its_link(wave):
    device = make(wave)
    line = AuditEvent.objects.get(subject=wave.group)
    assert line.sentence == "Membuat meja pintu “Meja 1”, berlaku sampai Kamis, 9 April 2026, 11.59 WITA."
    assert token_of(device.link_id) not in str(vars(line))


def test_two_open_desks_of_a_wave_do_not_bear_one_name(wave):
    first = make(wave)
    with pytest.raises(Refusal, match="sudah mempunyai meja dengan nama itu"):
        make(wave, "  Meja   1 ")
    revoke_door_device(device=first, actor=factories.user(), now=NOW)
    assert make(wave).name == "Meja 1"


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 41])
def test_a_desk_has_a_name_of_reasonable_length(wave, name):
    with pytest.raises(Refusal, match="Isi nama meja"):
        make(wave, name)
    assert not DoorDevice.objects.exists()


def test_a_desk_neither_begins_expired_nor_outlives_its_wave_by_more_than_a_week(wave):
    with pytest.raises(Refusal, match="sudah lewat"):
        make(wave, expires_at=NOW)
    with pytest.raises(Refusal, match="tujuh hari"):
        make(wave, expires_at=usual_expiry(wave) + timedelta(days=8))
    assert make(wave, expires_at=usual_expiry(wave) + timedelta(days=6)).pk


def test_a_wave_has_no_endless_number_of_desks(wave):
    by = factories.user()
    for number in range(MOST_DESKS):
        desk(wave, f"Meja {number}", by=by)
    with pytest.raises(Refusal, match="paling banyak"):
        make(wave, "Satu lagi")
    DoorDevice.objects.filter(name="Meja 0").update(revoked_at=NOW)
    assert make(wave, "Satu lagi").pk


def test_a_cancelled_wave_needs_no_desk(wave):
    wave.cancelled_at = NOW
    wave.save()
    with pytest.raises(Refusal, match="dibatalkan"):
        make(wave)


def test_a_desk_is_revoked_once(wave):
    device, by = make(wave), factories.user()
    assert revoke_door_device(device=device, actor=by, now=NOW)
    assert not revoke_door_device(device=device, actor=by, now=NOW + timedelta(hours=1))
    assert DoorDevice.objects.get().revoked_at == NOW
    assert AuditEvent.objects.filter(action="door.desk_revoked").count() == 1
