"""Set when people of a kabupaten/kota may be written to."""

from datetime import datetime, time

from django.db import transaction

from programs.errors import Refusal
from programs.queries.changes import changed_words, differences
from programs.queries.sending_hours import sending_hours_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.sending_hours import HoursError
from rtportal.messaging.hours import rule_of
from rtportal.messaging.models import SendingHours
from rtportal.regions.models import Region

# What its audit lines call the row inside its region's history.
PART = "sending_hours"
_FIELDS = {"closes": "closes_at", "ramadan_closes": "ramadan_closes_at"}


@transaction.atomic
def save_sending_hours(
    *,
    region: Region,
    version: int,
    opens_at: time,
    closes_at: time,
    is_friday_prayer_quiet: bool,
    ramadan_closes_at: time | None,
    is_holiday_quiet: bool,
    actor: User | None,
    now: datetime,
) -> SendingHours:
    """Does: writes the region's sending hours and an audit line; without a difference nothing is written.

    `version` is 0 where the official saw the usual hours. Messages already held keep the hour they were given.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); hours that never open.
    Tells: nobody.
    """
    # The region's row too: two officials may both set its first hours at once.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    row = SendingHours.objects.filter(region=region).first() or SendingHours(region=region, version=0)
    subject = f"region:{region.pk}"
    refuse_stale(row, subject, version, PART)
    before = sending_hours_values(row)
    row.opens_at, row.closes_at, row.ramadan_closes_at = opens_at, closes_at, ramadan_closes_at
    row.is_friday_prayer_quiet, row.is_holiday_quiet = is_friday_prayer_quiet, is_holiday_quiet
    try:
        rule_of(row)
    except HoursError as error:
        raise Refusal(error.sentence, field=_FIELDS.get(error.field, "")) from error
    changes = differences(before, sending_hours_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="sending_hours.changed",
        sentence=f"Mengubah jam kirim {region.full_name}: {changed_words(changes)}.",
        region_code=region.pk,
        subject=subject,
        data={PART: {"version": row.version, "changes": changes}},
    )
    return row
