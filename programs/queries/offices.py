"""Which office answers for a region."""

from programs.models import Office
from rtportal.regions.codes import ancestors


def office_for(code: str) -> Office:
    """The nearest office at or above the region; one that nobody saved, without name, where there is none."""
    found = Office.objects.filter(region_id__in=[code, *ancestors(code)]).select_related("region")
    nearest = max(found, key=lambda office: (len(office.region_id), -office.pk), default=None)
    return nearest or Office(region_id=code, name="Pemerintah daerah")
