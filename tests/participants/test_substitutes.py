from datetime import timedelta

import pytest

from participants.models import Answer, Enrolment
from participants.rules import AnswerRefused
from participants.substitutes import substitute_key, turn_back_heads
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.move_participants import move_participants
from programs.models import Program
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.substitutes import BUDI, SITI, name_substitute
from tests.participants.two_waves import enrol, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    factories.regions(MURUNG_PUDAK, JARO)
    return enrol(two_waves()[0], 3)


def rule(**fields):
    Program.objects.update(**fields)


def test_somebody_is_the_same_with_or_without_title_capitals_or_apostrophes():
    assert substitute_key("H. Nur'aini,  S.Pd.", "+6281") == substitute_key("NURAINI", "+6281")


def test_two_of_one_family_on_one_telephone_are_two_people():
    assert substitute_key("Budi", "+6281") != substitute_key("Siti", "+6281")


def test_a_name_without_letters_still_has_a_key_and_the_longest_one_fits_its_column():
    assert substitute_key("…", "+6281") == "+6281:…"
    assert len(substitute_key("ﷺ" * 120, "+6281311112222")) <= 140


def test_without_a_rule_nobody_has_to_approve(people):
    named = name_substitute(people[0])
    assert (named.answer, named.substitute_state) == ("represented", "")
    assert named.substitute_key == "+6281311112222:budi santoso"


@pytest.mark.parametrize("choice", ["approved", "office"])
def test_where_somebody_approves_the_substitute_waits(people, choice):
    rule(substitutes=choice)
    assert name_substitute(people[0]).substitute_state == "pending"


def test_where_nobody_may_be_represented_the_answer_is_refused_and_nothing_changes(people):
    rule(substitutes="none")
    with pytest.raises(AnswerRefused, match="harus dihadiri ketua RT sendiri"):
        name_substitute(people[0])
    assert not Answer.objects.exists()
    people[0].refresh_from_db()
    assert people[0].answer == ""


def test_nobody_is_substitute_twice_in_one_wave(people):
    name_substitute(people[0])
    with pytest.raises(AnswerRefused) as refused:
        name_substitute(people[1], BUDI | {"substitute_name": "budi  SANTOSO, S.E."})
    assert set(refused.value.faults) == {"substitute_name"}
    assert "sudah menjadi wakil" in refused.value.sentence
    assert Answer.objects.count() == 1


def test_the_same_person_may_stand_in_for_somebody_in_another_wave(people):
    other = enrol(people[0].program.waves.get(number=2), 1)[0]
    name_substitute(people[0])
    assert name_substitute(other).answer == "represented"


def test_a_substitute_who_is_not_needed_any_more_may_be_named_by_another_head(people):
    named = name_substitute(people[0])
    answer_invitation(enrolment=named, kind="confirmed", now=NOW + timedelta(minutes=1))
    assert name_substitute(people[1]).answer == "represented"
    named.refresh_from_db()
    kept = (named.substitute_name, named.substitute_key, named.substitute_state, named.substitute_decided_at)
    assert kept == ("", "", "", None)


def test_another_head_of_the_wave_cannot_be_the_substitute(people):
    other = people[1].head
    who = BUDI | {"substitute_name": f"Drs. {other.name.upper()}", "substitute_phone": other.phone}
    with pytest.raises(AnswerRefused, match="sendiri ketua RT yang diundang") as refused:
        name_substitute(people[0], who)
    assert set(refused.value.faults) == {"substitute_name"}


def test_a_head_cannot_be_their_own_substitute(people):
    me = people[0].head
    with pytest.raises(AnswerRefused, match="Pilih Hadir"):
        name_substitute(people[0], BUDI | {"substitute_name": me.name, "substitute_phone": me.phone})


def test_the_wife_on_the_telephone_of_a_head_is_no_head(people):
    who = SITI | {"substitute_phone": people[0].head.phone}
    assert name_substitute(people[0], who).substitute_name == "Siti Aminah"


def test_the_limit_counts_the_others_of_the_wave(people):
    rule(substitute_limit=1)
    name_substitute(people[0])
    # Naming somebody else takes no second place.
    name_substitute(people[0], SITI)
    with pytest.raises(AnswerRefused, match="paling banyak 1 wakil") as refused:
        name_substitute(people[1])
    assert set(refused.value.faults) == {""}
    answer_invitation(enrolment=people[0], kind="declined", reason="Sakit", now=NOW)
    assert name_substitute(people[1]).answer == "represented"


def test_whoever_has_a_place_keeps_it_when_the_limit_is_lowered(people):
    name_substitute(people[0])
    name_substitute(people[1], SITI)
    rule(substitute_limit=1)
    assert name_substitute(people[1], SITI | {"substitute_relation": "Anak"}).substitute_relation == "Anak"


def test_an_operator_who_writes_it_down_has_approved_and_an_operator_cannot_decide_for_the_office(people):
    operator = factories.user(role="village_operator", region=people[0].village_id)
    rule(substitutes="approved")
    named = name_substitute(people[0], channel="phone", actor=operator)
    decided = (named.substitute_state, named.substitute_decided_at, named.substitute_decided_by)
    assert decided == ("approved", NOW, operator)
    decision = named.substitute_decisions.get()
    assert (decision.outcome, decision.substitute_name, decision.actor) == ("approved", "Budi Santoso", operator)
    rule(substitutes="office")
    assert name_substitute(people[1], SITI, channel="phone", actor=operator).substitute_state == "pending"
    assert name_substitute(people[1], SITI, channel="phone", actor=factories.user()).substitute_state == "approved"


def test_the_same_substitute_again_stays_approved_and_another_one_waits(people):
    rule(substitutes="approved")
    operator = factories.user(role="village_operator", region=people[0].village_id)
    name_substitute(people[0], channel="phone", actor=operator)
    Enrolment.objects.filter(pk=people[0].pk).update(substitute_letter_at=NOW)
    again = name_substitute(people[0], BUDI | {"substitute_relation": "Keponakan"}, now=NOW + timedelta(hours=1))
    assert (again.substitute_state, again.substitute_letter_at) == ("approved", NOW)
    assert (again.substitute_decided_by, again.substitute_decisions.count()) == (operator, 1)
    other = name_substitute(people[0], SITI, now=NOW + timedelta(hours=2))
    assert (other.substitute_state, other.substitute_letter_at) == ("pending", None)


def test_a_substitute_who_becomes_a_head_of_the_wave_is_turned_back_and_the_head_told(people):
    second = people[0].program.waves.get(number=2)
    mover = enrol(second, 1)[0]
    named = name_substitute(
        people[0], BUDI | {"substitute_name": mover.head.name, "substitute_phone": mover.head.phone}
    )
    assert named.answer == "represented"
    move_participants(
        enrolment_ids=[mover.pk], from_wave_id=second.pk, to_wave_id=named.wave_id, actor=factories.user(), now=NOW
    )
    named.refresh_from_db()
    assert (named.answer, named.answered_at, named.substitute_state) == ("", None, "refused")
    assert named.substitute_note == "Orang ini sendiri ketua RT yang diundang ke gelombang yang sama."
    assert Message.objects.filter(kind="substitute_refused", about_id=named.pk).count() == 1
    line = AuditEvent.objects.get(action="substitute.refused")
    assert (line.actor, line.region_code) == (None, named.village_id)


def test_a_newcomer_whom_the_invitations_find_is_no_substitute_any_more(people):
    wave = people[0].wave
    name_substitute(people[0])
    factories.head(number="099", name="Budi Santoso", phone="+6281311112222")
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    people[0].refresh_from_db()
    assert (people[0].answer, people[0].substitute_state) == ("", "refused")


def test_heads_who_only_share_a_telephone_turn_nobody_back(people):
    named = name_substitute(people[0], SITI | {"substitute_phone": people[1].head.phone})
    assert turn_back_heads(named.wave, now=NOW) == 0
    named.refresh_from_db()
    assert named.answer == "represented"
