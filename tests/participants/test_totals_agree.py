"""Whatever happens to a programme, every total is the same wherever it stands."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from participants.models import Attendance, Enrolment, RTHead
from participants.use_cases.cancel_wave import cancel_wave
from participants.use_cases.invite_absent import invite_absent
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.move_participants import move_participants
from participants.use_cases.replace_head import replace_head
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, TANJUNG
from tests.participants.certified import certified
from tests.participants.spj import paid
from tests.participants.totals import assert_all_totals_agree

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ANSWERS = ("", "", "confirmed", "declined", "represented")
STATES = ("queued", "accepted", "failed", "task")
# What became of one person: answer, state of the message, and what is true of them by chance.
person = st.fixed_dictionaries(
    {
        "answer": st.sampled_from(ANSWERS),
        "state": st.sampled_from(STATES),
        "came": st.booleans(),
        "certified": st.booleans(),
        "paid": st.booleans(),
        "moves": st.sampled_from([False, False, False, True]),
        "ends": st.sampled_from(["", "", "", "succeeded", "vacant"]),
    }
)
happenings = st.fixed_dictionaries(
    {
        "people": st.lists(person, max_size=8),
        "newcomers": st.integers(0, 2),
        "without_wave": st.integers(0, 2),
        "opens_second": st.booleans(),
        "catches_up": st.booleans(),
        "opens_catch_up": st.booleans(),
        "cancels": st.sampled_from(["", "", "pour", "leave"]),
    }
)


@settings(
    max_examples=6,
    deadline=None,
    # What fails is small enough to be read as it is.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happenings)
def test_every_total_is_the_same_on_pages_in_files_and_on_papers(transactional_world, what):
    program, admin, operator = transactional_world
    with transaction.atomic():
        happen(program, admin, **what)
        for user in (admin, operator):
            user.__dict__.pop("_scope", None)
            assert_all_totals_agree(program, user)
        transaction.set_rollback(True)


@pytest.fixture
def transactional_world(db):
    """A programme with two waves, which are over by the clock, and one to catch up later; nobody in them yet."""
    factories.regions(MURUNG_PUDAK, JARO, TANJUNG)
    program = factories.program()
    today = clock.now().date()
    for number, (areas, ahead) in enumerate((((MURUNG_PUDAK,), -40), ((JARO,), -30), ((), 20)), start=1):
        wave = factories.wave(
            program=program, areas=areas, number=number, on=today + timedelta(days=ahead), is_catch_up=not areas
        )
        factories.session(wave=wave)
    return program, factories.user(role="admin"), factories.user(role="admin", region=JARO)


def happen(program, by, *, people, newcomers, without_wave, opens_second, catches_up, opens_catch_up, cancels):
    """Use cases in the order of a year; what they refuse did not happen."""
    first, second, later = program.waves.select_related("program__region", "venue").order_by("number")
    before, after = first.starts_at - timedelta(days=10), clock.now()
    half = len(people) // 2
    factories.heads(half, district=MURUNG_PUDAK)
    factories.heads(len(people) - half, district=JARO)
    factories.heads(without_wave, district=TANJUNG)
    for wave in (first, second) if opens_second else (first,):
        with suppress(InputError):
            invite_participants(wave_id=wave.pk, by=by, now=before)
    enrolled = list(Enrolment.objects.filter(program=program).select_related("head").order_by("pk"))
    fates = list(zip(enrolled, people, strict=False))
    _move([one for one, fate in fates if fate["moves"]], first, second, by, before)
    for one, fate in fates:
        _live(one, fate, by, before)
    for number in range(newcomers):
        factories.head(district=MURUNG_PUDAK, number=f"09{number}")
    if cancels:
        targets = {JARO: later.pk, MURUNG_PUDAK: later.pk} if cancels == "pour" else {}
        with suppress(InputError):
            cancel_wave(
                wave=second, version=second.version, reason="Banjir", targets=targets, actor=by,
                now=second.starts_at - timedelta(days=1),
            )  # fmt: skip
    if catches_up:
        with suppress(InputError):
            invite_absent(wave_id=first.pk, to_wave_id=later.pk, actor=by, now=after)
    if opens_catch_up:
        with suppress(InputError):
            invite_participants(wave_id=later.pk, by=by, now=after)


def _move(people, from_wave, to_wave, by, now):
    with suppress(InputError):
        keys = [one.pk for one in people]
        move_participants(enrolment_ids=keys, from_wave_id=from_wave.pk, to_wave_id=to_wave.pk, actor=by, now=now)


def _live(one, fate, by, now):
    row = Enrolment.objects.select_related("wave", "head__rt").get(pk=one.pk)
    Message.objects.filter(about_id=row.pk).update(state=fate["state"])
    if fate["ends"] == "succeeded":
        with suppress(InputError):
            replace_head(head=row.head, name="Pengganti", starts_on=now.date(), by=by, now=now)
    elif fate["ends"] == "vacant":
        RTHead.objects.filter(pk=row.head_id).update(is_current=False)
    answer = fate["answer"]
    if answer:
        name = f"Wakil {row.pk}" if answer == "represented" else ""
        Enrolment.objects.filter(pk=row.pk).update(answer=answer, answered_at=now, substitute_name=name)
    if fate["came"]:
        session = row.wave.training_sessions.get()
        Attendance.objects.create(enrolment=row, session=session, marked_at=session.starts_at, marked_by=by)
    if fate["certified"]:
        certified(row, by=by, serial=row.pk, number=str(row.pk))
    if fate["paid"]:
        paid(row, by=by)
