from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from participants.models import EnrolmentSuccession, RTHead
from rtportal.audit.record import record
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def left_office_on(head: RTHead) -> date | None:
    import_module("participants.migrations.0026_date_those_who_left_before").date_former_heads(apps, None)
    head.refresh_from_db()
    return head.left_office_on


@pytest.fixture
def former() -> RTHead:
    factories.regions()
    return factories.head(is_current=False, term_ends_on=date(2022, 12, 31))


def told(action: str, region: str, days: int) -> None:
    at = NOW + timedelta(days=days)
    record(at=at, actor=None, action=action, sentence="Berubah.", region_code=region, subject=f"region:{region}")


def test_the_newest_replacement_or_roster_around_the_rt_counts(former) -> None:
    told("head.replaced", former.rt.village_id, 1)
    told("roster.applied", factories.TABALONG, 5)
    told("roster.applied", factories.JAMBI, 9)
    told("file.exported", factories.TABALONG, 9)
    assert left_office_on(former) == date(2026, 3, 7)


def test_an_invitation_that_was_handed_on_counts_too(former) -> None:
    told("roster.applied", factories.TABALONG, 1)
    other = factories.head(number="002")
    seat = factories.enrolment(wave=factories.wave(), head=other)
    at = NOW + timedelta(days=3)
    EnrolmentSuccession.objects.create(enrolment=seat, from_head=former, to_head=other, at=at)
    assert left_office_on(former) == date(2026, 3, 5)
    other.refresh_from_db()
    assert other.left_office_on is None


def test_where_nothing_tells_today_counts(former) -> None:
    assert left_office_on(former) == date.today()


def test_a_day_that_was_written_down_stays(former) -> None:
    RTHead.objects.update(left_office_on=date(2024, 1, 1))
    assert left_office_on(former) == date(2024, 1, 1)
