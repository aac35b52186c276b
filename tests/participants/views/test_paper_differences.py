"""Beda lembar dan pintu of a session: where the signed sheet and the scans disagree."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from participants.models import Attendance, PaperLine
from tests import factories
from tests.participants.papers import entered, numbered, row, scan, session_of


@pytest.fixture
def printed(db):
    session = session_of(6)
    numbered(session, factories.user())
    return session


@pytest.fixture
def who(printed):
    return factories.user(name="Siti Rahmah")


@pytest.fixture
def official(client, who):
    client.force_login(who)
    return client


def url(session, name: str = "paper_sheet") -> str:
    return f"{reverse(f'participants:{name}', args=[session.wave_id])}?sesi={session.pk}"


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def differing(printed, who):
    """Row 1 agrees, 3 signed and was not scanned, 2 was scanned and did not sign."""
    scan(printed, *(row(printed, number) for number in (1, 2, 4, 5, 6)), by=who)
    entered(printed, who, 2)
    return printed


def line(number: int) -> int:
    return PaperLine.objects.get(enrolment__row_number=number).pk


def settle(official, session, **fields):
    return official.post(url(session, "paper_settle"), fields)


def present(session) -> set[int]:
    return set(Attendance.objects.filter(session=session).values_list("enrolment__row_number", flat=True))


def test_each_difference_stands_once_with_both_sides(official, differing):
    page = official.get(url(differing, "paper_differences")).content.decode()
    for number in (2, 3):
        assert page.count(f'name="baris" value="{line(number)}"') == 1
    assert page.count('name="baris"') == 2
    assert "tidak tanda tangan" in page
    assert "tidak tercatat" in page
    assert "<dt>Belum diputuskan</dt><dd>2</dd>" in page


def test_one_is_decided_by_its_own_button(official, differing):
    response = settle(official, differing, satu=f"{line(3)}:hadir", keputusan="")
    assert told(response) == [f"{row(differing, 3).head.full_name} dicatat hadir."]
    assert present(differing) == {1, 2, 3, 4, 5, 6}
    assert official.get(url(differing, "paper_differences")).content.decode().count('name="baris"') == 1


def test_all_that_are_ticked_are_decided_at_once(official, differing):
    response = settle(official, differing, baris=[line(2), line(3)], keputusan="tidak-hadir")
    assert told(response) == ["2 peserta dicatat tidak hadir."]
    assert present(differing) == {1, 4, 5, 6}
    page = official.get(url(differing, "paper_differences")).content.decode()
    assert "Lembar dan pintu sama" in page
    settled = official.get(url(differing, "paper_differences") + "&tampil=diputuskan").content.decode()
    assert settled.count("<strong>Tidak hadir</strong>") == 2


def test_where_paper_alone_was_used_everybody_who_signed_is_recorded_at_once(official, printed, who):
    scan(printed, row(printed, 2), by=who)
    entered(printed, who, 2, 6)
    page = official.get(url(printed, "paper_differences")).content.decode()
    assert "Catat hadir semua 4 yang tanda tangan" in page
    assert told(settle(official, printed, semua="1")) == ["4 peserta dicatat hadir."]
    assert present(printed) == {1, 2, 3, 4, 5}


def test_a_decision_of_somebody_else_stays(official, differing):
    settle(official, differing, satu=f"{line(3)}:biarkan")
    response = settle(official, differing, satu=f"{line(3)}:hadir")
    assert told(response)[-1] == "Sudah diputuskan petugas lain, jadi tidak ada yang diubah."
    assert 3 not in present(differing)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Centang dahulu peserta yang dimaksud."),
        ({"satu": "x:hadir"}, "Centang dahulu peserta yang dimaksud."),
        ({"baris": ["\0", "9" * 30]}, "Centang dahulu peserta yang dimaksud."),
        ({"baris": ["1"], "keputusan": "entah"}, "Pilih “Hadir”, “Tidak hadir”, atau “Biarkan”."),
        ({"satu": "1"}, "Pilih “Hadir”, “Tidak hadir”, atau “Biarkan”."),
    ],
)
def test_nonsense_changes_nothing_and_says_what_to_do(official, differing, fields, sentence):
    assert told(settle(official, differing, **fields)) == [sentence]
    assert not PaperLine.objects.exclude(settled_at=None).exists()


def test_before_anything_is_entered_the_page_leads_to_the_sheet(official, printed):
    assert "Lembar belum dimasukkan" in official.get(url(printed, "paper_differences")).content.decode()
