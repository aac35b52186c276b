"""Fees of the speakers of a wave."""

from datetime import timedelta
from decimal import Decimal

import pytest

from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from sessions.models import SpeakerFee
from sessions.queries.speaker_fees import fee_mark
from sessions.use_cases.set_speaker_fees import FeeWish, set_speaker_fees
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    factories.regions()
    wave, speaker = factories.wave(), factories.speaker()
    factories.session(wave=wave, speakers=[speaker])
    return wave, speaker, factories.user()


def say(world, amount: int, *, is_paid: bool = False, now=NOW) -> int:
    wave, speaker, official = world
    seen = fee_mark(SpeakerFee.objects.filter(speaker=speaker).first())
    wish = FeeWish(speaker.pk, amount, Decimal("2.5"), is_paid, seen)
    return set_speaker_fees(wave=wave, wishes=[wish], by=official, now=now)


def test_the_same_twice_is_written_and_told_once(world):
    assert (say(world, 1_500_000), say(world, 1_500_000)) == (1, 0)
    event = AuditEvent.objects.get(action="speaker_fees.set")
    assert "Kepala BNNK Tabalong Rp1.500.000, belum dibayar" in event.sentence


def test_when_it_was_paid_stays_when_the_amount_is_corrected(world):
    say(world, 1_500_000, is_paid=True)
    say(world, 1_400_000, is_paid=True, now=NOW + timedelta(days=1))
    fee = SpeakerFee.objects.get()
    assert (fee.amount, fee.paid_at) == (1_400_000, NOW)


def test_nothing_cannot_be_paid_and_strangers_get_no_fee(world):
    with pytest.raises(Refusal, match="Isi jumlah honor"):
        say(world, 0, is_paid=True)
    wave, _, official = world
    stranger = factories.speaker(position="Orang lain")
    with pytest.raises(Refusal, match="tidak ada pada agenda"):
        set_speaker_fees(wave=wave, wishes=[FeeWish(stranger.pk, 1, Decimal(0), False, "-")], by=official, now=NOW)
    assert not SpeakerFee.objects.exists()
