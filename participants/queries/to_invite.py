"""Whom opening a wave's invitations would tell, now."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from participants.models import Enrolment, RTHead
from participants.queries.wave_pages import current_heads
from participants.reminders import INVITATION
from participants.told import for_predecessors
from programs.models import Wave
from rtportal.messaging.models import Message


@dataclass(frozen=True)
class ToInvite:
    """Heads who are in no wave yet; those absent elsewhere who continue in this one and were not written to; and those
    whose wave was cancelled and who were given no other one, who are told of a change. All with `rt.village`.
    """

    newcomers: list[RTHead]
    continued: list[Enrolment]
    stranded: list[Enrolment]

    @property
    def heads(self) -> list[RTHead]:
        """Who gets an invitation."""
        return [*self.newcomers, *(enrolment.head for enrolment in self.continued)]

    @property
    def count(self) -> int:
        return len(self.newcomers) + len(self.continued) + len(self.stranded)


def heads_of(wave: Wave) -> list[RTHead]:
    """The current heads of the wave's areas who may be in it, in the order of the list."""
    rows = current_heads(wave).select_related("rt__village")
    return list(rows.order_by("rt__village_id", "rt__rw", "rt__number"))


def to_invite(wave: Wave, heads: list[RTHead], *, is_locked: bool = False) -> ToInvite:
    """Of `heads_of` the wave; `is_locked` locks the rows of those whose wave was cancelled. Three queries at most."""
    present = Enrolment.objects.filter(wave=wave)
    # By the office: whose predecessor has the seat gets none beside it.
    seated = set(present.values_list("rt_id", flat=True))
    keys = {head.pk for head in heads}
    rows = Enrolment.objects.active().filter(program=wave.program_id, wave__cancelled_at__isnull=False)
    rows = rows.select_related("wave", "head__rt__village").order_by("pk")
    if is_locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    called_off = list(rows)
    stranded = [enrolment for enrolment in called_off if enrolment.head_id in keys]
    left_behind = {enrolment.rt_id for enrolment in called_off}
    continued: list[Enrolment] = []
    if not wave.invitations_opened_at:
        written = Message.objects.filter(~for_predecessors(), kind=INVITATION, about_id=OuterRef("pk"))
        late = present.active().filter(~Exists(written), follows__isnull=False)
        continued = list(late.select_related("head__rt__village").order_by("pk"))
    newcomers = [head for head in heads if head.rt_id not in seated | left_behind]
    return ToInvite(newcomers, continued, stranded)
