from datetime import timedelta

import pytest

from rtportal.audit.models import ChainCheck
from rtportal.audit.use_cases import check_chain as checking
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.use_cases.seal_events import seal_events
from tests.rtportal.audit import tampering
from tests.rtportal.audit.tampering import NOW, history, line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def long_chain(monkeypatch):
    """Six lines are too long for the worker."""
    monkeypatch.setattr(checking, "MOST_AT_ONCE", 6)
    history(6)
    assert check_chain(now=LATER, is_bounded=True).is_whole


def more() -> None:
    line(at=LATER)
    seal_events(now=LATER)


def test_what_it_found_is_kept_and_logged(caplog):
    history()
    tampering.change(2)
    with caplog.at_level("INFO"):
        head = check_chain(now=LATER).head
    kept = ChainCheck.objects.get()
    assert (kept.fault_count, kept.sealed_count, kept.head_position) == (1, 6, 6)
    assert f"head 6:{head.chain_hash}, 1 faults" in caplog.text


def test_a_chain_too_long_for_the_worker_is_walked_on_from_where_it_was_whole(long_chain):
    tampering.change(2)
    more()
    report = check_chain(now=LATER, is_bounded=True)
    assert (report.is_whole, report.head.position, report.sealed_count) == (True, 7, 7)
    # By hand it is always walked from the first, and what was found stays until all of it is whole again.
    assert not check_chain(now=LATER).is_whole
    assert not check_chain(now=LATER, is_bounded=True).is_whole


def test_what_is_new_is_held_against_the_head_it_goes_on_from(long_chain):
    more()
    tampering.change(7)
    assert not check_chain(now=LATER, is_bounded=True).is_whole


def test_a_rewritten_end_is_found_from_the_head_on(long_chain):
    tampering.remove(6)
    more()
    assert not check_chain(now=LATER, is_bounded=True).is_whole


def test_a_shorter_chain_is_walked_from_the_first(monkeypatch):
    history()
    assert check_chain(now=LATER, is_bounded=True).is_whole
    tampering.change(1)
    assert not check_chain(now=LATER, is_bounded=True).is_whole
