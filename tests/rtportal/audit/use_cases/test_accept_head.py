from datetime import timedelta

import pytest

from rtportal.audit import remembered_head
from rtportal.audit.models import AuditEvent
from rtportal.audit.use_cases.accept_head import accept_head
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.audit.verification import Head
from tests.rtportal.audit.tampering import NOW, history

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)
NEWER = Head(9, "a" * 64)


def test_an_older_database_is_taken_for_right_and_the_history_says_so():
    history()
    remembered_head.keep(NEWER)
    assert "Segel ke-9" in accept_head(now=LATER)
    told = AuditEvent.objects.latest("pk")
    assert (told.action, told.actor_label) == ("chain.accepted", "Pengelola peladen")
    assert "Segel ke-9" in told.sentence
    assert check_chain(now=LATER).is_whole
    seal_events(now=LATER)
    assert remembered_head.recall().position == 7


def test_a_chain_without_seals_leaves_nothing_to_remember():
    remembered_head.keep(NEWER)
    assert accept_head(now=LATER)
    assert remembered_head.recall() is None


def test_where_nothing_is_wrong_nothing_is_done():
    history()
    before = remembered_head.recall()
    assert accept_head(now=LATER) == ""
    assert (AuditEvent.objects.count(), remembered_head.recall()) == (6, before)


def test_what_cannot_be_remembered_is_not_said_to_be_accepted(monkeypatch):
    history()
    remembered_head.keep(NEWER)

    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(remembered_head, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        accept_head(now=LATER)
    assert (AuditEvent.objects.count(), remembered_head.recall()) == (6, NEWER)
