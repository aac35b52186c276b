"""Transport money."""

import pytest

from participants.models import Enrolment, Payment
from participants.queries.payments import payment_totals
from participants.queries.reconciliation import wave_numbers
from participants.use_cases.record_payments import record_payments
from participants.use_cases.take_back_payment import take_back_payment
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from rtportal.documents.registry import open_export
from rtportal.lib.numbers import rupiah
from tests import factories
from tests.participants.certified import after
from tests.participants.spj import held_wave, pays

pytestmark = pytest.mark.django_db


def test_everybody_who_came_is_paid_once_and_nobody_else():
    wave, people, official = held_wave(count=4, came=3)
    pays(wave, 100_000, "2.5")
    made = record_payments(wave=wave, by=official, now=after(wave))
    assert {one.enrolment_id for one in made} == {person.pk for person in people[:3]}
    assert {(one.amount, one.tax) for one in made} == {(100_000, 2_500)}
    assert record_payments(wave=wave, by=official, now=after(wave)) == []
    assert Payment.objects.count() == 3
    totals = payment_totals(wave, official)
    assert (totals.came, totals.paid, totals.unpaid, totals.net) == (3, 3, 0, 292_500)
    line = AuditEvent.objects.get(subject=wave.group)
    assert "3 orang, seluruhnya Rp300.000" in line.sentence


def test_page_receipt_and_reconciliation_agree_on_who_came_and_who_was_paid():
    wave, people, official = held_wave(count=5, came=4)
    pays(wave)
    record_payments(wave=wave, by=official, now=after(wave), leave_out=[people[0].pk])
    totals = payment_totals(wave, official)
    numbers = wave_numbers(wave, official, now=after(wave)).total
    receipt = open_export("tanda-terima-transpor", user=official, params={"wave": wave.pk})
    assert (totals.came, totals.paid) == (numbers.came, numbers.paid) == (4, 3)
    assert receipt.count() == len(receipt.data(after(wave))["rows"]) == 3
    assert receipt.data(after(wave))["amount"] == rupiah(totals.amount)


def test_those_left_out_stay_unpaid_and_may_be_paid_alone_later():
    wave, people, official = held_wave(count=3, came=3)
    pays(wave)
    record_payments(wave=wave, by=official, now=after(wave), leave_out=[people[0].pk])
    assert not Payment.objects.filter(enrolment=people[0]).exists()
    [one] = record_payments(wave=wave, by=official, now=after(wave), only=[people[0].pk, people[1].pk])
    assert one.enrolment_id == people[0].pk


def test_the_substitute_who_came_signs_for_the_money():
    wave, _people, official = held_wave(count=1, came=1)
    pays(wave)
    Enrolment.objects.update(answer="represented", answered_at=factories.NOW, substitute_name="Budi Santoso")
    [one] = record_payments(wave=wave, by=official, now=after(wave))
    assert one.received_by == "Budi Santoso"


def test_what_was_paid_stays_when_the_amount_changes():
    wave, people, official = held_wave(count=2, came=2)
    settings = pays(wave, 100_000)
    record_payments(wave=wave, by=official, now=after(wave), only=[people[0].pk])
    settings.transport_amount = 150_000
    settings.save()
    record_payments(wave=wave, by=official, now=after(wave))
    assert list(Payment.objects.order_by("amount").values_list("amount", flat=True)) == [100_000, 150_000]


def test_a_payment_is_taken_back_once():
    wave, _people, official = held_wave(count=1, came=1)
    pays(wave)
    [one] = record_payments(wave=wave, by=official, now=after(wave))
    payment = Payment.objects.select_related("enrolment__wave__program").get(pk=one.pk)
    assert take_back_payment(payment=payment, by=official, now=after(wave))
    assert not take_back_payment(payment=payment, by=official, now=after(wave))
    assert Payment.objects.count() == 0
    assert AuditEvent.objects.filter(action="payment.taken_back").count() == 1


def test_nothing_is_paid_without_an_amount_before_the_day_or_for_a_cancelled_wave():
    wave, _, official = held_wave()
    with pytest.raises(Refusal, match="belum diisi"):
        record_payments(wave=wave, by=official, now=after(wave))
    pays(wave)
    with pytest.raises(Refusal, match="belum dimulai"):
        record_payments(wave=wave, by=official, now=factories.NOW)
    wave.__class__.objects.update(cancelled_at=factories.NOW)
    with pytest.raises(Refusal, match="dibatalkan"):
        record_payments(wave=wave, by=official, now=after(wave))
    assert Payment.objects.count() == 0
