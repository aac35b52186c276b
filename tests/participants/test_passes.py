"""Links and codes that die together and are never given again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.links import hash_of
from participants.models import Enrolment, RetiredPass
from participants.passes import renew_passes
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_many_passes_are_renewed_with_as_many_statements_as_one():
    factories.regions()
    wave = factories.wave()
    people = [factories.enrolment(wave=wave, head=head) for head in factories.heads(9)]
    former = {one.pk: (one.link_hash, one.short_code) for one in people}
    counts = []
    for some in (people[:1], people[1:]):
        with CaptureQueriesContext(connection) as queries:
            renew_passes(some, cause=RetiredPass.Cause.SUCCEEDED, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    dead = RetiredPass.objects.filter(cause="succeeded").values_list("enrolment", "link_hash", "short_code")
    assert {pk: tuple(marks) for pk, *marks in dead} == former
    for row in Enrolment.objects.all():
        assert row.link_hash == hash_of(row.link_id)
        assert (row.link_hash, row.short_code) != former[row.pk]


def test_a_new_link_begins_with_all_tries_at_the_last_digits():
    factories.regions()
    guessed = factories.enrolment(wave=factories.wave(), head=factories.head(), wrong_digits=5, digits_again_at=NOW)
    renew_passes([guessed], cause=RetiredPass.Cause.REISSUED, now=NOW)
    row = Enrolment.objects.get()
    assert (row.wrong_digits, row.digits_again_at) == (0, None)
