"""Let the nightly run destroy what a kabupaten/kota has kept long enough."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.privacy.models import RetentionAgreement
from rtportal.regions.models import Region


@transaction.atomic
def agree_to_retention(*, region: Region, by: User, now: datetime) -> RetentionAgreement:
    """Does: writes down who agreed and when, and an audit line; agreeing again changes nothing.

    Refuses: nothing; the view has asked for Right.MANAGE_PRIVACY.
    Tells: nobody; the coming night's run is the first that destroys data of this kabupaten/kota.
    """
    agreement, is_new = RetentionAgreement.objects.get_or_create(
        region=region, defaults={"agreed_at": now, "agreed_by": by}
    )
    if is_new:
        record(
            at=now,
            actor=by,
            action="retention.agreed",
            sentence=f"Menyetujui masa simpan data pribadi {region.full_name}; pemusnahan tiap malam mulai berlaku.",
            region_code=region.pk,
            subject=f"region:{region.pk}",
        )
    return agreement
