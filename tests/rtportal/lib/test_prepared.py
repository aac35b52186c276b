from datetime import UTC, datetime

import pytest
from django.db import connection

from rtportal.audit.models import AuditEvent
from rtportal.audit.record import record
from rtportal.lib.prepared import PreparedQuery, PreparedStatement
from rtportal.messaging.models import Heartbeat

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)
COLUMNS = ("id", "sentence", "at", "data")


def add(subject: str, sentence: str = "Kalimat dengan 100%") -> AuditEvent:
    return record(
        at=AT, actor=None, action="test", sentence=sentence, region_code="63.09", subject=subject, data={"a": [1]}
    )


def by_subject() -> PreparedQuery:
    return PreparedQuery(
        lambda subject: AuditEvent.objects.filter(subject=subject).order_by("id").values_list(*COLUMNS), "?"
    )


def test_the_rows_have_the_values_a_queryset_gives_each_time():
    query = by_subject()
    assert query.rows("wave:1") == []
    add("wave:1")
    add("wave:1", "'; DROP TABLE x; -- %s")
    add("wave:2")
    for subject, count in (("wave:1", 2), ("wave:2", 1), ("wave:3", 0)) * 4:
        expected = list(AuditEvent.objects.filter(subject=subject).order_by("id").values_list(*COLUMNS))
        assert query.rows(subject) == expected
        assert len(expected) == count


@pytest.mark.django_db(transaction=True)
def test_it_is_prepared_again_after_the_connection_was_lost():
    query = by_subject()
    add("wave:1")
    assert len(query.rows("wave:1")) == 1
    connection.close()
    assert len(query.rows("wave:1")) == 1


def test_a_pooler_that_forbids_preparing_is_heeded(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    add("wave:1")
    assert len(by_subject().rows("wave:1")) == 1


def test_a_query_with_another_parameter_is_refused():
    query = PreparedQuery(lambda key: AuditEvent.objects.filter(subject=key, action="x").values_list("id"), "?")
    with pytest.raises(ValueError, match="one parameter"):
        query.rows("wave:1")


def test_a_statement_says_how_many_rows_it_changed():
    Heartbeat.objects.create(name="satu", beaten_at=AT)
    statement = PreparedStatement(lambda _: "UPDATE messaging_heartbeat SET name = %s WHERE name = %s")
    assert statement.run(("baru", "satu")) == (1, [])
    assert statement.run(("baru", "dua")) == (0, [])
    assert Heartbeat.objects.get().name == "baru"
