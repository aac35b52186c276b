from datetime import timedelta

import pytest
from django.urls import reverse

from programs.queries.plan_wishes import PlanRule
from programs.use_cases.solve_waiting_plans import solve_waiting_plans
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.programs.plans import peopled_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(client):
    made = peopled_program()
    client.force_login(factories.user())
    return made


def plan_of(program, **wishes):
    return factories.plan(program=program, wave_count=2, venue=factories.venue(capacity=24), **wishes)


def shown(client, plan) -> str:
    return client.get(reverse("programs:plan_detail", args=[plan.pk])).content.decode()


def test_a_special_day_is_named_on_the_wave(client, program):
    plan = plan_of(program)
    first = clock.local_date(clock.now() + timedelta(days=35), "WIB")
    factories.SpecialDay.objects.create(
        region=program.region, name="Hari Jadi Tabalong", starts_on=first, ends_on=first + timedelta(days=3)
    )
    assert "Hari Jadi Tabalong" in shown(client, plan)


def test_special_days_are_named_where_nothing_fits_and_where_no_wave_takes_them(client, program):
    last = clock.local_date(clock.now() + timedelta(days=37), "WIB")
    factories.SpecialDay.objects.create(region=program.region, name="Hari Jadi", starts_on=last, ends_on=last)
    on = tuple(last - timedelta(days=ahead) for ahead in (2, 1, 0))
    words = f"{clock.date_words(last)} hari khusus daerah: Hari Jadi"
    tight = factories.plan(program=program, venue=factories.venue(capacity=5), on=on)
    assert words in shown(client, tight)
    rules = tuple(PlanRule("not_on_day", area, day=last) for area in (JARO, MURUNG_PUDAK))
    spare = plan_of(program, on=on, rules=rules, districts=(JARO, MURUNG_PUDAK))
    page = shown(client, spare)
    assert words in page
    assert "di antara tanggal yang tidak dipakai" in page


def test_a_part_that_no_roster_knows_parts_of_is_not_offered_for_splitting(client, program):
    on = tuple((clock.now() + timedelta(days=ahead)).date() for ahead in range(40, 60))
    narrow = factories.venue(capacity=1)
    plan = factories.plan(program=program, venue=narrow, level="village", districts=(MURUNG_PUDAK,), on=on)
    solve_waiting_plans(now=clock.now())
    plan.refresh_from_db()
    assert any(relief["areas"] for relief in plan.result["reliefs"])
    page = shown(client, plan)
    assert "Daftar ketua RT belum mencatat bagian yang lebih kecil." in page
    assert "Pecah dan bagi ulang" not in page
