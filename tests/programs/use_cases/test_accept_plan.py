import threading
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection

from participants.queries.wave_pages import seats_of
from programs.errors import Refusal, RosterChanged, StaleEdit
from programs.models import Venue, Wave, WaveArea
from programs.planner.problem import from_dict
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.move_areas import move_areas
from programs.use_cases.solve_waiting_plans import solve_waiting_plans
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.programs.plans import DAYS, HEADS, other_slot, peopled_program, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return two_waves(peopled_program())


def accept(plan, *, version=None, actor=None, now=NOW):
    return accept_plan(plan=plan, version=version or plan.version, actor=actor, now=now)


def refused(plan, kind=Refusal, **changes):
    """The refusal; nothing may have been written."""
    before = Wave.objects.count(), AuditEvent.objects.count()
    with pytest.raises(kind) as refusal:
        accept(plan, **changes)
    plan.refresh_from_db()
    assert (Wave.objects.count(), AuditEvent.objects.count(), plan.accepted_at) == (*before, None)
    return refusal.value


def test_all_waves_are_made_as_drafts_with_their_lines(plan):
    official = factories.user()
    waves = accept(plan, actor=official)
    assert [wave.number for wave in waves] == [1, 2]
    assert [wave.span_words for wave in waves] == [
        "Rabu, 8 April 2026, 08.00–15.00 WITA",
        "Kamis, 9 April 2026, 08.00–15.00 WITA",
    ]
    assert all(wave.is_draft for wave in waves)
    assert sorted(seats_of(wave).heads for wave in waves) == [18, 20]
    assert {area.key for area in WaveArea.objects.all()} == {area["code"] for area in plan.problem["areas"]}
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["plan.created", "wave.scheduled", "wave.scheduled", "plan.accepted"]
    line = AuditEvent.objects.get(action="plan.accepted")
    assert "2 gelombang untuk 38 ketua RT" in line.sentence
    assert line.data["waves"] == [wave.pk for wave in waves]


def test_numbers_go_on_from_the_waves_there_are():
    program = peopled_program()
    factories.wave(program=program, number=4, areas=(JARO,))
    waves = accept(two_waves(program))
    assert [wave.number for wave in waves] == [5, 6]


def test_a_kecamatan_whose_villages_are_all_in_one_wave_goes_there_as_a_whole():
    program = peopled_program()
    plan = two_waves(program, level="village", venue=factories.venue(capacity=30))
    solve_waiting_plans(now=NOW)
    plan.refresh_from_db()
    waves = accept(plan)
    assert sum(seats_of(wave).heads for wave in waves) == sum(HEADS.values())
    keys = [area.key for area in WaveArea.objects.all()]
    slots = {}
    for code, key in plan.assignment.items():
        slots.setdefault(code[:8], set()).add(key)
    for district, found in slots.items():
        assert (district in keys) == (len(found) == 1)
    assert len(keys) == len(set(keys))


def test_the_rw_of_a_village_can_be_in_different_waves():
    factories.regions(factories.TABALONG)
    village = factories.villages_of(JARO)[0].code
    for number, rw in enumerate(["001", "001", "002", "002", ""], start=1):
        factories.head(village=village, rw=rw, number=f"{number:03d}")
    hall = factories.venue(capacity=3)
    plan = two_waves(factories.program(), level="rw", districts=(JARO,), venue=hall)
    waves = accept(plan)
    assert sorted(seats_of(wave).heads for wave in waves) == [2, 3]
    parts = {area.rw for area in WaveArea.objects.filter(region=village)}
    assert parts == {"001", "002", "-"}


def test_a_plan_is_accepted_once(plan):
    accept(plan)
    with pytest.raises(Refusal, match="sudah diterima"):
        accept(plan, version=2)
    assert Wave.objects.count() == 2


def test_one_that_somebody_changed_meanwhile_is_not_accepted_unseen(plan):
    move_areas(plan=plan, version=1, areas=[JARO], slot=plan.assignment[JARO], actor=None, now=NOW)
    hall = factories.venue(capacity=40)
    roomy = two_waves(plan.program, name="Rencana 2", venue=hall)
    move_areas(plan=roomy, version=1, areas=[JARO], slot=other_slot(roomy, JARO), actor=None, now=NOW)
    assert refused(roomy, StaleEdit, version=1).version == 2


def test_a_changed_roster_is_told_area_by_area(plan):
    factories.head(district=JARO, number="900")
    found = refused(plan, RosterChanged)
    assert [(change.name, change.before, change.after) for change in found.changes] == [("Jaro", 6, 7)]
    assert "Hitung ulang" in found.sentence


def test_what_the_checker_objects_to_is_not_accepted(plan):
    whole = [code for code, key in plan.assignment.items() if key == plan.assignment[JARO]]
    move_areas(plan=plan, version=1, areas=whole, slot=other_slot(plan, JARO), actor=None, now=NOW)
    assert "kurang 14 kursi" in refused(plan, version=2).sentence


def test_an_area_that_another_wave_got_meanwhile_is_named(plan):
    factories.wave(program=plan.program, areas=(JARO,))
    assert "Jaro sudah di Gelombang 1" in refused(plan).sentence


def test_a_hall_that_another_programme_took_meanwhile_is_named(plan):
    hall = from_dict(plan.problem).slots[0]
    other = factories.wave(venue=Venue.objects.get(pk=hall.venue), on=DAYS[1], areas=(MURUNG_PUDAK,))
    assert other.program_id != plan.program_id
    assert "Kamis, 9 April 2026" in refused(plan).sentence
    assert "tempat tidak kosong lagi" in refused(plan).sentence


def test_a_hall_that_has_become_smaller_is_named(plan):
    Venue.objects.update(capacity=19)
    assert "kapasitas sekarang 19 kursi" in refused(plan).sentence
    Venue.objects.update(capacity=20)
    assert len(accept(plan)) == 2


def test_a_day_that_has_passed_is_refused(plan):
    assert "sudah lewat" in refused(plan, now=datetime(2026, 4, 8, 3, tzinfo=UTC)).sentence


def test_a_plan_that_does_not_fit_is_not_accepted(plan):
    tight = two_waves(plan.program, name="Rencana 2", venue=factories.venue(capacity=5))
    assert "belum mempunyai pembagian" in refused(tight).sentence


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same_plan", [True, False], ids=["one plan", "two plans of one programme"])
def test_of_two_officials_who_accept_at_once_one_wins_and_the_waves_are_made_once(is_same_plan):
    program = peopled_program()
    first = two_waves(program)
    second = first if is_same_plan else two_waves(program, name="Rencana 2", venue=factories.venue(capacity=24))
    together = threading.Barrier(2)
    outcomes = []

    def press(plan):
        try:
            together.wait()
            outcomes.append(len(accept(plan, version=1)))
        except Refusal as refusal:
            outcomes.append(refusal.sentence)
        finally:
            connection.close()

    officials = [threading.Thread(target=press, args=(plan,)) for plan in (first, second)]
    for official in officials:
        official.start()
    for official in officials:
        official.join()
    told = next(one for one in outcomes if isinstance(one, str))
    assert sorted(map(str, outcomes)) == sorted(["2", told])
    assert "sudah diterima" in told if is_same_plan else "sudah di Gelombang" in told
    assert sorted(Wave.objects.values_list("number", flat=True)) == [1, 2]
    assert WaveArea.objects.count() == 12


def test_waves_of_several_days_last_from_the_first_morning_to_the_last_evening():
    on = (DAYS[0], date(2026, 4, 13))
    waves = accept(two_waves(peopled_program(), on=on, length=3))
    assert [wave.span_words for wave in waves] == [
        "Rabu, 8 April 2026, 08.00 – Jumat, 10 April 2026, 15.00 WITA",
        "Senin, 13 April 2026, 08.00 – Rabu, 15 April 2026, 15.00 WITA",
    ]


def test_a_morning_and_an_afternoon_of_one_hall_are_two_waves_in_that_order():
    hours = ((time(13), time(17)), (time(8), time(12)))
    program = peopled_program(companions="required")
    plan = two_waves(program, venue=factories.venue(capacity=48), on=DAYS[:1], hours=hours)
    waves = accept(plan)
    assert [(wave.number, wave.span_words) for wave in waves] == [
        (1, "Rabu, 8 April 2026, 08.00–12.00 WITA"),
        (2, "Rabu, 8 April 2026, 13.00–17.00 WITA"),
    ]
    assert sorted(seats_of(wave).heads for wave in waves) == [18, 20]


def test_a_long_wave_whose_last_day_another_programme_took_is_not_accepted():
    plan = two_waves(peopled_program(), on=(DAYS[0], date(2026, 4, 13)), length=3)
    hall = Venue.objects.get(pk=from_dict(plan.problem).slots[0].venue)
    factories.wave(venue=hall, on=date(2026, 4, 15), areas=(MURUNG_PUDAK,))
    assert "Senin, 13 – Rabu, 15 April 2026" in refused(plan).sentence


def test_a_plan_that_was_saved_before_there_were_blocks_and_long_waves_is_accepted_as_it_was_meant(plan):
    plan.wishes |= {"starts": "08:00", "ends": "15:00"}
    del plan.wishes["hours"], plan.wishes["length"]
    for slot in plan.problem["slots"]:
        del slot["days"], slot["starts"], slot["ends"]
    plan.save()
    assert accept(plan)[0].span_words == "Rabu, 8 April 2026, 08.00–15.00 WITA"
