"""Lists of programmes as pages show them."""

from django.db.models import Count, Max, Min, QuerySet

from programs.models import Program
from rtportal.accounts.models import User


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
