"""Write down what went wrong, or what is known of it by now."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.privacy.models import Incident, IncidentChange
from rtportal.regions.models import Region

FACTS = (*("title", "discovered_at", "data_kinds", "happened", "remedy", "whose", "people_count", "contact", "state"),)


class IncidentRefused(InputError):
    """It was not saved; the sentence says why."""


@transaction.atomic
def save_incident(
    *, incident: Incident | None, region: Region, version: int, facts: dict, by: User, now: datetime
) -> Incident:
    """`facts` holds every name of FACTS, texts storable; `version` is the one that the admin saw, 0 for a new one.

    Does: writes the incident, its deadline, and what changed; without a difference nothing.
    Refuses: IncidentRefused for a discovery to come, when somebody else saved meanwhile, and closing before both
    notices went out.
    Tells: nobody; one audit line.
    """
    if facts["discovered_at"] > now:
        raise IncidentRefused("Waktu diketahui belum tiba. Periksa tanggalnya.")
    row = _locked(incident, region, version, by, now)
    if facts["state"] == Incident.State.CLOSED and not row.is_told:
        raise IncidentRefused("Insiden belum dapat ditutup: orangnya dan lembaga harus diberi tahu dahulu.")
    changes = {
        name: [_plain(getattr(row, name)) if row.pk else "", _plain(facts[name])]
        for name in FACTS
        if not row.pk or getattr(row, name) != facts[name]
    }
    if not changes:
        return row
    for name in FACTS:
        setattr(row, name, facts[name])
    row.due_at = row.discovered_at + Incident.TIME_TO_NOTIFY
    is_new = row.pk is None
    row.version += 1
    row.save()
    sentence = "Insiden dicatat." if is_new else "Keterangan insiden diperbarui."
    IncidentChange.objects.create(region=row.region, incident=row, at=now, actor=by, sentence=sentence, facts=changes)
    record(
        at=now,
        actor=by,
        action="incident.recorded" if is_new else "incident.changed",
        sentence=f"{'Mencatat' if is_new else 'Memperbarui'} insiden data pribadi “{row.title}”.",
        region_code=row.region_id,
        subject=f"incident:{row.pk}",
        data={"incident": row.pk, "fields": sorted(changes)},
    )
    return row


def _locked(incident: Incident | None, region: Region, version: int, by: User, now: datetime) -> Incident:
    if incident is None:
        return Incident(region=region, recorded_at=now, recorded_by=by, version=0)
    rows = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    row = rows.get(pk=incident.pk)
    if row.version != version:
        raise IncidentRefused("Insiden ini diubah petugas lain saat Anda mengisi formulir. Muat ulang halamannya.")
    return row


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
