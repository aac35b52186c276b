"""An operator accepts a correction in the very moment in which a roster is applied: neither undoes the other."""

from threading import Thread

import pytest
from django.db import connection

from participants.models import DataCorrection, RTHead
from participants.use_cases.apply_roster import apply_roster
from participants.use_cases.decide_correction import decide_correction
from participants.use_cases.request_correction import request_correction
from tests import factories
from tests.factories import NOW
from tests.participants import rosters

pytestmark = [pytest.mark.row_locks, pytest.mark.django_db(transaction=True)]


def test_what_was_accepted_while_a_roster_was_written_stays():
    factories.regions()
    rosters.applied(rosters.xlsx([rosters.row(phone="0812-3456-7890")]))
    head = rosters.current()
    enrolment = factories.enrolment(wave=factories.wave(), head=head)
    wish = {"name": head.full_name, "phone": "0813-1111-2222", "email": "", "note": ""}
    correction = request_correction(enrolment=enrolment, now=NOW, **wish)
    official = factories.user()
    waiting = rosters.approved(rosters.xlsx([rosters.row(email="rt05@contoh.id")]))
    waiting.lease_until = NOW
    waiting.save(update_fields=["lease_until"])

    def accept() -> None:
        try:
            decide_correction(correction=correction, is_accepted=True, note="", by=official, now=NOW)
        finally:
            connection.close()

    deciding = Thread(target=accept)

    def watch(execute, sql, params, many, context):
        # The rows were read; they are about to be written back whole.
        if sql.startswith('INSERT INTO "participants_rthead"') and not deciding.ident:
            deciding.start()
            deciding.join(0.5)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert apply_roster(roster_import=waiting, now=NOW)
    deciding.join()
    head = RTHead.objects.get()
    assert (head.phone, head.email) == ("+6281311112222", "rt05@contoh.id")
    assert DataCorrection.objects.get().state == "accepted"
