"""The notice of an incident went out."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.privacy.incident_words import AGENCY, PEOPLE
from rtportal.privacy.models import Incident, IncidentChange
from rtportal.privacy.use_cases.save_incident import IncidentRefused

_WHOM = {PEOPLE: "Orang yang datanya terungkap", AGENCY: "Lembaga pelindungan data pribadi"}
_FIELDS = {PEOPLE: "people_told_at", AGENCY: "agency_told_at"}


@transaction.atomic
def mark_told(*, incident: Incident, whom: str, by: User, now: datetime) -> Incident:
    """`whom` is PEOPLE or AGENCY of `incident_words.py`.

    Does: writes when; a second time changes nothing.
    Refuses: IncidentRefused for nobody known, and while the notice lacks what the law asks for.
    Tells: nobody; one audit line.
    """
    field = _FIELDS.get(whom)
    if field is None:
        raise IncidentRefused("Pilih siapa yang sudah diberi tahu.")
    rows = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    row = rows.get(pk=incident.pk)
    if getattr(row, field):
        return row
    if not row.remedy.strip():
        raise IncidentRefused("Isi dahulu penanganan dan pemulihannya: pemberitahuan wajib memuatnya (Pasal 46).")
    setattr(row, field, now)
    row.version += 1
    row.save(update_fields=[field, "version"])
    sentence = f"{_WHOM[whom]} diberi tahu."
    facts = {field: ["", now.isoformat()]}
    IncidentChange.objects.create(region=row.region, incident=row, at=now, actor=by, sentence=sentence, facts=facts)
    late = (
        "" if now <= row.due_at else f" {clock.deadline_words(row.due_at, now=now).capitalize()} dari batas waktunya."
    )
    record(
        at=now,
        actor=by,
        action="incident.told",
        sentence=f"Insiden “{row.title}”: {sentence[0].lower()}{sentence[1:]}{late}",
        region_code=row.region_id,
        subject=f"incident:{row.pk}",
        data={"incident": row.pk, "whom": whom},
    )
    return row
