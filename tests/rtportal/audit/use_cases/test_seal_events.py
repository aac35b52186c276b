from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from rtportal.audit.models import AuditEvent, AuditSeal
from rtportal.audit.use_cases import seal_events as sealing
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.audit.verification import walk_chain
from tests.infra.together import together
from tests.rtportal.audit import tampering
from tests.rtportal.audit.tampering import NOW, line

pytestmark = pytest.mark.django_db


def places() -> list[tuple[int, int]]:
    return list(AuditSeal.objects.order_by("position").values_list("position", "event_id"))


def test_each_line_gets_its_place_once():
    events = [line() for _ in range(3)]
    assert seal_events(now=NOW) == 3
    assert places() == [(1, events[0].pk), (2, events[1].pk), (3, events[2].pk)]
    assert seal_events(now=NOW) == 0


def test_a_line_whose_transaction_ends_later_gets_the_next_place():
    events = [line() for _ in range(3)]
    late = AuditEvent.objects.filter(pk=events[0].pk).values().get()
    tampering.execute("DELETE FROM audit_auditevent WHERE id = %s", late["id"])
    seal_events(now=NOW)
    AuditEvent.objects.create(**late)
    seal_events(now=NOW + timedelta(minutes=1))
    assert places() == [(1, events[1].pk), (2, events[2].pk), (3, late["id"])]
    assert walk_chain(now=NOW + timedelta(days=1)).is_whole


def test_the_sweep_of_each_night_finds_what_lies_far_behind(monkeypatch):
    monkeypatch.setattr(sealing, "_LOOKING_BACK", 1)
    events = [line() for _ in range(4)]
    late = AuditEvent.objects.filter(pk=events[0].pk).values().get()
    tampering.execute("DELETE FROM audit_auditevent WHERE id = %s", late["id"])
    seal_events(now=NOW)
    AuditEvent.objects.create(**late)
    assert seal_events(now=NOW) == 0
    assert seal_events(now=NOW, looks_at_all=True) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    for _ in range(300):
        line()
    told = together(*[lambda: seal_events(now=NOW)] * 4)
    assert all(isinstance(count, int) for count in told), told
    seal_events(now=NOW)
    assert [position for position, _ in places()] == list(range(1, 301))
    assert walk_chain(now=NOW).is_whole


@pytest.mark.django_db(transaction=True)
def test_a_sealer_that_dies_in_the_middle_leaves_a_whole_chain(monkeypatch):
    monkeypatch.setattr(sealing, "_AT_ONCE", 2)
    for _ in range(5):
        line()
    # The second batch finds its place taken, as a lost connection would end it.
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX three_only ON audit_auditseal ((position > 2)) WHERE position > 2")
    try:
        with pytest.raises(IntegrityError):
            seal_events(now=NOW)
        assert len(places()) == 2
        assert walk_chain(now=NOW).is_whole
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX three_only")
    assert seal_events(now=NOW) == 3
    assert walk_chain(now=NOW).is_whole


def test_more_than_a_batch_is_sealed_at_once(monkeypatch):
    monkeypatch.setattr(sealing, "_AT_ONCE", 2)
    for _ in range(5):
        line()
    assert seal_events(now=NOW) == 5
    assert [position for position, _ in places()] == [1, 2, 3, 4, 5]
    assert walk_chain(now=NOW).is_whole
