import pytest

from programs.errors import Refusal
from programs.links import feed_hash
from programs.models import CalendarFeed
from programs.use_cases.create_feed import MOST_FEEDS, create_feed
from programs.use_cases.revoke_feed import revoke_feed
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    factories.regions(factories.TABALONG)
    return factories.office()


def make(office, label="Kalender Kepala Dinas"):
    return create_feed(office=office, label=label, actor=factories.user(), now=NOW)


def test_an_address_is_made_with_an_audit_line_that_does_not_hold_it(office):
    feed = make(office)
    assert feed.link_hash == feed_hash(feed.link_id)
    line = AuditEvent.objects.get(action="feed.created")
    assert line.sentence == "Membuat alamat kalender DPMD Kabupaten Tabalong untuk Kalender Kepala Dinas."


def test_each_address_is_another_one(office):
    assert make(office).link_hash != make(office).link_hash


def test_an_office_has_no_endless_number_of_addresses(office):
    feeds = [make(office) for _ in range(MOST_FEEDS)]
    with pytest.raises(Refusal) as refusal:
        make(office)
    assert "Cabut dahulu yang lama." in refusal.value.sentence
    revoke_feed(feed=feeds[0], actor=factories.user(), now=NOW)
    assert make(office).pk


def test_an_address_is_revoked_once(office):
    feed, official = make(office), factories.user()
    assert revoke_feed(feed=feed, actor=official, now=NOW)
    assert not revoke_feed(feed=feed, actor=official, now=NOW)
    assert CalendarFeed.objects.get().revoked_at == NOW
    assert AuditEvent.objects.filter(action="feed.revoked").count() == 1
