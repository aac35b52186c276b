from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from participants.links import hash_of
from participants.models import Enrolment, Reminder
from participants.use_cases.invite_participants import InvitationRefused, Invited, invite_participants
from programs.models import Program, Wave, WaveArea
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import InboxItem, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.open_task import open_task
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def test_every_current_head_of_the_areas_is_enrolled_and_written_to(official):
    heads = factories.heads(6)
    factories.heads(2, district=JARO)
    wave = factories.wave()
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW) == Invited(new=6, unreachable=0, already=0)
    enrolments = Enrolment.objects.filter(wave=wave)
    assert {one.head_id for one in enrolments} == {head.pk for head in heads}
    assert all(one.link_hash == hash_of(one.link_id) and one.village_id == one.head.rt.village_id for one in enrolments)
    messages = Message.objects.all()
    assert {(m.dedupe_key, m.about_id) for m in messages} == {(f"invitation:{one.pk}", one.pk) for one in enrolments}
    assert {(m.kind, m.group, m.expires_at, m.state) for m in messages} == {
        ("invitation", f"wave:{wave.pk}", wave.starts_at, "queued")
    }
    wave.refresh_from_db()
    assert wave.invitations_opened_at == NOW
    assert Reminder.objects.filter(wave=wave, state="pending").count() == 3


def test_a_head_without_an_address_is_told_by_an_operator_and_one_without_a_telephone_gets_a_letter(official):
    factories.heads(1)
    factories.head(number="900", email="")
    factories.head(number="901", email="", phone="")
    wave = factories.wave()
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW) == Invited(new=3, unreachable=0, already=0)
    assert Counter(Message.objects.values_list("channel", "state")) == {
        ("inbox", "queued"): 1,
        ("manual", "task"): 1,
        ("letter", "task"): 1,
    }
    assert [name for name, _ in Message.objects.get(channel="inbox").route] == ["manual", "letter"]


def test_a_head_whom_no_channel_of_the_chain_reaches_is_enrolled_and_counted_as_unreachable(official):
    factories.heads(2)
    unreachable = factories.head(number="900", email="")
    wave = factories.wave(program=factories.program(reach_chain=["inbox"]))
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW) == Invited(new=3, unreachable=1, already=0)
    enrolment = Enrolment.objects.get(head=unreachable)
    assert not Message.objects.filter(about_id=enrolment.pk).exists()


def test_inviting_again_only_adds_newcomers(official):
    factories.heads(4)
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=official, now=NOW)
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW) == Invited(new=0, unreachable=0, already=4)
    factories.head(number="900", email="baru@rt.test")
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW) == Invited(new=1, unreachable=0, already=4)
    assert Message.objects.count() == Enrolment.objects.count() == 5
    sentences = list(AuditEvent.objects.filter(subject=wave.group).values_list("sentence", flat=True))
    assert len(sentences) == 2
    assert sentences[-1] == (
        "Undangan Gelombang 1 dibuka: 4 ketua RT diundang, 4 mempunyai saluran, 0 tidak dapat dihubungi."
    )


def test_a_head_enrolled_in_another_wave_of_the_programme_stays_there(official):
    head, *_ = factories.heads(3)
    program = factories.program()
    other = factories.wave(program=program, number=2, areas=(JARO,))
    factories.enrolment(wave=other, head=head)
    wave = factories.wave(program=program)
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW).new == 2
    assert Enrolment.objects.get(head=head).wave == other


def test_a_former_head_is_not_invited(official):
    factories.heads(1)
    factories.head(number="900", is_current=False, email="lama@rt.test")
    wave = factories.wave()
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW).new == 1


def assert_refused(wave, official, now, words: str) -> None:
    with pytest.raises(InvitationRefused, match=words):
        invite_participants(wave_id=wave.pk, by=official, now=now)
    wave.refresh_from_db()
    assert wave.invitations_opened_at is None
    assert not Enrolment.objects.exists()
    assert not Message.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_wave_without_areas_is_refused(official):
    assert_refused(factories.wave(areas=()), official, NOW, "belum mempunyai wilayah")


def test_areas_without_heads_are_refused(official):
    assert_refused(factories.wave(), official, NOW, "Belum ada ketua RT")


def test_a_wave_that_has_begun_is_refused(official):
    factories.heads(1)
    wave = factories.wave()
    assert_refused(wave, official, wave.starts_at, "sudah dimulai")


def test_seats_beyond_the_capacity_must_be_acknowledged_first(official):
    factories.heads(6)
    wave = factories.wave(venue=factories.venue(capacity=5))
    assert_refused(wave, official, NOW, "Dibutuhkan 6 kursi")
    wave.seats_acknowledged = 6
    wave.save()
    assert invite_participants(wave_id=wave.pk, by=official, now=NOW).new == 6


def test_companions_need_seats_too(official):
    factories.heads(3)
    program = factories.program(companions=Program.Companions.REQUIRED)
    assert_refused(
        factories.wave(program=program, venue=factories.venue(capacity=5)), official, NOW, "Dibutuhkan 6 kursi"
    )


def count_queries(official, heads: int, district: str) -> int:
    factories.heads(heads, district=district)
    wave = factories.wave(areas=(district,))
    with CaptureQueriesContext(connection) as queries:
        invite_participants(wave_id=wave.pk, by=official, now=NOW)
    return len(queries)


def test_a_wave_of_twenty_costs_as_many_statements_as_a_wave_of_two(official):
    # SQLite takes some 30 messages in one statement.
    assert count_queries(official, 2, JARO) == count_queries(official, 20, MURUNG_PUDAK)


def at_once(count: int, work) -> list:
    """Results of `work(index)` in that many threads that start together, each with a connection of its own."""
    barrier, results = Barrier(count), [None] * count

    def run(index: int) -> None:
        barrier.wait()
        try:
            results[index] = work(index)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_officials_clicking_at_once_enrol_everybody_once(official):
    factories.heads(20)
    wave = factories.wave()
    results = at_once(4, lambda _: invite_participants(wave_id=wave.pk, by=official, now=NOW))
    assert sorted(result.new for result in results) == [0, 0, 0, 20]
    assert Enrolment.objects.count() == Message.objects.count() == 20
    assert Reminder.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_waves_of_a_programme_opened_at_once_never_share_a_head(official):
    factories.heads(20)
    program = factories.program()
    whole = factories.wave(program=program)
    village = factories.villages_of(MURUNG_PUDAK)[0].code
    part = factories.wave(program=program, number=2, areas=(village,))
    assert WaveArea.objects.count() == 2
    waves = [whole, part]

    def open_wave(index: int):
        try:
            return invite_participants(wave_id=waves[index].pk, by=official, now=NOW).new
        except InvitationRefused:
            return 0

    assert sum(at_once(2, open_wave)) == 20
    assert Enrolment.objects.count() == Message.objects.count() == 20


def test_nobody_is_invited_to_a_draft_or_a_cancelled_wave(db):
    factories.regions()
    factories.heads(2)
    draft = factories.wave(published=False)
    with pytest.raises(InvitationRefused, match="masih draf"):
        invite_participants(wave_id=draft.pk, by=factories.user(), now=NOW)
    factories.publish(draft)
    Wave.objects.filter(pk=draft.pk).update(cancelled_at=NOW)
    with pytest.raises(InvitationRefused, match="sudah dibatalkan"):
        invite_participants(wave_id=draft.pk, by=factories.user(), now=NOW)
    assert not Enrolment.objects.exists()


def test_heads_who_share_an_address_or_a_telephone_are_each_told_with_their_own_name_and_link(official):
    """Families do: husband and wife head neighbouring units."""
    shared = {"email": "keluarga@rt.test", "phone": "+6281234567890"}
    pair = [
        factories.head(number=number, name=name, **shared) for number, name in (("001", "Ahmad"), ("002", "Aminah"))
    ]
    by_phone = [
        factories.head(number=number, email="", name=name) for number, name in (("003", "Budi"), ("004", "Bunga"))
    ]
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=official, now=NOW)
    deliver_due_messages(now_fn=lambda: NOW)
    received = list(InboxItem.objects.filter(address="keluarga@rt.test"))
    assert {item.recipient_name for item in received} == {head.full_name for head in pair}
    for item in received:
        enrolment = Enrolment.objects.get(head__name=item.recipient_name)
        assert item.recipient_name in item.body
        assert factories.personal_path(enrolment) in item.body
    opened = open_task(region_code=factories.TABALONG, by=official, now=NOW)
    assert {message.recipient_name for message in opened.messages} == {head.full_name for head in by_phone}
    assert all(message.recipient_name in opened.contents[message.pk].text for message in opened.messages)
