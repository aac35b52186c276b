"""Incidents as pages show them."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.privacy.models import Incident
from rtportal.web.health import Trouble

_UNTOLD = Q(people_told_at=None) | Q(agency_told_at=None)


def incidents_of(user: User) -> QuerySet[Incident]:
    """The newest first, with their kabupaten/kota."""
    return Incident.objects.visible_to(user).select_related("region", "recorded_by")


def timed(incident: Incident, now: datetime) -> Incident:
    """The same with `clock` in words and `is_late`; both empty once everybody was told."""
    incident.is_late = not incident.is_told and incident.due_at <= now
    incident.clock = "" if incident.is_told else clock.deadline_words(incident.due_at, now=now)
    return incident


def untold_of(user: User, now: datetime) -> tuple[int, int]:
    """How many incidents in the admin's hands wait for a notice, and how many of those are overdue; one query."""
    rows = Incident.objects.visible_to(user).filter(_UNTOLD)
    found = rows.aggregate(count=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    return found["count"], found["late"]


def overdue_notices(now: datetime) -> list[Trouble]:
    """For whoever watches the installation: notices that the law wanted by now. One query; says no more than that."""
    late = Incident.objects.filter(_UNTOLD, due_at__lte=now).count()
    if not late:
        return []
    sentence = f"{thousands(late)} insiden data pribadi belum diberitahukan dalam 3 × 24 jam (Pasal 46 UU 27/2022)."
    return [Trouble("privacy:incident-notice", sentence, is_outage=False)]
