"""The numbers of the delivery board."""

from datetime import timedelta

import pytest

from rtportal.messaging.board import board_of
from rtportal.messaging.models import ChannelState, Message
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db


def board(now=NOW):
    return board_of(Message.objects.all(), zone="WITA", now=now)


def parts(one) -> dict[str, dict[str, int]]:
    return {bar.channel: {part.state: part.count for part in bar.parts} for bar in one.bars}


def test_bars_count_every_message_once_by_channel_and_state():
    queue(1, 2, 3), queue(4, channel="manual", address="+62812")
    queue(5, due_at=NOW + timedelta(hours=2)), queue(6, due_at=NOW + timedelta(hours=3))
    Message.objects.filter(about_id=1).update(state="read", closed_at=NOW)
    Message.objects.filter(about_id=2).update(state="failed", failure="address", closed_at=NOW)
    Message.objects.filter(about_id=5).update(hold="quiet")
    found = board()
    assert parts(found) == {
        "inbox": {"read": 1, "queued": 1, "held": 1, "planned": 1, "failed": 1},
        "manual": {"task": 1},
    }
    assert found.total == Message.objects.count()
    [inbox, _] = found.bars
    assert sum(part.width for part in inbox.parts) == pytest.approx(100, abs=0.1)
    assert found.tasks == 1


def test_it_says_until_when_messages_are_held_and_which_waits_longest():
    [old, _] = queue(1, 2)
    Message.objects.filter(pk=old.pk).update(due_at=NOW - timedelta(minutes=20))
    queue(3, 4, due_at=NOW + timedelta(hours=8))
    Message.objects.filter(about_id=4).update(due_at=NOW + timedelta(hours=9))
    Message.objects.filter(about_id__in=[3, 4]).update(hold="quiet")
    found = board()
    [held] = found.held
    assert (held.count, held.first_at, held.last_at) == (2, NOW + timedelta(hours=8), NOW + timedelta(hours=9))
    assert found.oldest == old
    # Once the hours have come, they are simply due.
    assert board(NOW + timedelta(hours=10)).held == []


def test_reasons_are_told_in_words_the_most_frequent_first():
    queue(*range(1, 5))
    Message.objects.filter(about_id__lte=3).update(state="failed", failure="address", detail="Tidak ada alamat itu.")
    Message.objects.filter(about_id=4).update(state="expired", detail="Terlambat.")
    first, second = board().reasons
    assert (first.count, first.words) == (3, "alamat atau nomor tidak dapat dipakai")
    assert first.example == "Tidak ada alamat itu."
    assert (second.count, second.words) == (1, "terlambat")


def test_channels_that_rest_or_fail_are_told():
    ChannelState.objects.create(channel="email", unavailable_since=NOW, detail="Kata sandi ditolak.")
    ChannelState.objects.create(channel="inbox", paused_until=NOW + timedelta(hours=1), pause_reason="Anggaran habis.")
    ChannelState.objects.create(channel="letter", paused_until=NOW - timedelta(hours=1))
    email, inbox = board().troubles
    assert (email.label, email.unavailable_since, email.words) == ("E-mail", NOW, "Kata sandi ditolak.")
    assert (inbox.paused_until, inbox.words) == (NOW + timedelta(hours=1), "Anggaran habis.")


def test_it_costs_the_same_for_one_message_as_for_many(django_assert_num_queries):
    queue(1)
    with django_assert_num_queries(4):
        board()
    queue(*range(2, 60)), queue(*range(60, 80), channel="manual", address="+62812")
    with django_assert_num_queries(4):
        board()


def test_of_nothing_there_is_nothing():
    factories.regions()
    found = board()
    assert (found.total, found.bars, found.oldest, found.tasks) == (0, [], None, 0)
