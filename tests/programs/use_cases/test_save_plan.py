from dataclasses import replace
from datetime import date, time

import pytest
from celery import current_app

from programs.errors import Refusal, StaleEdit
from programs.models import WavePlan
from programs.queries import plan_wishes
from programs.queries.plan_wishes import PlanRule
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.save_plan import MOST_AT_ONCE, save_plan
from programs.use_cases.solve_waiting_plans import solve_waiting_plans
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, TANJUNG
from tests.programs.plans import DAYS, HEADS, peopled_program, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(db):
    return peopled_program()


def loads(plan) -> list[int]:
    return sorted(wave["seats"] for wave in plan.result["waves"])


def redo(plan, **changes):
    wishes = {"version": plan.version, "name": plan.name, "wishes": plan_wishes.from_dict(plan.wishes), "now": NOW}
    return save_plan(program=plan.program, plan=plan, actor=None, **wishes | changes)


def refused(program, **wishes) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        two_waves(program, **wishes)
    assert not WavePlan.objects.exists()
    return refusal.value


def test_the_heads_in_office_are_divided_as_evenly_as_can_be(program):
    plan = two_waves(program)
    assert plan.state == "solved"
    assert loads(plan) == [18, 20]
    assert plan.result["is_optimal"]
    assert {area["heads"] for area in plan.problem["areas"] if area["heads"]} == set(HEADS.values())
    line = AuditEvent.objects.get(subject=f"plan:{plan.pk}")
    assert line.sentence == f"Membuat Rencana 1 untuk {program.name}: 38 ketua RT dari 12 wilayah."


def test_with_companions_seats_are_counted_twice():
    program = peopled_program(companions="required")
    plan = two_waves(program, venue=factories.venue(capacity=48))
    assert loads(plan) == [36, 40]


def test_the_reserve_is_taken_off_the_capacity(program):
    plan = two_waves(program, venue=factories.venue(capacity=25), reserve=10)
    assert {slot["capacity"] for slot in plan.problem["slots"]} == {22}


def test_rules_are_obeyed_and_a_kecamatan_means_all_its_villages(program):
    rules = (
        PlanRule("on_day", MURUNG_PUDAK, day=DAYS[1]),
        PlanRule("together", JARO, MUARA_UYA),
        PlanRule("apart", JARO, TANJUNG),
    )
    plan = two_waves(program, level="village", rules=rules, venue=factories.venue(capacity=38))
    solve_waiting_plans(now=NOW)
    plan.refresh_from_db()
    places = {}
    for code, key in plan.assignment.items():
        places.setdefault(code[:8], set()).add(key)
    assert {key[:10] for key in places[MURUNG_PUDAK]} == {"2026-04-09"}
    assert places[JARO] == places[MUARA_UYA]
    assert len(places[JARO]) == 1
    assert not places[JARO] & places[TANJUNG]


def test_a_kecamatan_that_may_be_split_is_divided_by_its_villages_and_the_others_stay_whole(program):
    plan = two_waves(program, rules=(PlanRule("split", MURUNG_PUDAK),))
    codes = {area["code"] for area in plan.problem["areas"]}
    assert JARO in codes
    assert MURUNG_PUDAK not in codes
    assert sum(code.startswith(MURUNG_PUDAK) for code in codes) == len(factories.villages_of(MURUNG_PUDAK))


def test_where_nothing_fits_the_limits_and_reliefs_are_kept(program):
    plan = two_waves(program, venue=factories.venue(capacity=15))
    assert (plan.state, plan.assignment) == ("impossible", {})
    assert plan.result["limits"]
    assert plan.result["reliefs"]


def test_areas_of_other_waves_and_halls_already_taken_are_left_out(program):
    hall = factories.venue(capacity=24)
    factories.wave(program=program, venue=hall, on=DAYS[0], areas=(JARO,))
    plan = two_waves(program, venue=hall, on=DAYS, wave_count=None)
    assert JARO not in {area["code"] for area in plan.problem["areas"]}
    assert {slot["day"] for slot in plan.problem["slots"]} == {day.isoformat() for day in DAYS[1:]}


def test_what_cannot_be_asked_is_refused_in_a_sentence(program):
    assert refused(program, on=(date(2026, 3, 1),)).sentence == "Tanggal 1 Mar 2026 sudah lewat."
    assert refused(program, hours=((time(8), time(7)),)).field == "hours"
    assert refused(program, districts=("63.09.01",)).sentence.startswith("Belum ada ketua RT")
    left_out = (PlanRule("on_day", JARO, day=DAYS[0]),)
    assert "Kecamatan Jaro, yang tidak ikut" in refused(program, districts=(TANJUNG,), rules=left_out).sentence
    assert "Tidak ada tempat yang kosong" in refused(program, venues=(10**6,)).sentence


def test_a_hall_taken_on_every_day_is_refused_with_the_wave_that_has_it(program):
    hall = factories.venue()
    factories.wave(venue=hall, on=DAYS[0])
    assert "sudah dipakai" in refused(program, venue=hall, on=DAYS[:1]).sentence


def test_a_name_used_twice_is_refused(program):
    two_waves(program)
    with pytest.raises(Refusal, match="sudah mempunyai rencana dengan nama itu"):
        two_waves(program, venue=factories.venue())


def test_redone_after_a_change_of_the_roster_it_counts_anew(program):
    plan = two_waves(program)
    factories.head(district=JARO, number="900")
    again = redo(plan)
    assert (again.pk, again.version) == (plan.pk, 2)
    assert sum(loads(again)) == 39


def test_the_second_official_is_told_who_redid_it(program):
    plan = two_waves(program)
    wishes = replace(plan_wishes.from_dict(plan.wishes), wave_count=None)
    hasan = factories.user(name="Hasan")
    save_plan(program=program, plan=plan, version=1, name="Baru", wishes=wishes, actor=hasan, now=NOW)
    with pytest.raises(StaleEdit) as refusal:
        redo(plan)
    assert [(change.label, change.before, change.who) for change in refusal.value.changes] == [
        ("Permintaan", "Rencana 1", "Hasan")
    ]
    assert WavePlan.objects.get().name == "Baru"


def test_an_accepted_plan_is_not_redone(program):
    plan = two_waves(program)
    accept_plan(plan=plan, version=1, actor=None, now=NOW)
    plan.refresh_from_db()
    with pytest.raises(Refusal, match="sudah diterima"):
        redo(plan)


def test_a_large_plan_waits_for_the_worker_who_is_woken(program, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: woken.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        plan = two_waves(program, level="village")
    assert len(plan.problem["areas"]) > MOST_AT_ONCE
    assert (plan.state, plan.assignment) == ("waiting", {})
    assert woken == ["programs.solve_waiting_plans"]


MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(17))


@pytest.mark.parametrize(
    ("wishes", "field", "sentence"),
    [
        (
            {"on": (DAYS[0], DAYS[1]), "length": 3},
            "days",
            "gelombang 3 hari yang mulai 8 Apr 2026 berlangsung sampai 10 Apr 2026, sedangkan 9 Apr 2026 juga dipilih",
        ),
        ({"hours": (MORNING, (time(11), time(15)))}, "hours", "Sesi waktu 08.00–12.00 dan 11.00–15.00 bertumpuk"),
        ({"hours": (MORNING, AFTERNOON), "length": 2}, "hours", "hanya satu sesi waktu yang dapat dipakai"),
        ({"hours": (MORNING, (time(13), time(13)))}, "hours", "Waktu selesai harus setelah waktu mulai."),
    ],
)
def test_dates_and_blocks_of_which_one_begins_before_the_other_ends_are_refused(program, wishes, field, sentence):
    refusal = refused(program, **wishes)
    assert sentence in refusal.sentence
    assert refusal.field == field


def test_a_long_wave_may_begin_on_the_day_on_which_the_one_before_has_left_the_hotel(program):
    plan = two_waves(program, on=(date(2026, 4, 8), date(2026, 4, 10)), length=3, hours=((time(14), time(12)),))
    assert plan.state == "solved"


def test_a_rule_about_a_date_means_every_wave_that_the_date_belongs_to(program):
    on = (date(2026, 4, 6), date(2026, 4, 13))
    rules = (PlanRule("on_day", MURUNG_PUDAK, day=date(2026, 4, 14)), PlanRule("not_on_day", JARO, day=on[1]))
    plan = two_waves(program, on=on, length=5, rules=rules)
    assert plan.assignment[MURUNG_PUDAK].startswith("2026-04-13")
    assert plan.assignment[JARO].startswith("2026-04-06")
