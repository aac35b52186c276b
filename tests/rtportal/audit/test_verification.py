"""Every kind of tampering is found, whatever else happened."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtportal.audit.models import AuditEvent, AuditSeal
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.audit.verification import Head, walk_chain
from tests.infra.lifting import lifted
from tests.rtportal.audit import tampering
from tests.rtportal.audit.tampering import AT_ONE_PLACE, NOW, history, line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


def faults() -> list[str]:
    return walk_chain(now=LATER).faults


def test_a_history_that_nobody_touched_is_whole():
    events = history()
    report = walk_chain(now=LATER)
    assert report.is_whole
    assert (report.sealed_count, report.unsealed_count, report.late_count) == (6, 0, 0)
    assert report.head == Head(6, AuditSeal.objects.get(event=events[-1]).chain_hash)


def test_an_empty_history_is_whole():
    assert walk_chain(now=NOW).is_whole


def test_what_is_younger_than_the_last_sealing_is_no_fault():
    history()
    line(at=LATER)
    report = walk_chain(now=LATER)
    assert (report.is_whole, report.unsealed_count) == (True, 1)


@pytest.mark.parametrize("sql", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("audit_auditevent", "id"), ("audit_auditseal", "position")])
def test_the_database_itself_refuses_to_change_the_history(sql, table, column):
    history()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column, column))
    assert (AuditEvent.objects.count(), walk_chain(now=LATER).is_whole) == (6, True)


@pytest.mark.parametrize("kind", AT_ONE_PLACE)
@pytest.mark.parametrize("position", [1, 3, 5])
def test_a_line_that_was_touched_is_found(kind, position):
    history()
    AT_ONE_PLACE[kind](position)
    assert faults()


def test_each_fault_says_where_it_is():
    events = history()
    tampering.change(2)
    assert f"Segel ke-2: catatan nomor {events[1].pk} tidak sama" in "".join(faults())
    tampering.remove(4)
    assert any(sentence.startswith("Segel ke-4 tidak ada") for sentence in faults())


def test_a_line_whose_seal_was_left_behind_is_missed():
    event = history()[2]
    with lifted(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DELETE FROM audit_auditevent WHERE id = %s", [event.pk])
        told = faults()
        # The test must leave a database behind whose references lead somewhere.
        cursor.execute("DELETE FROM audit_auditseal WHERE event_id = %s", [event.pk])
    assert any("sudah tidak ada; ia dihapus" in sentence for sentence in told)


def test_closing_the_gap_after_a_removal_does_not_help():
    history()
    tampering.remove_and_close_the_gap(3)
    assert faults()


@pytest.mark.parametrize("trade", [tampering.swap, tampering.exchange_contents])
def test_lines_that_changed_places_are_found(trade):
    history()
    trade(2, 5)
    assert len(faults()) >= 2


def test_a_line_put_in_behind_others_is_found_before_and_after_it_is_sealed():
    gone = history()[0]
    early = line("Sisipan")
    tampering.execute("UPDATE audit_auditevent SET id = %s WHERE id = %s", gone.pk - 1, early.pk)
    assert any("ia disisipkan" in sentence for sentence in faults())
    seal_events(now=LATER)
    assert any("disisipkan di belakang" in sentence for sentence in faults())


def test_a_seal_of_somebody_without_the_key_is_found():
    history(4)
    forged = line("Palsu")
    with override_settings(AUDIT_KEYS=["tebakan"]):
        seal_events(now=LATER)
    assert AuditSeal.objects.filter(event=forged).exists()
    assert len(faults()) == 1


def test_after_a_change_of_keys_what_the_older_one_sealed_still_holds(settings):
    history(4)
    settings.AUDIT_KEYS = ["baru", *settings.AUDIT_KEYS]
    line(at=LATER)
    seal_events(now=LATER)
    assert walk_chain(now=LATER).is_whole


def test_whoever_cuts_off_the_end_is_told_by_the_head_that_was_noted():
    history()
    noted = check_chain(now=LATER).head
    tampering.remove(6)
    assert any("ia dipotong" in sentence for sentence in check_chain(now=LATER).faults)
    assert walk_chain(now=LATER).is_whole
    assert not walk_chain(now=LATER, noted=[noted]).is_whole
    # Growing again to the same length does not hide it.
    line(at=LATER)
    seal_events(now=LATER)
    assert any("rantai ditulis ulang" in sentence for sentence in check_chain(now=LATER).faults)


def test_lines_that_tell_of_times_long_past_are_counted():
    line(at=NOW - timedelta(days=30))
    seal_events(now=NOW)
    report = walk_chain(now=NOW)
    assert (report.is_whole, report.late_count) == (True, 1)


def test_many_faults_are_counted_and_the_first_ones_told():
    history(240)
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET sentence = 'x'")
    report = walk_chain(now=LATER)
    assert (report.fault_count, len(report.faults)) == (240, 50)


def test_walking_costs_the_same_number_of_statements_for_few_and_for_many(django_assert_num_queries):
    history(2)
    with django_assert_num_queries(6):
        walk_chain(now=LATER)
    history(400)
    with django_assert_num_queries(6):
        walk_chain(now=LATER)


places = st.integers(min_value=1, max_value=8)
steps = st.one_of(
    st.tuples(st.sampled_from(sorted(AT_ONE_PLACE)), places),
    st.tuples(st.sampled_from(["swap", "exchange"]), places, places),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(steps, min_size=1, max_size=4))
def test_no_tampering_at_random_goes_unseen(db, done):
    with transaction.atomic():
        history(8)
        head = check_chain(now=LATER).head
        before = _state()
        for step in done:
            _tamper(step)
        found = walk_chain(now=LATER, noted=[head]).faults
        assert bool(found) == (_state() != before)
        transaction.set_rollback(True)


def _tamper(step: tuple) -> None:
    kind, *where = step
    if AuditSeal.objects.filter(position__in=where).count() != len(set(where)):
        return
    if kind in AT_ONE_PLACE:
        AT_ONE_PLACE[kind](*where)
    elif where[0] != where[1]:
        (tampering.swap if kind == "swap" else tampering.exchange_contents)(*where)


def _state() -> list:
    return [*AuditEvent.objects.order_by("pk").values_list(), *AuditSeal.objects.order_by("pk").values_list()]
