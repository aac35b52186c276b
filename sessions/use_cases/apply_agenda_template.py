"""Starting a wave's agenda from a template."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession
from sessions.queries.agenda_templates import Template


@transaction.atomic
def apply_agenda_template(*, wave: Wave, template: Template, actor: User, now: datetime) -> int:
    """Returns how many sessions were written.

    Does: writes the template's sessions into the empty agenda of the wave.
    Refuses (Refusal): a wave that has an agenda. Sessions outside the wave's hours are shown as clashes afterwards.
    Tells: one audit line at the wave.
    """
    row = locked_wave(wave.pk)
    if row.training_sessions.exists():
        raise Refusal("Gelombang ini sudah mempunyai agenda, jadi templat tidak dipakai.")
    made = TrainingSession.objects.bulk_create(item.session(row) for item in template.items)
    record(
        at=now,
        actor=actor,
        action="agenda_template.applied",
        sentence=f"Menyusun agenda dari templat “{template.name}”: {thousands(len(made))} sesi.",
        region_code=row.program.region_id,
        subject=row.group,
        data={"template": template.key},
    )
    return len(made)
