from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Enrolment, EnrolmentSuccession, RetiredPass, RTHead, WaitingPlace
from participants.told import heard_by
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.move_participants import move_participants
from participants.use_cases.promote_waiting import promote_waiting
from participants.use_cases.send_due_reminders import send_due_reminders
from programs.models import Wave
from rtportal.audit.models import AuditEvent
from rtportal.messaging import leases
from rtportal.messaging.kinds import render
from rtportal.messaging.models import InboxItem, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants import two_waves
from tests.participants.successors import invited, successor

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def holder(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("head", "wave").get(pk=enrolment.pk)


def test_the_row_stays_and_its_holder_link_and_code_change(official):
    wave = factories.wave()
    before = invited(wave, official)
    Enrolment.objects.update(group="Kelompok A", row_number=7)
    passed = successor(before.head, official)
    after = holder(before)
    assert (passed.seats, passed.invited, passed.waiting, passed.unreachable) == (1, 1, 0, 0)
    assert (after.head.name, after.group, after.row_number) == ("Nor Hayati", "Kelompok A", 7)
    assert after.link_hash != before.link_hash
    assert after.short_code != before.short_code
    dead = RetiredPass.objects.get()
    assert (dead.link_hash, dead.short_code, dead.cause) == (before.link_hash, before.short_code, "succeeded")
    one = EnrolmentSuccession.objects.get()
    assert (one.enrolment, one.from_head, one.to_head, one.actor) == (after, before.head, after.head, official)
    assert Enrolment.objects.count() == 1


def test_the_old_link_says_so_and_the_new_one_opens(official, client):
    before = invited(factories.wave(), official)
    successor(before.head, official)
    old, new = client.get(factories.personal_path(before)), client.get(factories.personal_path(holder(before)))
    assert old.status_code == 410
    assert "Hj. Nor Hayati" not in old.content.decode()
    assert new.status_code == 200
    assert "Nor Hayati" in new.content.decode()


def test_an_answer_starts_anew_and_stays_in_the_history(official):
    before = invited(factories.wave(), official)
    before.wave = Wave.objects.get()
    answer_invitation(
        enrolment=before,
        kind="represented",
        substitute_name="Rahman",
        substitute_phone="0812-5555-6666",
        substitute_relation="Sekretaris RT",
        now=NOW,
    )
    successor(before.head, official)
    after = holder(before)
    assert (after.answer, after.answered_at, after.substitute_name, after.substitute_key) == ("", None, "", "")
    assert after.answers.get().substitute_name == "Rahman"


def test_what_waits_for_the_predecessor_is_withdrawn_and_the_successor_gets_one_invitation(official):
    before = invited(factories.wave(), official)
    successor(before.head, official)
    old, new = Message.objects.order_by("pk")
    assert (old.state, old.route) == (State.WITHDRAWN, [])
    assert "beralih kepada penggantinya" in old.detail
    assert (new.state, new.recipient_name, new.address) == (State.QUEUED, "Hj. Nor Hayati, S.Pd.", "nor@rt.test")
    deliver_due_messages(now_fn=lambda: NOW)
    item = InboxItem.objects.get()
    assert item.recipient_name == "Hj. Nor Hayati, S.Pd."
    assert factories.personal_path(holder(before)) in item.body


def test_a_letter_on_paper_is_withdrawn_with_the_reason(official):
    before = invited(factories.wave(), official, email="", phone="")
    Message.objects.update(started_at=NOW)
    successor(before.head, official)
    letter = Message.objects.get(recipient_name="Ahmad Fauzi")
    assert (letter.channel, letter.state, letter.started_at) == ("letter", State.WITHDRAWN, NOW)
    assert "berganti" in letter.detail


@pytest.mark.parametrize("state", [State.ACCEPTED, State.FAILED, State.UNKNOWN, State.EXPIRED])
def test_a_message_of_the_predecessor_never_shows_the_successors_link(official, state):
    before = invited(factories.wave(), official)
    Message.objects.update(state=state, route=[["letter", "RT 001"]])
    successor(before.head, official)
    old, new = Message.objects.order_by("pk")
    assert set(render([old, new])) == {old.pk, new.pk}
    contents = render([old, new])
    assert factories.personal_path(holder(before)) in contents[new.pk].text
    assert not hasattr(contents[old.pk], "text")
    Message.objects.filter(pk=old.pk).update(state=State.FAILED)
    assert pass_on_failures(now=NOW) == 0


def test_one_in_a_workers_hands_that_is_given_back_does_not_go_out(official):
    before = invited(factories.wave(), official)
    lease = leases.claim(now=NOW, size=10)
    successor(before.head, official)
    leases.release(lease, lease.messages)
    deliver_due_messages(now_fn=lambda: NOW)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [State.EXPIRED, State.ACCEPTED]


def test_the_successor_counts_as_told_nothing(official):
    before = invited(factories.wave(), official)
    deliver_due_messages(now_fn=lambda: NOW)
    assert heard_by([before.pk])[before.pk].told
    successor(before.head, official, email="", phone="")
    assert heard_by([before.pk])[before.pk].told is None


def test_reminders_follow(official):
    wave = factories.wave()
    before = invited(wave, official)
    deliver_due_messages(now_fn=lambda: NOW)
    successor(before.head, official)
    reminder = wave.reminders.order_by("due_at").first()
    send_due_reminders(now=reminder.due_at)
    found = Message.objects.get(kind="reminder_unanswered")
    assert (found.recipient_name, found.address) == ("Hj. Nor Hayati, S.Pd.", "nor@rt.test")


def test_a_place_on_a_waiting_list_passes(official):
    first, second = two_waves.two_waves(seats=(10, 1))
    (enrolment,) = two_waves.enrol(first, 1)
    two_waves.enrol(second, 1)
    two_waves.place(enrolment, second)
    successor(enrolment.head, official)
    assert WaitingPlace.objects.get(closed_at=None).enrolment_id == enrolment.pk


def test_who_succeeds_somebody_whose_seat_was_given_away_waits_and_is_invited_with_a_seat(official):
    wave, _ = two_waves.two_waves(seats=(1, 10))
    gone, present = two_waves.enrol(wave, 2)
    two_waves.decline(gone)
    passed = successor(gone.head, official)
    after = holder(gone)
    assert (passed.waiting, passed.invited) == (1, 0)
    assert after.answer == "declined"
    assert "menunggu kursi" in after.reason
    assert WaitingPlace.objects.get().wave == wave
    two_waves.decline(present)
    assert promote_waiting(now=NOW) == 1
    assert holder(gone).answer == ""
    message = Message.objects.get()
    assert (message.kind, message.recipient_name) == ("invitation", "Hj. Nor Hayati, S.Pd.")


def test_who_succeeds_somebody_who_declined_has_the_seat_if_it_is_free(official):
    wave, _ = two_waves.two_waves(seats=(2, 10))
    gone, _ = two_waves.enrol(wave, 2)
    two_waves.decline(gone)
    assert successor(gone.head, official).waiting == 0
    assert holder(gone).answer == ""


def test_a_wave_that_has_begun_keeps_its_holder(official):
    wave = factories.wave()
    before = invited(wave, official)
    deliver_due_messages(now_fn=lambda: NOW)
    passed = successor(before.head, official, now=wave.starts_at)
    assert passed.seats == 0
    assert holder(before).head == before.head
    assert Message.objects.count() == 1


def test_whose_predecessor_is_in_the_programme_gets_no_seat_beside_them(official):
    program = factories.program()
    over = factories.wave(program=program)
    before = invited(over, official)
    successor(before.head, official, now=over.ends_at)
    again = factories.wave(program=program, number=2, areas=(factories.villages_of(MURUNG_PUDAK)[0].code,),
                           on=factories.WAVE_DAY + timedelta(days=7))  # fmt: skip
    other = factories.head(district=MURUNG_PUDAK, number="044")
    assert invite_participants(wave_id=again.pk, by=official, now=over.ends_at).new == 1
    assert Enrolment.objects.get(wave=again).head == other


def test_a_cancelled_wave_passes_silently_and_its_successor_is_invited_where_it_is_poured(official):
    first, second = two_waves.two_waves()
    (enrolment,) = two_waves.enrol(first, 1)
    Message.objects.create(
        dedupe_key=f"invitation:{enrolment.pk}", kind="invitation", channel="inbox", address="a@rt.test",
        recipient_name="A", region_code=enrolment.village_id, group=first.group, about_id=enrolment.pk,
        state="accepted", queued_at=NOW, due_at=NOW, edition=first.publication_id,
    )  # fmt: skip
    Wave.objects.filter(pk=first.pk).update(cancelled_at=NOW)
    assert successor(enrolment.head, official).invited == 0
    assert Message.objects.count() == 1
    move_participants(
        enrolment_ids=[enrolment.pk], from_wave_id=first.pk, to_wave_id=second.pk, actor=official, now=NOW
    )
    new = Message.objects.get(recipient_name="Hj. Nor Hayati, S.Pd.")
    assert (new.kind, new.group) == ("invitation", second.group)


def test_who_follows_an_absence_in_a_wave_not_open_yet_is_invited_with_everybody(official):
    program = factories.program()
    late = factories.wave(program=program, is_catch_up=True, areas=())
    past = factories.wave(program=program, number=2, on=date(2026, 2, 2))
    head = factories.head(email="ahmad@rt.test")
    absent = factories.enrolment(wave=past, head=head, superseded_at=NOW)
    follower = factories.enrolment(wave=late, head=head, follows=absent)
    assert successor(head, official).seats == 1
    assert not Message.objects.exists()
    assert (holder(absent).head, holder(follower).head.name) == (head, "Nor Hayati")
    invite_participants(wave_id=late.pk, by=official, now=NOW)
    assert Message.objects.get().recipient_name == "Hj. Nor Hayati, S.Pd."


def test_two_in_a_row_leave_one_holder_and_two_dead_links(official):
    before = invited(factories.wave(), official)
    successor(before.head, official)
    second = RTHead.objects.current().select_related("rt__village").get()
    successor(second, official, name="Budi Santoso", email="budi@rt.test")
    assert holder(before).head.name == "Budi Santoso"
    assert RetiredPass.objects.count() == EnrolmentSuccession.objects.count() == 2
    states = list(Message.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.WITHDRAWN, State.WITHDRAWN, State.QUEUED]


def test_the_history_of_the_wave_says_who_is_told_nothing_more(official):
    wave = factories.wave()
    before = invited(wave, official)
    successor(before.head, official)
    sentence = AuditEvent.objects.get(action="invitation.succeeded", subject=wave.group).sentence
    assert "Ahmad Fauzi → Hj. Nor Hayati, S.Pd." in sentence
    assert "tidak dikirimi apa-apa lagi" in sentence


def test_a_replaced_head_is_no_newcomer_of_an_open_wave(official):
    wave = factories.wave()
    before = invited(wave, official)
    successor(before.head, official)
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW).new == 0


def test_three_hundred_cost_as_many_statements_as_three(official):
    from participants.succession import hand_over

    def statements(count: int, district: str) -> int:
        heads = factories.heads(count, district=district)
        wave = factories.wave(areas=(district,))
        invite_participants(wave_id=wave.pk, by=official, now=NOW)
        RTHead.objects.filter(pk__in=[head.pk for head in heads]).update(is_current=False)
        new = RTHead.objects.bulk_create(
            RTHead(rt=head.rt, name=f"Baru {n}", email=f"baru{n}@rt.test") for n, head in enumerate(heads)
        )
        with CaptureQueriesContext(connection) as queries:
            assert hand_over(new, by=official, now=NOW).invited == count
        return len(queries)

    few, many = statements(3, JARO), statements(60, MURUNG_PUDAK)
    # SQLite takes some 30 rows in one statement.
    assert many <= few + (0 if connection.vendor == "postgresql" else 12)
