"""Each enrolment has a short code of its own."""

from itertools import chain, repeat

import pytest
from django.db import IntegrityError

from participants.models import Enrolment, RetiredPass
from participants.short_codes import give_codes, insert_with_codes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave()


def fresh(wave, heads):
    return [
        Enrolment(
            program_id=wave.program_id,
            wave=wave,
            head=head,
            rt_id=head.rt_id,
            village_id=head.rt.village_id,
            invited_at=factories.NOW,
            link_hash=f"{head.pk}",
        )
        for head in heads
    ]


def one_after_the_other(*codes):
    left = chain(codes, repeat("ZZZZZZ"))
    return lambda: next(left)


def test_everybody_gets_a_code(wave):
    made = insert_with_codes(fresh(wave, factories.heads(30)))
    assert len({one.short_code for one in made}) == 30
    assert all(one.pk and len(one.short_code) == 6 for one in made)


def test_a_code_that_somebody_has_is_replaced_by_another(wave):
    factories.enrolment(wave=wave, short_code="AAAAAA")
    two = fresh(wave, factories.heads(2, district=factories.JARO))
    insert_with_codes(two, make=one_after_the_other("AAAAAA", "BBBBBB", "CCCCCC"))
    assert [one.short_code for one in two] == ["CCCCCC", "BBBBBB"]


def test_two_that_got_the_same_code_at_once_differ_in_the_end(wave):
    two = fresh(wave, factories.heads(2))
    insert_with_codes(two, make=one_after_the_other("AAAAAA", "AAAAAA", "BBBBBB"))
    assert [one.short_code for one in two] == ["AAAAAA", "BBBBBB"]


def test_what_is_there_twice_for_another_reason_is_not_hidden(wave):
    known = factories.enrolment(wave=wave)
    with pytest.raises(IntegrityError):
        insert_with_codes(fresh(wave, [known.head]))


def test_another_code_takes_the_place_of_the_old_one(wave):
    factories.enrolment(wave=wave, short_code="AAAAAA")
    other = factories.enrolment(wave=wave, head=factories.head(number="002"), short_code="BBBBBB")
    give_codes([other], make=one_after_the_other("AAAAAA", "CCCCCC"))
    other.refresh_from_db()
    assert other.short_code == "CCCCCC"


def test_a_code_that_died_is_never_given_again(wave):
    known = factories.enrolment(wave=wave, short_code="AAAAAA")
    RetiredPass.objects.create(
        enrolment=known, link_hash="dead", short_code="BBBBBB", cause=RetiredPass.Cause.REISSUED, at=factories.NOW
    )
    [made] = insert_with_codes(
        fresh(wave, [factories.head(number="002")]), make=one_after_the_other("BBBBBB", "CCCCCC")
    )
    assert made.short_code == "CCCCCC"
    give_codes([known], make=one_after_the_other("BBBBBB", "CCCCCC", "DDDDDD"))
    assert Enrolment.objects.get(pk=known.pk).short_code == "DDDDDD"
