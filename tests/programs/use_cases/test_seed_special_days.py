from datetime import date, timedelta

import pytest

from programs.models import SpecialDay
from programs.tasks import seed_special_days as seed_task
from programs.use_cases.save_special_day import save_special_day
from programs.use_cases.seed_special_days import seed_special_days
from programs.use_cases.switch_special_day import switch_special_day
from rtportal.audit.models import AuditEvent
from rtportal.celery import app
from tests import factories
from tests.factories import JAMBI, NOW, TABALONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabalong():
    factories.regions(TABALONG, JAMBI)
    factories.office()


def independence_day():
    return SpecialDay.objects.get(region=TABALONG, starts_on=date(2026, 8, 17))


def everything():
    return list(SpecialDay.objects.order_by("pk").values())


def test_a_region_with_an_office_gets_this_year_and_the_next(tabalong):
    assert seed_special_days(now=NOW) == SpecialDay.objects.count()
    assert set(SpecialDay.objects.values_list("region_id", flat=True)) == {TABALONG}
    assert {day.starts_on.year for day in SpecialDay.objects.all()} == {2026, 2027}
    assert independence_day().kind == SpecialDay.Kind.NATIONAL
    assert SpecialDay.objects.filter(kind=SpecialDay.Kind.JOINT_LEAVE, starts_on=date(2026, 12, 24)).exists()
    ramadan = SpecialDay.objects.get(kind=SpecialDay.Kind.RAMADAN, starts_on__year=2026)
    assert (ramadan.starts_on, ramadan.ends_on) == (date(2026, 2, 19), date(2026, 3, 20))
    assert AuditEvent.objects.get().sentence.startswith("Mengisi hari libur nasional")


def test_seeding_again_changes_nothing(tabalong):
    seed_special_days(now=NOW)
    before = everything()
    assert seed_special_days(now=NOW + timedelta(days=1)) == 0
    assert everything() == before
    assert AuditEvent.objects.count() == 1


def test_the_new_year_begins_in_the_east(tabalong):
    # 31 December 2026, 22.30 WIB is already 2027 in Jayapura.
    seed_special_days(now=NOW.replace(month=12, day=31, hour=15, minute=30))
    assert SpecialDay.objects.filter(starts_on__year=2028).exists()


def test_a_day_switched_off_stays_off(tabalong):
    seed_special_days(now=NOW)
    day = independence_day()
    switch_special_day(day=day, version=1, is_active=False, actor=None, now=NOW)
    assert seed_special_days(now=NOW) == 0
    assert not independence_day().is_active


def test_an_edited_day_is_not_written_over(tabalong):
    seed_special_days(now=NOW)
    day = independence_day()
    save_special_day(
        day=day,
        version=1,
        region=day.region,
        kind=day.kind,
        name="Upacara kabupaten",
        starts_on=day.starts_on,
        ends_on=day.ends_on + timedelta(days=1),
        actor=None,
        now=NOW,
    )
    assert seed_special_days(now=NOW) == 0
    assert independence_day().name == "Upacara kabupaten"


def test_a_day_that_the_library_moved_or_dropped_follows(tabalong):
    seed_special_days(now=NOW)
    independence_day_pk = independence_day().pk
    SpecialDay.objects.filter(pk=independence_day_pk).update(starts_on=date(2026, 8, 16), ends_on=date(2026, 8, 16))
    SpecialDay.objects.create(
        region_id=TABALONG,
        kind=SpecialDay.Kind.JOINT_LEAVE,
        name="Cuti Bersama yang dibatalkan",
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 1),
        source_key="joint_leave:2026:Cuti Bersama yang dibatalkan:1",
    )
    assert seed_special_days(now=NOW) == 2
    assert independence_day().pk == independence_day_pk
    assert not SpecialDay.objects.filter(starts_on=date(2026, 9, 1)).exists()


def test_a_local_day_is_left_alone(tabalong):
    SpecialDay.objects.create(
        region_id=TABALONG, name="Hari Jadi Tabalong", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1)
    )
    seed_special_days(now=NOW)
    assert SpecialDay.objects.filter(name="Hari Jadi Tabalong", source_key="").exists()


def test_only_the_named_regions_are_seeded(tabalong):
    factories.office(region=JAMBI, name="Bagian Pemerintahan")
    seed_special_days(regions=[JAMBI], now=NOW)
    assert set(SpecialDay.objects.values_list("region_id", flat=True)) == {JAMBI}


def test_the_worker_seeds_every_night(tabalong):
    seed_task()
    assert SpecialDay.objects.exists()
    assert seed_task.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
