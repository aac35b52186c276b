"""The two events of the demo, as the press reported them."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from participants.management.demo.facts import SYNTHETIC, TABALONG
from participants.models import Attendance, AttendanceEvent, DataCorrection, Enrolment, RTHead
from participants.queries.clashes import clashes_of
from participants.queries.head_counts import head_counts
from participants.queries.paper_differences import open_differences
from programs.clash import DAY, RAMADAN
from programs.models import CommitteeMember, Program, Signatory, SpecialDay, Wave
from rtportal.lib import clock
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def load():
    factories.regions()
    return lambda: call_command("demo", stdout=io.StringIO())


def test_two_real_events_stand_in_the_database(load):
    load()
    past, live, planned = Program.objects.filter(region=factories.TABALONG).order_by("pk")
    first_days = [wave.local_day for wave in past.waves.all()]
    assert first_days == [date(2023, 11, 8), date(2023, 11, 15), date(2023, 11, 29)]
    first, second, third = [wave.local_day for wave in live.waves.all()]
    assert first.weekday() == 2
    assert timedelta(14) <= first - clock.local_date(clock.now(), "WITA") < timedelta(21)
    assert (second - first, third - first) == (timedelta(7), timedelta(21))

    wave = past.waves.get(number=1)
    areas = [area.code for area in wave.areas.order_by("code")]
    assert head_counts(areas) == {"63.09.06": 143, "63.09.07": 123, "63.09.11": 71}
    assert Enrolment.objects.filter(program=past).count() == 951
    assert wave.enrolments.count() == 337
    assert Attendance.objects.filter(enrolment__wave=wave).exists()
    assert live.waves.filter(invitations_opened_at=None).count() == 3
    [plan] = planned.plans.all()
    assert (plan.result["is_optimal"], planned.waves.count()) == (True, 0)

    retreat = Wave.objects.get(program__region=factories.JAMBI)
    assert retreat.program.seats_per_head == 2
    assert retreat.enrolments.count() == 1_650
    [unsure] = SessionSpeaker.objects.filter(session__wave=retreat, status="tentative")
    assert str(unsure.speaker) == "Wakil Menteri Dalam Negeri"
    # The same people teach both programmes, but never at the same time.
    # Its days count from today, so a holiday may well lie on one of them.
    clashes = [clash for wave in Wave.objects.all() for clash in clashes_of(wave) if clash.kind not in {DAY, RAMADAN}]
    assert [clash.sentence for clash in clashes] == []


def test_the_door_of_the_first_wave_shows_what_happens_at_one(load):
    load()
    wave = Wave.objects.get(number=1, starts_at__year=2023)
    opening = wave.training_sessions.first()
    assert [desk.name for desk in wave.door_devices.all()] == ["Meja 1", "Meja 2"]
    doubts = AttendanceEvent.objects.filter(wave=wave, settled_at=None).exclude(problem="")
    assert sorted(doubts.values_list("problem", flat=True)) == ["double", "unknown"]
    assert set(wave.walk_ins.values_list("enrolment", "dropped_at")) == {(None, None)}
    present = Attendance.objects.filter(session=opening).count()
    confirmed = wave.enrolments.filter(answer=Enrolment.AnswerKind.CONFIRMED).count()
    assert 0 < present < confirmed
    # One signed whom no desk saw, and one who came forgot to sign.
    assert opening.paper_sheet.lines.filter(is_signed=True).count() == present
    assert open_differences(opening.paper_sheet, opening).count() == 2


def test_one_correction_waits_for_the_office(load):
    load()
    [correction] = DataCorrection.objects.waiting()
    assert correction.village_id.startswith(factories.TABALONG)
    assert timedelta() < correction.due_at - clock.now() < DataCorrection.TIME_TO_DECIDE


def test_both_regions_have_their_holidays(load):
    load()
    regions = SpecialDay.objects.filter(kind=SpecialDay.Kind.NATIONAL).values_list("region_id", flat=True)
    assert set(regions) == {"63.09", "15.71"}


def test_made_up_people_and_figures_are_marked_as_such(load):
    load()
    assert not RTHead.objects.filter(is_synthetic=False).exists()
    assert Counter(row.basis == SYNTHETIC for row in TABALONG) == {True: 9, False: 3}
    signatories, committee = Signatory.objects.all(), CommitteeMember.objects.all()
    assert all("(contoh)" in one.name and not one.nip for one in (*signatories, *committee))
    assert (len(signatories), len(committee)) == (3, 15)


def test_no_worker_has_an_address_to_which_it_could_really_send(load):
    load()
    assert Message.objects.exists()
    sent_by_workers = Message.objects.exclude(channel__in=["manual", "letter"])
    assert all(message.address.endswith(".invalid") for message in sent_by_workers)
    assert not Message.objects.filter(kind="invitation", is_synthetic=False).exists()
    assert not RTHead.objects.exclude(email="").exclude(email__endswith=".invalid").exists()


def test_a_second_time_changes_nothing(load):
    load()
    before = Message.objects.count()
    load()
    assert Message.objects.count() == before


def test_it_is_not_mixed_with_real_programmes(load):
    factories.program()
    with pytest.raises(CommandError, match="program sungguhan"):
        load()
