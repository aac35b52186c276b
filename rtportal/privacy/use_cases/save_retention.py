"""Set how long a kabupaten/kota keeps one class of data."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.privacy.models import RetentionSetting
from rtportal.privacy.retention import RetentionClass
from rtportal.regions.models import Region


class RetentionRefused(InputError):
    """The number of months cannot be kept; the sentence says why."""


@transaction.atomic
def save_retention(
    *, region: Region, what: RetentionClass, months: int, version: int, by: User, now: datetime
) -> RetentionSetting | None:
    """Does: writes the number and an audit line; without a difference nothing is written, and None comes back.

    `version` is what the official saw, 0 where the usual number held.
    Refuses: RetentionRefused out of the class's bounds, or when somebody else saved meanwhile.
    Tells: nobody; the next run destroys what is older.
    """
    if not what.least <= months <= what.most:
        raise RetentionRefused(f"{what.label}: isi {what.least} sampai {what.most} bulan. {what.why}")
    # The region's row too: two officials may both set its first number at once.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    rows = RetentionSetting.objects.filter(region=region, retention_class=what.key)
    row = rows.first() or RetentionSetting(region=region, retention_class=what.key, months=what.months, version=0)
    if row.version != version:
        raise RetentionRefused(
            f"{what.label}: {row.changed_by} baru saja menyimpan {row.months} bulan. Periksa, lalu simpan lagi."
        )
    if row.months == months:
        return None
    before, row.months = row.months, months
    row.changed_at, row.changed_by, row.version = now, by, row.version + 1
    row.save()
    record(
        at=now,
        actor=by,
        action="retention.changed",
        sentence=f"Mengubah masa simpan “{what.label}” {region.full_name} dari {before} menjadi {months} bulan.",
        region_code=region.pk,
        subject=f"region:{region.pk}",
        data={"class": what.key, "before": before, "after": months},
    )
    return row
