"""What every tab of a wave's page shows at its top."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from participants.models import Enrolment, RTHead
from participants.queries.schedule_state import schedule_state
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock


@dataclass(frozen=True)
class Seats:
    """Seats a wave needs against the capacity of its venue."""

    heads: int
    needed: int
    capacity: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.capacity)


@beyond_scope("how full a wave is counts everybody in it, and names nobody")
def seats_of(wave: Wave) -> Seats:
    """Counts invited heads once invitations are open, before that the current heads of the wave's areas as well.

    Who declined needs no seat.
    """
    present = Enrolment.objects.filter(wave=wave)
    people = present.aggregate(all=Count("pk"), seated=Count("pk", filter=~Q(answer=Enrolment.AnswerKind.DECLINED)))
    heads, seated = people["all"], people["seated"]
    if not wave.invitations_opened_at:
        coming = current_heads(wave).exclude(Exists(present.filter(rt=OuterRef("rt_id")))).count()
        heads, seated = heads + coming, seated + coming
    return Seats(heads=heads, needed=seated * wave.program.seats_per_head, capacity=wave.venue.capacity)


def current_heads(wave: Wave):
    """Current heads of the wave's areas whose RT is in no other wave of its programme that takes place.

    The seat is the office's: whoever succeeds somebody who has one gets no second one beside it. Whoever was absent
    from this wave and is continued in another one still belongs to it.
    """
    areas = [area.key for area in wave.wave_areas.all()]
    theirs = Enrolment.objects.filter(program=wave.program_id, rt=OuterRef("rt_id"))
    others = theirs.active().filter(wave__cancelled_at=None).exclude(wave=wave)
    elsewhere = Exists(others) & ~Exists(theirs.filter(wave=wave))
    return RTHead.objects.current().in_areas(areas).exclude(elsewhere)


def wave_page(user: User, pk: int, tab: str) -> dict:
    """Context of one tab: `wave`, `tab`, `seats`, `areas` (WaveArea), `schedule` (how far it has come), `is_over` and
    `may` (the rights held here, by name).

    Raises Http404 for a wave out of the user's scope. Six queries at most.
    """
    waves = Wave.objects.visible_to(user).select_related("program__region", "program__office", "venue", "publication")
    wave = get_object_or_404(waves, pk=pk)
    scope = scope_of(user)
    return {
        "wave": wave,
        "tab": tab,
        "seats": seats_of(wave),
        "schedule": schedule_state(wave),
        "is_over": clock.now() >= wave.ends_at,
        "areas": list(wave.wave_areas.select_related("region")),
        "may": {right.value: scope.may(right, wave.program.region_id) for right in Right},
    }
