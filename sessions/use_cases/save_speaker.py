"""Adding a speaker or changing what is known of one."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.queries.changes import differences
from programs.use_cases._editing import refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions.models import Speaker
from sessions.queries.speaker_values import speaker_key, speaker_values, split_topics


@transaction.atomic
def save_speaker(
    *,
    speaker: Speaker | None,
    version: int = 0,
    region_code: str,
    gelar_depan: str,
    name: str,
    gelar_belakang: str,
    position: str,
    institution: str,
    phone: str,
    email: str,
    topics: str = "",
    actor: User,
    now: datetime,
) -> Speaker:
    """Write a speaker of a kabupaten/kota.

    Does: creates one (`speaker=None`) or changes it on top of the `version` that was seen (`region_code` then is its
    region); nothing new leaves no trace. `topics` are parted by commas.
    Refuses (Refusal): neither name nor position; a second speaker of the same name and position in the region,
    because a person in two rows escapes the check for being in two places at once; an edit on top of a version that
    somebody else has changed (StaleEdit).
    Tells: one audit line at the region.
    """
    if not name and not position:
        raise Refusal("Isi nama atau jabatan narasumber.", field="name")
    values = {
        "gelar_depan": gelar_depan,
        "name": name,
        "gelar_belakang": gelar_belakang,
        "position": position,
        "institution": institution,
        "phone": phone,
        "email": email,
        "topics": ", ".join(split_topics(topics)),
    }
    if speaker is None:
        row, before = Speaker(region_id=region_code), {}
    else:
        row = Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
        refuse_stale(row, f"region:{row.region_id}", version, speaker_key(row.pk))
        before = speaker_values(row)
    twins = Speaker.objects.filter(region=row.region_id, name__iexact=name, position__iexact=position)
    if twins.exclude(pk=row.pk).exists():
        raise Refusal("Sudah ada narasumber dengan nama dan jabatan itu. Cari namanya di daftar narasumber.")
    for field, value in values.items():
        setattr(row, field, value)
    changes = differences(before, speaker_values(row)) if before else []
    if before and not changes:
        return row
    if before:
        row.version += 1
    row.save()
    record(
        at=now,
        actor=actor,
        action="speaker.updated" if before else "speaker.created",
        sentence=f"{'Mengubah' if before else 'Menambah'} narasumber {row.title}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
        data={"speaker": row.pk, speaker_key(row.pk): {"version": row.version, "changes": changes}},
    )
    return row
