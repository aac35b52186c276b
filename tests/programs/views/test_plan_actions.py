from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from programs.models import Wave, WavePlan
from programs.use_cases.move_areas import move_areas
from programs.use_cases.solve_waiting_plans import solve_waiting_plans
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, TANJUNG
from tests.programs.plans import other_slot, peopled_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client):
    program = peopled_program()
    client.force_login(factories.user())
    return factories.plan(program=program, name="Rencana 1", wave_count=2, venue=factories.venue(capacity=30))


def post(client, name, plan, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"programs:{name}", args=[plan.pk]), {"version": plan.version} | data, headers=headers)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_plain_form_moves_areas_and_comes_back(client, plan):
    target = other_slot(plan, JARO)
    response = post(client, "plan_move", plan, wilayah=[JARO], tujuan=target)
    assert response["Location"] == reverse("programs:plan_detail", args=[plan.pk])
    plan.refresh_from_db()
    assert plan.assignment[JARO] == target


def test_a_script_gets_the_board_with_the_new_figures_and_version(client, plan):
    page = post(client, "plan_move", plan, htmx=True, wilayah=[JARO], tujuan=other_slot(plan, JARO)).content.decode()
    assert page.lstrip().startswith('<div id="plan-body">')
    assert 'name="version" value="2"' in page
    assert "paling jauh 8 orang dari optimal".capitalize() in page


@pytest.mark.parametrize("is_script", [True, False])
def test_the_second_official_is_told_and_her_choice_stays_ticked(client, plan, is_script):
    hasan = factories.user(name="Hasan Basri")
    move_areas(plan=plan, version=1, areas=[JARO], slot=other_slot(plan, JARO), actor=hasan, now=clock.now())
    target = other_slot(plan, TANJUNG)
    page = post(client, "plan_move", plan, htmx=is_script, wilayah=[TANJUNG], tujuan=target).content.decode()
    assert "diubah petugas lain" in page
    assert "Hasan Basri" in page
    assert f'id="wilayah-{TANJUNG}" checked' in page
    assert f'<option value="{target}" selected>' in page
    assert 'name="version" value="2"' in page
    plan.refresh_from_db()
    assert plan.assignment[TANJUNG] != target


@pytest.mark.parametrize("data", [{}, {"wilayah": "x\0y", "tujuan": "z"}, {"wilayah": JARO, "tujuan": ""}])
def test_nothing_chosen_is_said_in_a_sentence(client, plan, data):
    assert "Pilih" in post(client, "plan_move", plan, **data).content.decode()


def test_reckoning_again_counts_the_heads_of_today(client, plan):
    factories.head(district=JARO, number="900")
    assert "dihitung ulang" in said(post(client, "plan_redo", plan))
    plan.refresh_from_db()
    assert sum(area["heads"] for area in plan.problem["areas"]) == 39


def test_a_relief_is_one_click(client, plan):
    crowded = factories.plan(program=plan.program, name="Rencana 2", wave_count=1, venue=factories.venue(capacity=30))
    page = client.get(reverse("programs:plan_detail", args=[crowded.pk])).content.decode()
    number = next(i for i, relief in enumerate(crowded.result["reliefs"]) if relief["number"] == 2)
    assert f'name="ringankan" value="{number}"' in page
    post(client, "plan_redo", crowded, ringankan=number)
    crowded.refresh_from_db()
    assert (crowded.state, crowded.wishes["wave_count"]) == ("solved", 2)


def test_splitting_one_kecamatan_is_one_click(client, plan):
    days = tuple(clock.local_date(clock.now(), "WIB") + timedelta(days=ahead) for ahead in (40, 41, 42))
    hall = factories.venue(capacity=13)
    tight = factories.plan(program=plan.program, name="Rencana 2", wave_count=3, venue=hall, on=days)
    assert tight.state == "impossible"
    number = next(i for i, relief in enumerate(tight.result["reliefs"]) if relief["areas"])
    post(client, "plan_redo", tight, ringankan=number)
    solve_waiting_plans(now=clock.now())
    tight.refresh_from_db()
    assert tight.wishes["rules"][0]["kind"] == "split"
    assert tight.state == "solved"


def test_splitting_all_that_fit_nowhere_is_one_click(client, plan):
    days = tuple(clock.local_date(clock.now(), "WIB") + timedelta(days=ahead) for ahead in range(40, 48))
    tight = factories.plan(program=plan.program, name="Rencana 2", venue=factories.venue(capacity=9), on=days)
    page = client.get(reverse("programs:plan_detail", args=[tight.pk])).content.decode()
    number = next(i for i, relief in enumerate(tight.result["reliefs"]) if len(relief["areas"]) == 2)
    assert page.count("Pecah dan bagi ulang</button>") == 1
    post(client, "plan_redo", tight, ringankan=number)
    solve_waiting_plans(now=clock.now())
    tight.refresh_from_db()
    assert [rule["kind"] for rule in tight.wishes["rules"]] == ["split", "split"]
    assert tight.state == "solved"


def test_the_one_area_of_a_relief_kept_before_there_could_be_several_is_split(client, plan):
    older = {"kind": "split", "sentence": "pecah Jaro", "cost": 6, "number": None, "area": JARO}
    WavePlan.objects.filter(pk=plan.pk).update(state="impossible", result={"limits": [], "reliefs": [older]})
    post(client, "plan_redo", plan, ringankan=0)
    plan.refresh_from_db()
    assert [rule["area"] for rule in plan.wishes["rules"]] == [JARO]


@pytest.mark.parametrize("number", ["99", "x", "-1", "9" * 40])
def test_a_relief_that_there_is_not_only_reckons_again(client, plan, number):
    post(client, "plan_redo", plan, ringankan=number)
    plan.refresh_from_db()
    assert (plan.version, plan.state) == (2, "solved")


def test_a_stale_redo_is_refused_with_what_changed(client, plan):
    move_areas(plan=plan, version=1, areas=[JARO], slot=other_slot(plan, JARO), actor=None, now=clock.now())
    words = said(post(client, "plan_redo", plan))
    assert "diubah petugas lain" in words
    assert "Jaro" in words


def test_a_copy_opens(client, plan):
    response = post(client, "plan_copy", plan)
    copied = WavePlan.objects.exclude(pk=plan.pk).get()
    assert response["Location"] == reverse("programs:plan_detail", args=[copied.pk])


def test_deleting_leads_back_to_the_list(client, plan):
    response = post(client, "plan_delete", plan)
    assert response["Location"] == reverse("programs:plan_list", args=[plan.program_id])
    assert not WavePlan.objects.exists()


def test_accepting_makes_the_waves_and_leads_to_them(client, plan):
    response = post(client, "plan_accept", plan)
    assert response["Location"] == reverse("programs:program_detail", args=[plan.program_id])
    assert "2 gelombang dibuat sebagai draf" in said(response)
    assert Wave.objects.count() == 2
    assert "sudah diterima" in said(post(client, "plan_accept", plan, version=2))
    assert "tidak dapat dihapus" in said(post(client, "plan_delete", plan))


def test_a_refused_acceptance_says_why(client, plan):
    factories.head(district=JARO, number="900")
    assert "Daftar ketua RT berubah" in said(post(client, "plan_accept", plan))
    assert not Wave.objects.exists()
