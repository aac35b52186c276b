from datetime import time

import pytest

from programs.errors import Refusal
from programs.models import Program
from programs.use_cases.create_program import create_program
from rtportal.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


def create(office, **changes):
    wishes = {
        "name": "Bimtek Ketua RT 2026",
        "kind": "bimtek",
        "aim": "",
        "letter_number": "",
        "companions": "none",
        "substitutes": "allowed",
        "substitute_limit": 0,
        "substitute_letter": False,
        "bring": "",
        "records_hours": False,
        "answer_days_before": 2,
        "minutes_per_jp": 45,
        "reach_chain": [],
        "actor": factories.user(),
        "now": factories.NOW,
    }
    return create_program(office=office, **wishes | changes)


@pytest.fixture
def office():
    factories.regions(factories.TABALONG)
    return factories.office()


def test_a_programme_belongs_to_the_region_of_its_office_and_leaves_an_audit_line(office):
    program = create(office)
    assert program.region_id == factories.TABALONG
    line = AuditEvent.objects.get(subject=f"program:{program.pk}")
    assert line.sentence == "Membuat program Bimtek Ketua RT 2026."
    assert line.region_code == factories.TABALONG


def test_it_starts_with_reminders_at_eight_seven_days_three_days_and_one_day_before(office):
    rules = create(office).reminder_rules.values_list("audience", "days_before", "local_time", "is_active")
    assert list(rules) == [
        ("unanswered", 7, time(8), True),
        ("confirmed", 3, time(8), True),
        ("confirmed", 1, time(8), True),
    ]


def test_a_second_programme_of_the_same_name_is_refused(office):
    create(office)
    with pytest.raises(Refusal) as refusal:
        create(office)
    assert refusal.value.sentence == "Sudah ada program dengan nama ini di wilayah Anda."
    assert Program.objects.count() == 1
