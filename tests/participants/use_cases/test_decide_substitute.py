from datetime import timedelta

import pytest

from participants.models import Enrolment
from participants.rules import AnswerRefused
from participants.substitutes import may_decide
from participants.use_cases._substitutes import SubstituteRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.decide_substitute import decide_substitute
from participants.use_cases.record_substitute_letter import record_substitute_letter
from programs.models import Program
from rtportal.audit.models import AuditEvent
from rtportal.messaging.kinds import render
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.substitutes import SITI, name_substitute

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK)
    wave = factories.wave(program=factories.program(substitutes="approved"), invitations_opened_at=NOW)
    return name_substitute(factories.enrolment(wave=wave))


@pytest.fixture
def operator(enrolment):
    return factories.user(role="village_operator", region=enrolment.village_id)


def decide(enrolment, operator, **fields):
    wishes = {"key": enrolment.substitute_key, "is_approved": True, "now": LATER} | fields
    decide_substitute(enrolment=enrolment, by=operator, **wishes)
    enrolment.refresh_from_db()


def test_an_approved_substitute_is_kept_with_who_decided_and_when(enrolment, operator):
    decide(enrolment, operator)
    decided = (enrolment.substitute_state, enrolment.substitute_decided_at, enrolment.substitute_decided_by)
    assert decided == ("approved", LATER, operator)
    assert enrolment.answer == "represented"
    decision = enrolment.substitute_decisions.get()
    assert (decision.outcome, decision.at, decision.actor) == ("approved", LATER, operator)
    line = AuditEvent.objects.get(action="substitute.approved")
    assert line.sentence == "Wakil Ahmad Fauzi (RT 001), Budi Santoso, disetujui."
    assert (line.region_code, line.subject) == (enrolment.village_id, enrolment.wave.group)


def test_approving_twice_writes_nothing(enrolment, operator):
    decide(enrolment, operator)
    decide(enrolment, operator, now=LATER + timedelta(hours=1))
    assert enrolment.substitute_decided_at == LATER
    assert enrolment.substitute_decisions.count() == 1


def test_a_refused_substitute_turns_the_answer_back_and_keeps_the_history(enrolment, operator):
    decide(enrolment, operator, is_approved=False, note="  Wakil harus  pengurus RT. ")
    assert (enrolment.answer, enrolment.answered_at, enrolment.substitute_state) == ("", None, "refused")
    assert enrolment.substitute_note == "Wakil harus pengurus RT."
    assert [answer.kind for answer in enrolment.answers.all()] == ["represented"]
    assert enrolment.substitute_decisions.get().note == "Wakil harus pengurus RT."
    line = AuditEvent.objects.get(action="substitute.refused")
    assert line.sentence == "Wakil Ahmad Fauzi (RT 001), Budi Santoso, ditolak: Wakil harus pengurus RT."


def test_the_head_is_told_why_and_asked_again(enrolment, operator):
    decide(enrolment, operator, is_approved=False, note="Wakil harus pengurus RT.")
    message = Message.objects.get(kind="substitute_refused")
    content = render([message])[message.pk]
    assert "Budi Santoso belum dapat kami terima sebagai wakil Bapak/Ibu" in content.text
    assert "Alasannya: Wakil harus pengurus RT." in content.text
    assert factories.personal_path(enrolment) in content.text
    assert factories.personal_path(enrolment) in content.short


def test_whoever_has_answered_again_is_not_asked_any_more(enrolment, operator):
    decide(enrolment, operator, is_approved=False, note="Wakil harus pengurus RT.")
    message = Message.objects.get(kind="substitute_refused")
    answer_invitation(enrolment=enrolment, kind="confirmed", now=LATER)
    assert render([message])[message.pk].state == "withdrawn"


def test_the_refused_one_cannot_be_named_again_through_the_link_but_somebody_else_can(enrolment, operator):
    decide(enrolment, operator, is_approved=False, note="Belum cukup umur.")
    with pytest.raises(AnswerRefused, match="sudah ditolak"):
        name_substitute(enrolment, now=LATER)
    named = name_substitute(enrolment, SITI, now=LATER)
    assert (named.substitute_state, named.substitute_note) == ("pending", "")


def test_an_operator_may_change_their_mind(enrolment, operator):
    decide(enrolment, operator)
    decide(enrolment, operator, is_approved=False, note="Ternyata sakit.")
    assert enrolment.answer == ""
    named = name_substitute(enrolment, channel="phone", actor=operator, now=LATER)
    assert named.substitute_state == "approved"


@pytest.mark.parametrize(("note", "sentence"), [(" \0 ", "Isi alasan"), ("x" * 301, "Alasan terlalu panjang: 301")])
def test_a_refusal_needs_a_reason_that_can_be_read(enrolment, operator, note, sentence):
    with pytest.raises(SubstituteRefused, match=sentence):
        decide(enrolment, operator, is_approved=False, note=note)
    enrolment.refresh_from_db()
    assert enrolment.answer == "represented"


@pytest.mark.parametrize("is_approved", [True, False])
def test_nothing_is_decided_about_another_answer_than_the_one_that_was_shown(enrolment, operator, is_approved):
    shown = enrolment.substitute_key
    name_substitute(enrolment, SITI)
    with pytest.raises(SubstituteRefused, match="sudah berubah"):
        decide(enrolment, operator, key=shown, is_approved=is_approved, note="x")
    answer_invitation(enrolment=enrolment, kind="confirmed", now=LATER)
    with pytest.raises(SubstituteRefused, match="sudah berubah"):
        decide(enrolment, operator, key="", is_approved=is_approved, note="x")


def test_nothing_is_decided_once_the_wave_is_over(enrolment, operator):
    with pytest.raises(SubstituteRefused, match="sudah selesai"):
        decide(enrolment, operator, now=enrolment.wave.ends_at)


def test_whoever_is_a_head_of_the_wave_by_now_cannot_be_approved(enrolment, operator):
    head = factories.head(number="077", name="Budi Santoso", phone="+6281311112222")
    factories.enrolment(wave=enrolment.wave, head=head)
    with pytest.raises(SubstituteRefused, match="Tolak wakil ini"):
        decide(enrolment, operator)


def test_who_may_decide_follows_the_rule(enrolment, operator):
    official, viewer = factories.user(), factories.user(role="viewer")
    stranger = factories.user(role="village_operator", region=factories.villages_of(MURUNG_PUDAK)[1].code)
    assert [may_decide(who, enrolment) for who in (operator, official, viewer, stranger)] == [True, True, False, False]
    Program.objects.update(substitutes="office")
    enrolment = Enrolment.objects.select_related("wave__program").get()
    assert [may_decide(who, enrolment) for who in (operator, official, viewer, stranger)] == [False, True, False, False]


def test_the_letter_is_handed_in_and_may_be_taken_back(enrolment, operator):
    wishes = {"enrolment": enrolment, "key": enrolment.substitute_key, "by": operator}
    record_substitute_letter(**wishes, is_received=True, now=LATER)
    record_substitute_letter(**wishes, is_received=True, now=LATER + timedelta(hours=1))
    enrolment.refresh_from_db()
    assert enrolment.substitute_letter_at == LATER
    record_substitute_letter(**wishes, is_received=False, now=LATER)
    enrolment.refresh_from_db()
    assert enrolment.substitute_letter_at is None
    assert [one.outcome for one in enrolment.substitute_decisions.all()] == ["no_letter", "letter"]
    assert AuditEvent.objects.filter(action="substitute.letter").count() == 1


def test_a_letter_is_for_the_substitute_who_was_shown(enrolment, operator):
    shown = enrolment.substitute_key
    name_substitute(enrolment, SITI)
    with pytest.raises(SubstituteRefused, match="sudah berubah"):
        record_substitute_letter(enrolment=enrolment, key=shown, is_received=True, by=operator, now=LATER)
