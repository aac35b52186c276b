"""Destroy what has been kept long enough."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.privacy.doomed_files import doom, remove_doomed
from rtportal.privacy.models import PurgeRecord
from rtportal.privacy.queries.retention import agreed_tenants, months_in
from rtportal.privacy.retention import Expiry, RetentionClass, Store, classes, months_before
from rtportal.regions.models import Region

_AT_ONCE = 500


def purge_expired(
    *, now: datetime, region: Region | None = None, by: User | None = None, at_once: int = _AT_ONCE
) -> list[PurgeRecord]:
    """Does: destroys what is expired, of every kabupaten/kota that agreed to its periods and of the installation, or of
    `region` alone; batch by batch, each in a transaction with the growing record of it, so that whoever dies leaves a
    true record and the next run goes on. Files leave the disk after the commit. Returns the records of what was
    destroyed.

    Refuses: nothing; the view has asked for Right.MANAGE_PRIVACY. What an open programme needs is not expired.
    Tells: one audit line for each record; nothing destroyed, nothing written.
    """
    # What a run that died had destroyed but not deleted.
    remove_doomed()
    places: Iterable[Region | None] = [region] if region else [*agreed_tenants(), None]
    made = []
    for place in places:
        months = months_in(place)
        for one in classes(is_portal_wide=place is None):
            found = _purge_class(one, months[one.key], place, by, now, at_once)
            if found:
                made.append(found)
            remove_doomed()
    return made


def _purge_class(
    one: RetentionClass, months: int, region: Region | None, by: User | None, now: datetime, at_once: int
) -> PurgeRecord | None:
    asked = Expiry(region.code if region else "", months_before(now, months), now)
    made: PurgeRecord | None = None
    for store in one.stores:
        while batch := _purge_batch(store, one, months, asked, region, made, by, at_once):
            made = batch
    if made:
        _finish(made, one, region, now)
    return made


@transaction.atomic
def _purge_batch(
    store: Store,
    one: RetentionClass,
    months: int,
    asked: Expiry,
    region: Region | None,
    made: PurgeRecord | None,
    by: User | None,
    at_once: int,
) -> PurgeRecord | None:
    """The record with one more batch; None when there is nothing left."""
    _lock(region)
    keys = list(store.expired(asked).values_list("pk", flat=True)[:at_once])
    if not keys:
        return None
    doom(store.purge(keys, asked.now), region, asked.now)
    made = made or _new_record(one, months, asked, region, by)
    made.counts[store.label] = made.counts.get(store.label, 0) + len(keys)
    made.total += len(keys)
    made.checksum = _checksum(made.checksum, store.label, keys)
    made.save()
    return made


def _lock(region: Region | None) -> None:
    """Two runs over the same data take turns, so nothing is counted twice."""
    rows = Region.objects.select_for_update(no_key=True).order_by("code")
    list((rows.filter(pk=region.pk) if region else rows).values_list("pk")[:1])


def _new_record(one: RetentionClass, months: int, asked: Expiry, region: Region | None, by: User | None) -> PurgeRecord:
    last = PurgeRecord.objects.filter(region=region).aggregate(last=Max("number"))["last"] or 0
    return PurgeRecord(
        region=region,
        retention_class=one.key,
        number=last + 1,
        started_at=asked.now,
        until=asked.until,
        months=months,
        criteria=f"{months} bulan {one.since}. {one.what}"[:500],
        actor=by,
    )


def _checksum(former: str, label: str, keys: Sequence) -> str:
    """SHA-256 over the one before and these keys: the same rows in the same order give the same."""
    text = "\n".join([former, label, *map(str, keys)])
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def _finish(made: PurgeRecord, one: RetentionClass, region: Region | None, now: datetime) -> None:
    made.finished_at = now
    made.save(update_fields=["finished_at"])
    where = region.full_name if region else "portal"
    zone = region.time_zone if region else "WIB"
    record(
        at=now,
        actor=made.actor,
        action="data.purged",
        sentence=f"Memusnahkan {thousands(made.total)} data “{one.label}” {where} dari sebelum "
        f"{clock.date_words(clock.local_date(made.until, zone))} (berita acara nomor {made.number}).",
        region_code=region.pk if region else "",
        subject=f"region:{region.pk}" if region else "portal",
        data={"purge": made.pk, "class": one.key, "counts": made.counts, "checksum": made.checksum},
    )
