from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.links import personal_url
from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Office
from rtportal.messaging.kinds import Content, kind_labels, render
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(db):
    factories.regions(MURUNG_PUDAK)
    program = factories.program(name="Bimtek <Ketua> RT & RW", letter_number="400.10/123/DPMD/2026")
    hall = factories.venue(name="Aula Pendopo Bersinar")
    return factories.wave(program=program, venue=hall)


def invited(wave) -> list[Message]:
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    return list(Message.objects.order_by("about_id"))


def only(messages: list[Message]) -> Content:
    (content,) = render(messages).values()
    return content


def as_kind(messages: list[Message], kind: str) -> list[Message]:
    for message in messages:
        message.kind = kind
    return messages


def test_an_invitation_says_who_asks_whom_to_what_when_where_and_how_to_answer(wave):
    factories.head(number="005", rw="002", gelar_depan="H.", gelar_belakang="S.Pd.", email="a@rt.test")
    content = only(invited(wave))
    assert content.subject == "Undangan Bimtek <Ketua> RT & RW, Rabu, 8 April 2026"
    enrolment = Enrolment.objects.get()
    for words in (
        "Assalamualaikum, Bapak/Ibu H. Ahmad Fauzi, S.Pd. (Ketua RT 005/RW 002, Kelurahan ",
        "DPMD 63.09 mengundang Bapak/Ibu pada Bimtek <Ketua> RT & RW (surat nomor 400.10/123/DPMD/2026)",
        "Waktu: Rabu, 8 April 2026, 08.00–15.00 WITA\n",
        "Tempat: Aula Pendopo Bersinar\n",
        "paling lambat Senin, 6 April 2026, 23.59 WITA",
        f"\n{personal_url(enrolment.link_id)}\n",
        "Hubungi Ibu Nor Hayati, 0526",
    ):
        assert words in content.text.replace("Desa ", "Kelurahan "), words
    assert "\n\n\n" not in content.text


def test_the_office_chooses_the_greeting(wave):
    Office.objects.update(greeting="Selamat pagi")
    factories.head(email="a@rt.test")
    assert only(invited(wave)).text.startswith("Selamat pagi, Bapak/Ibu Ahmad Fauzi")


def test_an_invitation_after_the_deadline_asks_to_call_instead(wave):
    factories.head(email="a@rt.test")
    messages = invited(wave)
    messages[0].queued_at = wave.answer_deadline + timedelta(hours=1)
    assert "mohon kabari kami lewat telepon" in only(messages).text
    assert "paling lambat" not in only(messages).text


def test_a_line_break_in_a_name_never_reaches_the_subject(wave):
    wave.program.name = "Bimtek\r\nBcc: orang@lain.test"
    wave.program.save()
    factories.head(email="a@rt.test")
    assert "\n" not in only(invited(wave)).subject


def test_a_confirmed_head_is_reminded_of_a_substitute_or_companion(wave):
    factories.head(email="a@rt.test")
    messages = as_kind(invited(wave), "reminder_confirmed")
    Enrolment.objects.update(answer="represented", answered_at=NOW, substitute_name="Budi Santoso")
    assert "tercatat diwakili oleh Budi Santoso pada" in only(messages).text
    Enrolment.objects.update(answer="confirmed", companion_name="Nurhayati")
    assert "tercatat hadir bersama Nurhayati pada" in only(messages).text


def test_an_unanswered_head_is_asked_again(wave):
    factories.head(email="a@rt.test")
    content = only(as_kind(invited(wave), "reminder_unanswered"))
    assert content.subject.startswith("Mohon jawaban: ")
    assert "Kami belum menerima jawaban" in content.text


def test_a_revoked_link_is_not_sent(wave):
    factories.head(email="a@rt.test")
    messages = invited(wave)
    Enrolment.objects.update(link_revoked_at=NOW)
    assert not isinstance(only(messages), Content)


@pytest.mark.parametrize("kind", ["invitation", "reminder_unanswered", "reminder_confirmed"])
def test_every_kind_has_a_name_for_people_and_the_same_queries_for_one_and_for_forty(wave, kind):
    factories.heads(40)
    messages = as_kind(invited(wave), kind)
    if kind == "reminder_confirmed":
        Enrolment.objects.update(answer="confirmed", answered_at=NOW)
    assert kind_labels()[kind] != kind
    counts = []
    for batch in (messages[:1], messages):
        with CaptureQueriesContext(connection) as queries:
            contents = render(batch)
        assert all(isinstance(content, Content) for content in contents.values())
        counts.append(len(queries))
    # The third looks for the programme's own words.
    assert counts == [3, 3]


@pytest.mark.parametrize("kind", ["invitation", "reminder_unanswered"])
def test_no_text_and_no_value_holds_a_nik(wave, kind):
    factories.head(email="a@rt.test", nik_encrypted="6309061203700001", nik_digest="6309061203700001")
    content = only(as_kind(invited(wave), kind))
    assert "6309061203700001" not in f"{content.subject}{content.text}{content.short}{content.values}"


def test_a_short_text_has_what_matters_and_plain_signs(wave):
    factories.head(email="a@rt.test")
    short = only(invited(wave)).short
    for words in ("DPMD 63.09", "Ahmad Fauzi", "8 Apr 2026 08.00 WITA", "Aula Pendopo Bersinar", "Jawab paling lambat"):
        assert words in short
    assert short.isascii()
    assert short.endswith(personal_url(Enrolment.objects.get().link_id))
