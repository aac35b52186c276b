"""Lists of programmes and waves as pages show them."""

from datetime import date, timedelta

from django.db.models import Count, Max, Min, QuerySet

from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.lib import clock


def programs_of(user: User) -> QuerySet:
    """Programmes in scope, newest first, each with `wave_count`, `first_starts_at` and `last_ends_at`."""
    return (
        Program.objects.visible_to(user)
        .select_related("region", "office")
        .annotate(
            wave_count=Count("waves"), first_starts_at=Min("waves__starts_at"), last_ends_at=Max("waves__ends_at")
        )
        .order_by("-id")
    )


def waves_in_month(user: User, first_day: date) -> list[Wave]:
    """Waves in scope whose local day lies in the month that begins on `first_day`, by time."""
    after = next_month(first_day)
    # A local month begins in the east and ends in the west; what is too much goes by its own local day.
    waves = (
        Wave.objects.visible_to(user)
        .filter(
            starts_at__gte=clock.end_of_local_day(first_day - timedelta(days=1), "WIT"),
            starts_at__lte=clock.end_of_local_day(after - timedelta(days=1), "WIB"),
        )
        .select_related("program__region", "venue")
    )
    return [wave for wave in waves if first_day <= wave.local_day < after]


def next_wave_after(user: User, day: date) -> Wave | None:
    """The first wave in scope that starts on `day` or later."""
    begin = clock.end_of_local_day(day - timedelta(days=1), "WIT")
    return Wave.objects.visible_to(user).filter(starts_at__gt=begin).select_related("program__region").first()


def next_month(first_day: date) -> date:
    return (first_day + timedelta(days=31)).replace(day=1)


def previous_month(first_day: date) -> date:
    return (first_day - timedelta(days=1)).replace(day=1)
