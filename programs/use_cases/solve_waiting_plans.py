"""The worker divides what is too large for a page to wait for."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q

from programs.models import WavePlan
from programs.planner.problem import from_dict
from programs.use_cases._planning import answer

logger = logging.getLogger("rtportal.planner")

# Longer than the largest problem takes; the plan of a killed worker waits that long.
LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 3
GAVE_UP = (
    "Pembagian ini tidak dapat dihitung karena gangguan pada sistem, sudah dicoba tiga kali. Tekan “Hitung ulang”; "
    "bila terulang, pilih tingkat wilayah yang lebih besar atau hubungi pengelola portal."
)


def solve_waiting_plans(*, now: datetime) -> int:
    """Does: divides every waiting plan that no other worker holds. Returns how many it took.
    Refuses: a plan at which three workers ended.
    Tells: nobody; the page asks for itself. A plan redone or deleted meanwhile is left as it is.
    """
    taken = 0
    while (claimed := _claim(now)) is not None:
        taken += 1
        held = WavePlan.objects.waiting().filter(
            pk=claimed.pk, version=claimed.version, lease_until=claimed.lease_until
        )
        try:
            found = answer(from_dict(claimed.problem))
        except Exception:
            # The others must not wait for this one; it is tried again when its lease has run out.
            logger.exception("plan %s failed", claimed.pk)
        else:
            held.update(**found, lease_until=None, attempts=0)
    return taken


def _claim(now: datetime) -> WavePlan | None:
    """One waiting plan, held until now + LEASE: by conditional UPDATE, so that only one worker gets it."""
    free = WavePlan.objects.waiting().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
    free.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=WavePlan.State.FAILED, result={"sentence": GAVE_UP}, lease_until=None
    )
    for pk in free.order_by("pk").values_list("pk", flat=True):
        is_mine = free.filter(pk=pk).update(lease_until=now + LEASE, attempts=F("attempts") + 1)
        # Somebody may delete it at this moment.
        if is_mine and (plan := WavePlan.objects.filter(pk=pk).first()):
            return plan
    return None
