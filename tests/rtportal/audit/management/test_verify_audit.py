"""`manage.py verify_audit` as whoever looks after the server reads it."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from rtportal.audit import remembered_head
from rtportal.audit.models import AuditSeal, ChainCheck
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.audit.verification import Head
from rtportal.lib import clock
from tests.rtportal.audit import tampering
from tests.rtportal.audit.tampering import line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _history():
    now = clock.now()
    for _ in range(3):
        line(at=now)
    seal_events(now=now)


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def test_a_whole_history_is_said_to_be_whole_with_the_head_to_note_down():
    line(at=clock.now())
    words = told()
    assert "3 catatan tersegel diperiksa." in words
    assert "1 catatan belum disegel" in words
    assert f"3:{AuditSeal.objects.get(position=3).chain_hash}" in words
    assert "Riwayat utuh." in words
    assert ChainCheck.objects.get().fault_count == 0


def test_tampering_ends_with_an_error_that_names_it():
    tampering.change(2)
    with pytest.raises(CommandError, match=r"1 kerusakan\.\nSegel ke-2") as error:
        told()
    assert error.value.returncode == 1
    assert ChainCheck.objects.get().fault_count == 1


def test_a_head_that_was_noted_elsewhere_is_held_against_the_chain():
    head = f"3:{AuditSeal.objects.get(position=3).chain_hash}"
    assert "Riwayat utuh." in told("--ujung", head)
    tampering.remove(3)
    with pytest.raises(CommandError, match="ia dipotong"):
        told("--ujung", head)


def test_a_head_that_is_none_is_refused_in_words():
    with pytest.raises(CommandError, match="tulis seperti yang ditampilkan"):
        told("--ujung", "tiga")


def test_lines_of_the_past_are_mentioned():
    line(at=clock.now() - timedelta(days=3))
    seal_events(now=clock.now())
    assert "1 catatan bertanggal lebih dari sehari sebelum disegel" in told()


def test_a_database_that_was_brought_back_is_told_with_the_way_out_and_then_accepted():
    remembered_head.keep(Head(9, "a" * 64))
    with pytest.raises(CommandError, match=r"Segel ke-9 pernah dilihat mesin ini(.|\n)*--terima-ujung"):
        told()
    words = told("--terima-ujung")
    assert "Diterima: Segel ke-9" in words
    assert "Riwayat utuh." in words
    assert "Tidak ada ujung rantai yang perlu diterima." in told("--terima-ujung")


def test_a_head_that_cannot_be_written_down_is_said_in_words(monkeypatch):
    def full(path, text):
        raise OSError(28, "penuh")

    remembered_head.keep(Head(9, "a" * 64))
    monkeypatch.setattr(remembered_head, "write_whole", full)
    with pytest.raises(CommandError, match=r"tidak dapat dicatat: penuh\."):
        told("--terima-ujung")
