"""Adding a speaker or changing what is known of one."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from sessions.models import Speaker


@transaction.atomic
def save_speaker(
    *,
    speaker: Speaker | None,
    region_code: str,
    gelar_depan: str,
    name: str,
    gelar_belakang: str,
    position: str,
    institution: str,
    phone: str,
    email: str,
    actor: User,
    now: datetime,
) -> Speaker:
    """Write a speaker of a kabupaten/kota.

    Does: creates one (`speaker=None`) or changes it (`region_code` then is its region); nothing new leaves no trace.
    Refuses (InputError): neither name nor position; a second speaker of the same name and position in the region,
    because a person in two rows escapes the check for being in two places at once.
    Tells: one audit line at the region.
    """
    if not name and not position:
        raise InputError("Isi nama atau jabatan narasumber.")
    twins = Speaker.objects.filter(region=region_code, name__iexact=name, position__iexact=position)
    if twins.exclude(pk=speaker.pk if speaker else None).exists():
        raise InputError("Sudah ada narasumber dengan nama dan jabatan itu. Cari namanya di daftar narasumber.")
    values = {
        "gelar_depan": gelar_depan,
        "name": name,
        "gelar_belakang": gelar_belakang,
        "position": position,
        "institution": institution,
        "phone": phone,
        "email": email,
    }
    if speaker is None:
        saved = Speaker.objects.create(region_id=region_code, **values)
    else:
        saved = Speaker.objects.select_for_update().get(pk=speaker.pk)
        changed = [field for field, value in values.items() if getattr(saved, field) != value]
        if not changed:
            return saved
        for field in changed:
            setattr(saved, field, values[field])
        saved.save(update_fields=changed)
    record(
        at=now,
        actor=actor,
        action="speaker.updated" if speaker else "speaker.created",
        sentence=f"{'Mengubah' if speaker else 'Menambah'} narasumber {saved.title}.",
        region_code=region_code,
        subject=f"region:{region_code}",
        data={"speaker": saved.pk},
    )
    return saved
