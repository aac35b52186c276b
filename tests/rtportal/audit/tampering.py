"""A history to tamper with, and ways to do it: raw SQL with the triggers away, as somebody with the database would."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection

from rtportal.audit.models import AuditEvent, AuditSeal
from rtportal.audit.record import record
from rtportal.audit.use_cases.seal_events import seal_events
from tests.infra.lifting import lifted

NOW = datetime(2026, 4, 8, 1, 0, tzinfo=UTC)


def line(text: str = "Mengubah gelombang", *, at: datetime = NOW, **fields) -> AuditEvent:
    wishes = {"actor": None, "action": "wave.changed", "region_code": "63.09", "subject": "wave:1"} | fields
    return record(at=at, sentence=text, data={"perubahan": [1, "dua"]}, **wishes)


def history(count: int = 6) -> list[AuditEvent]:
    """Sealed in two sweeps, two hours apart."""
    half = count // 2
    first = [line(f"Baris {n}") for n in range(half)]
    seal_events(now=NOW)
    later = NOW + timedelta(hours=2)
    second = [line(f"Baris {n}", at=later) for n in range(half, count)]
    seal_events(now=later)
    return first + second


def execute(sql: str, *parameters) -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def change(position: int, column: str = "sentence", value: object = "Lain") -> None:
    event = AuditSeal.objects.get(position=position).event_id
    execute(f"UPDATE audit_auditevent SET {column} = %s WHERE id = %s", value, event)


def break_seal(position: int) -> None:
    execute("UPDATE audit_auditseal SET chain_hash = %s WHERE position = %s", "f" * 64, position)


def drop_seal(position: int) -> None:
    execute("DELETE FROM audit_auditseal WHERE position = %s", position)


def remove(position: int) -> None:
    """Line and seal."""
    event = AuditSeal.objects.get(position=position).event_id
    drop_seal(position)
    execute("DELETE FROM audit_auditevent WHERE id = %s", event)


def remove_and_close_the_gap(position: int) -> None:
    remove(position)
    for later in (
        AuditSeal.objects.filter(position__gt=position).order_by("position").values_list("position", flat=True)
    ):
        execute("UPDATE audit_auditseal SET position = %s WHERE position = %s", later - 1, later)


def swap(one: int, other: int) -> None:
    """The lines of two places change places."""
    events = [AuditSeal.objects.get(position=position).event_id for position in (one, other)]
    hashes = [AuditSeal.objects.get(position=position).chain_hash for position in (one, other)]
    drop_seal(one)
    execute("UPDATE audit_auditseal SET event_id = %s WHERE position = %s", events[0], other)
    sealed_at = AuditSeal.objects.get(position=other).sealed_at
    AuditSeal.objects.create(position=one, event_id=events[1], sealed_at=sealed_at, chain_hash=hashes[0])


def exchange_contents(one: int, other: int) -> None:
    rows = [AuditSeal.objects.select_related("event").get(position=position).event for position in (one, other)]
    for row, source in zip(rows, reversed(rows), strict=True):
        execute("UPDATE audit_auditevent SET sentence = %s WHERE id = %s", source.sentence, row.pk)


# With one place in the chain.
AT_ONE_PLACE: dict[str, Callable[[int], None]] = {
    "sentence": change,
    "who": lambda position: change(position, "actor_label", "Orang lain"),
    "what": lambda position: change(position, "action", "wave.cancelled"),
    "where": lambda position: change(position, "region_code", "15.71"),
    "about": lambda position: change(position, "subject", "wave:2"),
    "when": lambda position: change(position, "at", NOW - timedelta(days=9)),
    "details": lambda position: change(position, "data", '{"perubahan": []}'),
    "seal": break_seal,
    "seal gone": drop_seal,
    "line gone": remove,
}
