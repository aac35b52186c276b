"""An agenda is replaced while somebody is marked present in it: one of both happens, nothing breaks."""

from datetime import time
from time import sleep

import pytest

from participants.models import Attendance
from participants.use_cases.mark_attendance import mark_attendance
from rtportal.lib.errors import InputError
from sessions.use_cases.copy_agenda import copy_agenda
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.infra.together import together

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS, PAUSE = 12, 0.003


def test_an_agenda_in_which_somebody_is_marked_at_that_moment_stays_or_goes_before():
    factories.regions(MURUNG_PUDAK)
    official = factories.user()
    source = factories.wave(areas=())
    factories.session(wave=source, title="Baru")
    for number in range(ROUNDS):
        wave = factories.wave(program=source.program, number=number + 2, areas=())
        old = [factories.session(wave=wave, title="Lama", starts=time(8 + hour)) for hour in range(3)]
        person = factories.enrolment(wave=wave, head=factories.head(number=f"{number:03d}"))

        def copying(wave=wave):
            return copy_agenda(from_wave=source, to_waves=[wave], replace=[wave.pk], actor=official, now=NOW)

        def marking(session=old[-1], person=person, later=number * PAUSE):
            sleep(later)
            return mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)

        answers = together(copying, marking)
        assert not [one for one in answers if isinstance(one, Exception) and not isinstance(one, InputError)], answers
        titles = set(wave.training_sessions.values_list("title", flat=True))
        is_marked = Attendance.objects.filter(enrolment=person).exists()
        assert titles == ({"Lama"} if is_marked else {"Baru"})
