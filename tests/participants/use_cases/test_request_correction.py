from datetime import timedelta

import pytest

from participants.models import DataCorrection, RTHead
from participants.use_cases.request_correction import WAITS, CorrectionRefused, request_correction
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db
SAME = {"name": "H. Ahmad Fauzi, S.Pd.", "phone": "0812-3456-7890", "email": "ahmad@rt.test", "note": ""}


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    head = factories.head(gelar_depan="H.", gelar_belakang="S.Pd.", email="ahmad@rt.test")
    return factories.enrolment(wave=factories.wave(), head=head)


def ask(enrolment, **typed) -> DataCorrection:
    return request_correction(enrolment=enrolment, now=NOW, **SAME | typed)


def faults(enrolment, **typed) -> dict[str, str]:
    with pytest.raises(CorrectionRefused) as refused:
        ask(enrolment, **typed)
    return refused.value.faults


def test_only_what_differs_is_asked_for_and_nothing_is_written_yet(enrolment):
    made = ask(enrolment, phone="+62 813 1111 2222", name="  H.  Ahmad Fauzi,  S.Pd. ")
    assert made.wanted == {"phone": "+6281311112222"}
    assert made.before == {"phone": "+6281234567890"}
    assert made.due_at - made.requested_at == timedelta(hours=72)
    assert made.village_id == enrolment.village_id
    assert RTHead.objects.get().phone == "+6281234567890"


def test_titles_are_told_apart_from_the_name(enrolment):
    assert ask(enrolment, name="Drs. H. Ahmad Fauzan, M.Pd").wanted == {"name": "Drs. H. Ahmad Fauzan, M.Pd"}


def test_a_note_alone_is_a_request(enrolment):
    made = ask(enrolment, note="RT saya 006,\nbukan 005\0")
    assert (made.wanted, made.note) == ({}, "RT saya 006, bukan 005")


def test_an_email_may_be_taken_away(enrolment):
    assert ask(enrolment, email="").wanted == {"email": ""}


def test_nothing_changed_is_said(enrolment):
    assert faults(enrolment)[""].startswith("Belum ada yang diubah.")


def test_every_fault_is_said_at_once(enrolment):
    found = faults(enrolment, name="12", phone="0526 2021234", email="ahmad@", note="x" * 301)
    assert set(found) == {"name", "phone", "email", "note"}
    assert "Nomor telepon rumah" in found["phone"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Isi nama Bapak/Ibu."),
        ({"name": "A" * 121}, "Nama terlalu panjang: 121 huruf"),
        ({"phone": ""}, "Isi nomor HP."),
        ({"phone": "8,12E+10"}, "kehilangan angka"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(enrolment, typed, sentence):
    assert sentence in faults(enrolment, **typed)[next(iter(typed))]
    assert not DataCorrection.objects.exists()


def test_a_second_request_waits_for_the_first(enrolment):
    ask(enrolment, note="satu")
    assert faults(enrolment, note="dua") == {"": WAITS}
    assert DataCorrection.objects.get().note == "satu"


def test_the_history_says_who_asked_without_the_number(enrolment):
    ask(enrolment, phone="0813-1111-2222")
    event = AuditEvent.objects.get(action="correction.requested")
    assert "nomor HP dari 0812-••••-7890 menjadi 0813-••••-2222" in event.sentence
    assert event.actor_label == "H. Ahmad Fauzi, S.Pd. (tautan pribadi)"
