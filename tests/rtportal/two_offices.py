"""Two offices side by side: Tabalong with a wave for two kecamatan, and Balangan with a wave of its own."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db.models import Model

from participants.models import Enrolment, RTHead
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.lib import clock
from rtportal.lib.row_scope import RowScope
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue
from rtportal.regions.codes import is_within, within_q
from sessions.models import TrainingSession
from tests import factories
from tests.rtportal.everything import task_draft

BALANGAN, HALONG = "63.11", "63.11.04"
_PEOPLE = re.compile(r"Warga (\d+) \d{4}")


@dataclass(frozen=True)
class Office:
    """One office's wave with its people, and a letter or telephone task about one of them."""

    wave: Wave
    session: TrainingSession
    people: list[Enrolment]
    task: Message


def office(code: str, *districts: str) -> Office:
    now = clock.now()
    for district in districts:
        factories.heads(2, district=district)
    program = factories.program(region=code)
    wave = factories.wave(
        program=program,
        venue=factories.venue(region=code),
        areas=districts,
        on=(now + timedelta(days=30)).date(),
    )
    session = factories.session(wave=wave, speakers=[factories.speaker(region=code)])
    invite_participants(wave_id=wave.pk, by=factories.user(region=code), now=now)
    people = list(wave.enrolments.order_by("pk"))
    enqueue([task_draft(Message.objects.get(about_id=people[0].pk))], now=now)
    task = Message.objects.tasks().get(about_id=people[0].pk)
    return Office(wave, session, people, task)


def names_outside(words: str, area: str) -> set[str]:
    """Of the people named in the words those whose kecamatan is not in the area; `Warga 630911 0000` is of 63.09.11."""
    stems = set(_PEOPLE.findall(words))
    places = {".".join(stem[start : start + 2] for start in range(0, 6, 2)): stem for stem in stems}
    return {stem for code, stem in places.items() if not (is_within(code, area) or is_within(area, code))}


def state_of(code: str) -> dict[str, list[tuple]]:
    """All rows that lie in the region by their own column, and what happened to the people there."""
    rows = {}
    for model in apps.get_models():
        field = next((guard.field for guard in model._meta.constraints if isinstance(guard, RowScope)), "")
        if field:
            rows[model._meta.label] = _rows(model, field, code)
    rows[RTHead._meta.label] = _rows(RTHead, "rt__village_id", code)
    for name in ("answers", "attendances", "certificates", "moves", "waiting_places", "retired_passes", "successions"):
        model = Enrolment._meta.get_field(name).related_model
        rows[model._meta.label] = _rows(model, "enrolment__village_id", code)
    return rows


def _rows(model: type[Model], field: str, code: str) -> list[tuple]:
    found = model._default_manager.filter(within_q(field, [code])).order_by("pk")
    return [tuple(map(str, row)) for row in found.values_list()]
