from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from participants.models import Answer, Enrolment
from participants.rules import AnswerRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.reissue_link import reissue_link
from programs.models import Program
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK)
    return factories.enrolment(wave=factories.wave())


def test_hadir_is_kept_on_the_enrolment_and_in_the_history(enrolment):
    answer_invitation(enrolment=enrolment, kind="confirmed", now=NOW)
    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.answered_at) == ("confirmed", NOW)
    answer = enrolment.answers.get()
    assert (answer.kind, answer.channel, answer.at, answer.actor) == ("confirmed", "link", NOW, None)


def test_berhalangan_keeps_the_reason(enrolment):
    answer_invitation(enrolment=enrolment, kind="declined", reason="  Ibu   sakit ", now=NOW)
    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.reason) == ("declined", "Ibu sakit")


def test_diwakili_keeps_name_and_phone_of_the_substitute(enrolment):
    answer_invitation(
        enrolment=enrolment,
        kind="represented",
        substitute_name="Budi",
        substitute_phone="0813-1111-2222",
        substitute_relation="  Sekretaris RT ",
        now=NOW,
    )
    enrolment.refresh_from_db()
    assert (enrolment.substitute_name, enrolment.substitute_phone) == ("Budi", "+6281311112222")
    assert enrolment.substitute_relation == enrolment.answers.get().substitute_relation == "Sekretaris RT"


def test_another_answer_replaces_the_first_and_both_stay_in_the_history(enrolment):
    answer_invitation(
        enrolment=enrolment,
        kind="represented",
        substitute_name="Budi",
        substitute_phone="081311112222",
        substitute_relation="Anak",
        now=NOW,
    )
    answer_invitation(enrolment=enrolment, kind="declined", reason="Sakit", now=NOW + timedelta(hours=1))
    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.substitute_name, enrolment.substitute_phone) == ("declined", "", "")
    assert [answer.kind for answer in enrolment.answers.all()] == ["declined", "represented"]
    assert enrolment.answers.last().substitute_name == "Budi"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"kind": "declined", "reason": "  "}, {"reason": "Isi alasan berhalangan."}),
        ({"kind": "declined", "reason": "x" * 301}, {"reason": "Terlalu panjang: 301 huruf, paling banyak 300."}),
        (
            {"kind": "represented"},
            {
                "substitute_name": "Isi nama wakil.",
                "substitute_phone": "Isi nomor HP wakil.",
                "substitute_relation": "Pilih atau isi hubungan wakil dengan ketua RT.",
            },
        ),
        ({"kind": "mungkin"}, {"": "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."}),
    ],
)
def test_a_faulty_answer_is_refused_and_changes_nothing(enrolment, fields, faults):
    with pytest.raises(AnswerRefused) as refused:
        answer_invitation(enrolment=enrolment, now=NOW, **fields)
    assert refused.value.faults == faults
    enrolment.refresh_from_db()
    assert enrolment.answer == ""
    assert not Answer.objects.exists()


def test_a_substitute_with_a_landline_is_refused(enrolment):
    with pytest.raises(AnswerRefused, match="Nomor telepon rumah"):
        answer_invitation(
            enrolment=enrolment, kind="represented", substitute_name="Budi", substitute_phone="0526 2021234", now=NOW
        )


def test_a_companion_is_asked_for_only_where_the_programme_requires_one(enrolment):
    Program.objects.update(companions=Program.Companions.REQUIRED)
    enrolment = Enrolment.objects.get()
    with pytest.raises(AnswerRefused, match="Isi nama pendamping"):
        answer_invitation(enrolment=enrolment, kind="confirmed", now=NOW)
    answer_invitation(enrolment=enrolment, kind="confirmed", companion_name="Nurhayati", now=NOW)
    enrolment.refresh_from_db()
    assert enrolment.companion_name == "Nurhayati"


def test_the_last_second_before_the_deadline_counts_and_the_next_does_not(enrolment):
    deadline = enrolment.wave.answer_deadline
    answer_invitation(enrolment=enrolment, kind="confirmed", now=deadline)
    with pytest.raises(AnswerRefused, match=r"Batas jawaban sudah lewat: Senin, 6 April 2026, 23\.59 WITA"):
        answer_invitation(enrolment=enrolment, kind="declined", reason="Sakit", now=deadline + timedelta(seconds=1))
    enrolment.refresh_from_db()
    assert enrolment.answer == "confirmed"


def test_after_the_wave_nothing_can_be_answered(enrolment):
    with pytest.raises(AnswerRefused, match="sudah selesai"):
        answer_invitation(enrolment=enrolment, kind="confirmed", now=enrolment.wave.ends_at)


def test_a_page_opened_before_the_link_was_replaced_no_longer_answers(enrolment):
    opened_before = Enrolment.objects.get()
    reissue_link(enrolment=enrolment, by=factories.user(), now=NOW)
    with pytest.raises(AnswerRefused, match="tidak berlaku"):
        answer_invitation(enrolment=opened_before, kind="confirmed", now=NOW)
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_both_kept_and_the_enrolment_shows_the_newest(enrolment):
    pk = Enrolment.objects.get().pk
    barrier = Barrier(2)

    def answer(fields: dict) -> None:
        mine = Enrolment.objects.get(pk=pk)
        barrier.wait()
        answer_invitation(enrolment=mine, now=NOW, **fields)
        connections.close_all()

    fields = [{"kind": "confirmed"}, {"kind": "declined", "reason": "Sakit"}]
    threads = [Thread(target=answer, args=(one,)) for one in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = list(Answer.objects.all())
    assert len(history) == 2
    assert Enrolment.objects.get().answer == history[0].kind
