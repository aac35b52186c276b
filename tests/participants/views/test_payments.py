"""The page of payments."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Payment
from programs.models import Wave
from rtportal.lib import clock
from sessions.models import SpeakerFee, TrainingSession
from sessions.queries.speaker_fees import fee_mark
from tests import factories
from tests.participants.certified import attended
from tests.participants.papers import enrol_many
from tests.participants.spj import held_wave, paid, pays

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    factories.regions(factories.MURUNG_PUDAK, factories.JARO)
    wave, people, official = held_wave(count=3, came=2)
    ended = clock.now() - timedelta(days=1)
    Wave.objects.update(starts_at=ended - timedelta(hours=7), ends_at=ended)
    pays(wave)
    client.force_login(official)
    return wave, people


def at(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_lists_who_came_and_pays_all_but_the_exceptions(world, client):
    wave, people = world
    page = text(client.get(at("payment_list", wave.pk)))
    assert people[0].head.name in page
    assert people[2].head.name not in page
    response = client.post(at("payments_record", wave.pk), {"kecuali": people[1].pk}, follow=True)
    assert "Uang transpor 1 orang dicatat sudah dibayar." in text(response)
    assert list(Payment.objects.values_list("enrolment", flat=True)) == [people[0].pk]
    assert people[0].head.name not in text(client.get(at("payment_list", wave.pk) + "?keadaan=belum"))


def test_a_hundred_who_came_cost_as_many_queries_as_two(world, client):
    wave, _ = world
    url, session = at("payment_list", wave.pk), TrainingSession.objects.get()
    by = factories.user(email="lain@dpmd.test")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    attended(session, *enrol_many(wave, factories.heads(100, district=factories.JARO, with_email=False)), by=by)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_one_payment_is_taken_back(world, client):
    wave, people = world
    client.post(at("payments_record", wave.pk), {"peserta": people[0].pk})
    response = client.post(at("payment_take_back", Payment.objects.get().pk), follow=True)
    assert f"Catatan pembayaran {people[0].head.full_name} dibatalkan." in text(response)
    assert not Payment.objects.exists()


@pytest.mark.parametrize("typed", ["x", "", "9" * 30, "\0"])
def test_somebody_who_is_nobody_is_not_paid(world, client, typed):
    assert client.post(at("payments_record", world[0].pk), {"peserta": typed}).status_code == 404
    assert not Payment.objects.exists()


@pytest.fixture
def speaker(world):
    who = factories.speaker()
    TrainingSession.objects.get().session_speakers.create(speaker=who, status="confirmed")
    return who


def fee(speaker, amount: str, tax: str = "5", **more) -> dict[str, str]:
    """What the form sends, on top of what stands written down."""
    seen = fee_mark(SpeakerFee.objects.filter(speaker=speaker).first())
    typed = {"amount": amount, "tax_percent": tax, "seen": seen} | more
    return {f"honor-{speaker.pk}-{name}": value for name, value in typed.items()}


def test_a_fee_is_shown_as_people_write_it_and_sent_back_the_same(world, speaker, client):
    wave, _ = world
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, "1500000", "2.5"))
    page = text(client.get(at("payment_list", wave.pk)))
    assert 'value="1.500.000"' in page
    assert 'value="2,5"' in page
    response = client.post(at("speaker_fees_set", wave.pk), fee(speaker, "1.500.000", "2,5"), follow=True)
    assert "Tidak ada honor yang berubah." in text(response)


def test_a_fee_is_written_as_people_write_money_and_paid(world, speaker, client):
    wave, _ = world
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, "Rp1.500.000", "2,5"))
    row = SpeakerFee.objects.get()
    assert (row.amount, str(row.tax_percent), row.paid_at) == (1_500_000, "2.50", None)
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, "1500000", "2.5", is_paid="on"))
    row.refresh_from_db()
    assert row.paid_at
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, ""))
    assert not SpeakerFee.objects.exists()


@pytest.mark.parametrize(("amount", "tax"), [("banyak", "5"), ("-5", "5"), ("9" * 30, "5"), ("1", "99"), ("1", "a")])
def test_a_fee_that_is_no_money_is_refused_beside_its_field(world, speaker, client, amount, tax):
    response = client.post(at("speaker_fees_set", world[0].pk), fee(speaker, amount, tax))
    assert response.status_code == 422
    assert "invalid-feedback" in text(response)
    assert not SpeakerFee.objects.exists()


def test_a_fee_that_somebody_else_changed_meanwhile_is_not_written_over(world, speaker, client):
    wave, _ = world
    stale = fee(speaker, "900000")
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, "1500000"))
    response = client.post(at("speaker_fees_set", wave.pk), stale)
    assert response.status_code == 422
    assert "baru saja diubah petugas lain" in text(response)
    assert SpeakerFee.objects.get().amount == 1_500_000


def test_a_speaker_whom_the_sent_page_did_not_know_keeps_the_fee(world, speaker, client):
    wave, _ = world
    client.post(at("speaker_fees_set", wave.pk), fee(speaker, "1500000"))
    client.post(at("speaker_fees_set", wave.pk), {})
    assert SpeakerFee.objects.get().amount == 1_500_000


def test_a_payment_in_another_village_is_not_there_for_an_operator_and_one_in_their_own_is_not_theirs_to_take_back(
    world, client
):
    _, people = world
    payment = paid(people[0], by=factories.user(email="lain@dpmd.test"))
    for region, status in ((factories.JARO, 404), (factories.MURUNG_PUDAK, 403)):
        client.force_login(factories.user(role="district_operator", region=region, email=f"{region}@dpmd.test"))
        assert client.post(at("payment_take_back", payment.pk)).status_code == status
    assert Payment.objects.exists()
