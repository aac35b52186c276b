"""Keeping a wave's agenda as something to start from."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from sessions.models import AgendaTemplate
from sessions.queries.agenda_templates import items_of


@transaction.atomic
def save_agenda_template(*, wave: Wave, name: str, actor: User, now: datetime) -> AgendaTemplate:
    """Keep the wave's sessions, without speakers, under a name for all waves of its kabupaten/kota.

    Does: times become days from the wave's first one and local hours.
    Refuses (Refusal): an empty or very long name, a name that is taken, a wave without agenda.
    Tells: one audit line at the region.
    """
    name = " ".join(name.replace("\0", "").split())
    longest = AgendaTemplate._meta.get_field("name").max_length
    if not name:
        raise Refusal("Isi nama templat.", field="name")
    if len(name) > longest:
        raise Refusal(f"Nama templat paling panjang {longest} huruf.", field="name")
    items = items_of(locked_wave(wave.pk))
    if not items:
        raise Refusal("Gelombang ini belum mempunyai agenda, jadi tidak ada yang disimpan.")
    code = wave.program.region_id
    template = AgendaTemplate(region_id=code)
    save_or_refuse(template, name=name, items=items)
    record(
        at=now,
        actor=actor,
        action="agenda_template.saved",
        sentence=f"Menyimpan agenda {wave.title} {wave.program.name} sebagai templat “{name}”:"
        f" {thousands(len(items))} sesi.",
        region_code=code,
        subject=f"region:{code}",
        data={"template": template.pk},
    )
    return template
