"""What a machine remembers outside the database tells what the portal's own sealer sealed again."""

from datetime import timedelta

import pytest
from django.db import connection

from rtportal.audit import known_faults, remembered_head
from rtportal.audit.models import AuditSeal, ChainCheck
from rtportal.audit.remembered_head import fault, recall
from rtportal.audit.use_cases import check_chain as checking
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.audit.verification import Head, walk_chain
from tests.infra.lifting import lifted
from tests.rtportal.audit import tampering
from tests.rtportal.audit.tampering import NOW, history, line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


def end() -> Head:
    return Head(*AuditSeal.objects.order_by("-position").values_list("position", "chain_hash").first())


def file_of_this_machine():
    return remembered_head._path()


def let_the_sealer_forge(position: int) -> None:
    """Whoever has the database alone: an old line told otherwise, all seals from there on and all walks away."""
    tampering.change(position)
    with lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE position >= %s", [position])
        cursor.execute("DELETE FROM audit_chaincheck")
    seal_events(now=LATER, looks_at_all=True)


def test_a_history_that_the_sealer_itself_sealed_again_is_found():
    history()
    check_chain(now=LATER)
    seen = recall()
    let_the_sealer_forge(2)
    # The chain alone tells nothing: every line is sealed with the portal's own key.
    assert walk_chain(now=LATER).is_whole
    assert known_faults.known() == 1
    report = check_chain(now=LATER)
    assert report.faults[0].startswith("Segel ke-6 bukan lagi yang pernah dilihat mesin ini")
    assert ChainCheck.objects.get().fault_count == report.fault_count == 1
    assert recall() == seen


def test_sealing_goes_on_while_the_fault_stands_and_nothing_hides_it():
    history()
    let_the_sealer_forge(2)
    for number in range(3):
        line(at=LATER)
        assert seal_events(now=LATER + timedelta(minutes=number)) == 1
    assert not check_chain(now=LATER).is_whole
    assert recall().position == 6


def test_a_chain_that_was_cut_off_is_found_until_and_after_it_grew_again():
    history()
    tampering.remove(6)
    tampering.remove(5)
    assert "Segel ke-6 pernah dilihat mesin ini, tetapi rantai berakhir pada 4" in fault()
    seal_events(now=LATER)
    assert recall().position == 6
    for _ in range(3):
        line(at=LATER)
    seal_events(now=LATER)
    assert "Segel ke-6 bukan lagi" in fault()


def test_a_walk_that_begins_behind_what_is_remembered_finds_it_too(monkeypatch):
    monkeypatch.setattr(checking, "MOST_AT_ONCE", 6)
    history()
    let_the_sealer_forge(2)
    line(at=LATER)
    seal_events(now=LATER)
    head = end()
    ChainCheck.objects.create(
        checked_at=LATER,
        sealed_count=7,
        unsealed_count=0,
        fault_count=0,
        head_position=head.position,
        head_hash=head.chain_hash,
    )
    assert not check_chain(now=LATER, is_bounded=True).is_whole


def test_among_very_many_faults_it_is_told_first():
    history(140)
    tampering.execute("UPDATE audit_auditevent SET sentence = 'x'")
    tampering.remove(140)
    report = check_chain(now=LATER)
    assert "mesin ini" in report.faults[0]
    assert (len(report.faults), len(ChainCheck.objects.get().faults)) == (50, 10)


def test_ordinary_sealing_moves_it_on_and_raises_nothing():
    history()
    assert recall() == end()
    line(at=LATER)
    seal_events(now=LATER)
    assert recall() == end() == Head(7, end().chain_hash)
    assert (fault(), known_faults.known(), check_chain(now=LATER).is_whole) == ("", 0, True)
    assert file_of_this_machine().stat().st_mode & 0o777 == 0o600


def test_a_machine_that_is_behind_is_no_fault_and_catches_up():
    history(4)
    older = recall()
    history(4)
    remembered_head.keep(older)
    assert (fault(), check_chain(now=LATER).is_whole) == ("", True)
    seal_events(now=LATER)
    assert recall() == end() == Head(8, end().chain_hash)


def test_at_the_first_start_there_is_nothing_to_hold_against_anything():
    assert seal_events(now=NOW) == 0
    assert (recall(), fault()) == (None, "")
    history()
    remembered_head.forget()
    assert check_chain(now=LATER).is_whole
    seal_events(now=LATER)
    assert recall() == end()


def test_an_empty_database_beside_a_head_is_a_chain_that_was_cut_off():
    remembered_head.keep(Head(3, "a" * 64))
    assert "rantai berakhir pada 0" in fault()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"position": 0, "chain_hash": "x"}', '{"position": 3}'])
def test_a_file_that_somebody_spoilt_is_a_fault_and_stays_for_whoever_looks(text):
    history()
    file_of_this_machine().write_text(text)
    assert "tidak terbaca lagi" in check_chain(now=LATER).faults[0]
    seal_events(now=LATER)
    assert file_of_this_machine().read_text() == text


def test_a_disk_that_is_full_does_not_stop_the_sealing(monkeypatch, caplog):
    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(remembered_head, "write_whole", full)
    history()
    assert (AuditSeal.objects.count(), recall()) == (6, None)
    assert "was not remembered" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_outside_any_transaction_it_is_remembered_as_well():
    history()
    assert recall() == end()
