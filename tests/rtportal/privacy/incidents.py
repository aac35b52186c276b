"""An incident for tests."""

from datetime import datetime, timedelta

from rtportal.accounts.models import User
from rtportal.privacy.models import Incident
from rtportal.privacy.use_cases.save_incident import save_incident
from rtportal.regions.models import Region
from tests import factories


def facts(now: datetime, **changes) -> dict:
    return {
        "title": "Daftar hadir tertinggal di warung",
        "discovered_at": now - timedelta(hours=2),
        "data_kinds": "nama, nomor HP, dan RT",
        "happened": "Lembar daftar hadir tertinggal sesudah acara.",
        "remedy": "",
        "whose": "ketua RT Kecamatan Jaro",
        "people_count": 71,
        "contact": "Ibu Nor Hayati, 0526 202 1234",
        "state": "open",
    } | changes


def incident(*, by: User, now: datetime, region: str = factories.TABALONG, **changes) -> Incident:
    place = Region.objects.get(pk=region)
    return save_incident(incident=None, region=place, version=0, facts=facts(now, **changes), by=by, now=now)
