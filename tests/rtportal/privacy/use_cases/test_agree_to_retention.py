"""Nothing of a kabupaten/kota is destroyed by night before it agreed to its periods."""

from datetime import timedelta

import pytest

from participants.models import WalkIn
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.privacy.models import RetentionAgreement
from rtportal.privacy.retention import GONE
from rtportal.privacy.use_cases.agree_to_retention import agree_to_retention
from rtportal.privacy.use_cases.purge_expired import purge_expired
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db
NOW = clock.now()
LONG_AGO = NOW - timedelta(days=4_000)


@pytest.fixture
def guest() -> WalkIn:
    factories.regions()
    wave = factories.wave(on=clock.local_date(LONG_AGO, "WITA"))
    return WalkIn.objects.create(wave=wave, name="Pak Budi", unit="RT 5", place="Mabuun", taken_in_at=LONG_AGO)


def test_the_night_leaves_alone_what_nobody_agreed_to_destroy(guest) -> None:
    factories.user(role="admin")
    assert purge_expired(now=NOW) == []
    guest.refresh_from_db()
    assert guest.name == "Pak Budi"


def test_the_first_night_after_the_agreement_destroys(guest) -> None:
    admin = factories.user(role="admin")
    agree_to_retention(region=Region.objects.get(pk=factories.TABALONG), by=admin, now=NOW)
    assert [made.region_id for made in purge_expired(now=NOW)] == [factories.TABALONG]
    guest.refresh_from_db()
    assert guest.name == GONE


def test_a_neighbour_that_did_not_agree_keeps_its_data(guest) -> None:
    factories.user(role="admin")
    admin = factories.user(role="admin", region=factories.JAMBI)
    agree_to_retention(region=Region.objects.get(pk=factories.JAMBI), by=admin, now=NOW)
    assert purge_expired(now=NOW) == []


def test_agreeing_again_changes_nothing(guest) -> None:
    region = Region.objects.get(pk=factories.TABALONG)
    first, second = factories.user(role="admin"), factories.user(role="admin")
    agree_to_retention(region=region, by=first, now=NOW)
    agree_to_retention(region=region, by=second, now=NOW + timedelta(days=1))
    agreement = RetentionAgreement.objects.get()
    assert (agreement.agreed_by, agreement.agreed_at) == (first, NOW)
    assert AuditEvent.objects.filter(action="retention.agreed").count() == 1
