"""Finding the rows of a region: right, and through an index even behind row-level security."""

import pytest
from django.db import connection

from participants.models import RT, DataCorrection, Enrolment
from rtportal.accounts.row_guard import acting_as
from rtportal.messaging.models import Message
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_region_is_itself_and_what_lies_below_it():
    factories.regions(factories.TABALONG)
    Region.objects.create(code="63.090", name="Buatan", level=2, kind="kabupaten", parent_id="63")
    found = Region.objects.filter(within_q("code", [factories.TABALONG]))
    assert found.count() == Region.objects.exclude(code__in=["63", "63.090"]).count()
    assert not Region.objects.filter(within_q("code", [])).exists()


def test_a_foreign_keys_column_needs_no_join():
    sql = str(RT.objects.filter(within_q("village_id", [factories.TABALONG])).query)
    assert "JOIN" not in sql
    assert "LIKE" not in sql


@pytest.mark.row_locks
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (RT, "village_id"),
        (Enrolment, "village_id"),
        (DataCorrection, "village_id"),
        (Message, "region_code"),
    ],
)
def test_the_rows_of_a_region_come_from_an_index_whoever_asks(model, field):
    factories.regions(factories.TABALONG)
    rows = model.objects.order_by().filter(within_q(field, [factories.TABALONG]))
    # Tables of a test are empty: forbidding the walk through them shows whether there is another way.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Index Cond" in rows.explain()
    with acting_as(factories.user()):
        plan = rows.explain()
    assert "~>=~" in next(line for line in plan.splitlines() if "Index Cond" in line and "~" in line)
    assert "Seq Scan" not in plan
