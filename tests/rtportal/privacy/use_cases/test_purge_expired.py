"""Destroying what was kept long enough: batch by batch, with a record, and no file left behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError

from participants.models import RosterImport
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.messaging.models import ChannelEvent, Message
from rtportal.privacy import doomed_files
from rtportal.privacy.models import DoomedFile, PurgeRecord, RetentionSetting
from rtportal.privacy.retention import GONE, class_of, months_before
from rtportal.privacy.use_cases.purge_expired import purge_expired
from rtportal.regions.models import Region
from tests import factories
from tests.rtportal.privacy.agreements import agreed_admin

pytestmark = pytest.mark.django_db
NOW = clock.now()
LONG_AGO = NOW - timedelta(days=500)


def message(number: int, **fields) -> Message:
    values = {
        "kind": "invitation",
        "channel": "email",
        "address": f"rt{number}@rt.test",
        "recipient_name": "Ahmad Fauzi",
        "region_code": f"{factories.JARO}.2001",
        "group": "wave:0",
        "about_id": number,
        "state": "delivered",
        "queued_at": LONG_AGO,
        "due_at": LONG_AGO,
        "closed_at": LONG_AGO,
    }
    return Message.objects.create(dedupe_key=f"x:{number}", **values | fields)


@pytest.fixture(autouse=True)
def place(db) -> Region:
    factories.regions()
    agreed_admin()
    return Region.objects.get(pk=factories.TABALONG)


def old_import(path: str = "") -> RosterImport:
    return RosterImport.objects.create(
        region_id=factories.TABALONG,
        uploaded_by=factories.user(),
        uploaded_at=LONG_AGO,
        filename="Daftar Pak Ahmad.xlsx",
        path=path,
        state="applied",
        faults=[{"row": 7, "values": {"name": "Ahmad"}}],
    )


def test_old_messages_lose_name_and_address_and_still_count() -> None:
    old, young = message(1), message(2, closed_at=NOW)
    [made] = purge_expired(now=NOW)
    old.refresh_from_db(), young.refresh_from_db()
    assert (old.recipient_name, old.address, old.state) == (GONE, "", "delivered")
    assert young.address == "rt2@rt.test"
    assert (made.retention_class, made.region_id, made.counts) == ("pesan", factories.TABALONG, {"Pesan": 1})


def test_what_an_open_programme_needs_stays() -> None:
    wave = factories.wave(on=(NOW + timedelta(days=30)).date())
    kept = message(1, group=wave.group)
    assert purge_expired(now=NOW) == []
    kept.refresh_from_db()
    assert kept.address == "rt1@rt.test"


def test_a_second_run_finds_nothing_and_writes_nothing() -> None:
    message(1)
    purge_expired(now=NOW)
    assert purge_expired(now=NOW) == []
    assert PurgeRecord.objects.count() == 1


def test_many_batches_are_one_record_with_all_counts() -> None:
    for number in range(5):
        message(number)
    [made] = purge_expired(now=NOW, at_once=2)
    assert (made.total, made.counts, bool(made.finished_at)) == (5, {"Pesan": 5}, True)
    assert len(made.checksum) == 64


def test_a_run_that_dies_leaves_a_true_record_and_the_next_one_goes_on(monkeypatch) -> None:
    for number in range(4):
        message(number)
    [store] = class_of("pesan").stores
    calls = []

    def dies(keys, now):
        calls.append(keys)
        if len(calls) == 2:
            raise IntegrityError("the power went")
        return store.purge(keys, now)

    dying = store.__class__(store.label, store.expired, dies)
    monkeypatch.setattr("rtportal.privacy.retention._classes", {"pesan": replace(class_of("pesan"), stores=(dying,))})
    with pytest.raises(IntegrityError):
        purge_expired(now=NOW, at_once=2)
    left = PurgeRecord.objects.get()
    assert (left.total, left.finished_at) == (2, None)
    monkeypatch.undo()
    [made] = purge_expired(now=NOW, at_once=2)
    assert (made.total, made.number) == (2, 2)
    assert Message.objects.exclude(recipient_name=GONE).count() == 0


def test_the_file_leaves_the_disk_and_its_rows_name() -> None:
    path = default_storage.save("rosters/uji.xlsx", ContentFile(b"isi"))
    row = old_import(path)
    purge_expired(now=NOW)
    row.refresh_from_db()
    assert (row.filename, row.path, row.faults) == (GONE, "", [])
    assert not default_storage.exists(path)
    assert DoomedFile.objects.count() == 0


def test_a_file_left_by_a_run_that_died_is_deleted_by_the_next() -> None:
    path = default_storage.save("rosters/tertinggal.xlsx", ContentFile(b"isi"))
    doomed_files.doom([path], None, NOW)
    purge_expired(now=NOW)
    assert not default_storage.exists(path)
    assert DoomedFile.objects.count() == 0


def test_a_kabupaten_keeps_as_long_as_it_chose(place: Region) -> None:
    old = message(1)
    RetentionSetting.objects.create(
        region=place, retention_class="pesan", months=60, changed_at=NOW, changed_by=factories.user()
    )
    assert purge_expired(now=NOW) == []
    old.refresh_from_db()
    assert old.address


def test_the_other_kabupaten_is_not_touched_by_a_run_by_hand(place: Region) -> None:
    factories.user(role="admin", region=factories.JAMBI)
    message(1), message(2, region_code=f"{factories.JAMBI}.01.1001")
    by = factories.user(role="admin")
    [made] = purge_expired(now=NOW, region=place, by=by)
    assert (made.region_id, made.actor) == (factories.TABALONG, by)
    assert Message.objects.exclude(recipient_name=GONE).get().region_code.startswith(factories.JAMBI)


def test_what_belongs_to_no_kabupaten_goes_with_the_nightly_run() -> None:
    ChannelEvent.objects.create(channel="gateway", key="1", payload={}, received_at=LONG_AGO, processed_at=LONG_AGO)
    ChannelEvent.objects.create(channel="gateway", key="2", payload={}, received_at=LONG_AGO)
    [made] = purge_expired(now=NOW)
    assert (made.region_id, made.counts) == (None, {"Laporan penyedia": 1})
    assert ChannelEvent.objects.get().key == "2"


def test_the_history_tells_of_it() -> None:
    message(1)
    purge_expired(now=NOW)
    line = AuditEvent.objects.get(action="data.purged")
    assert "Memusnahkan 1 data “Pesan dan percobaan kirim” Kabupaten Tabalong" in line.sentence


@pytest.mark.parametrize(("months", "expected"), [(1, "2026-02-28"), (2, "2026-01-31"), (3, "2025-12-31")])
def test_months_end_where_the_month_ends(months: int, expected: str) -> None:
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), months).date().isoformat() == expected
