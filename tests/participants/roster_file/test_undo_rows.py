"""Whom the rosters that can be undone name, and that somebody's data leave them."""

from datetime import timedelta

import pytest

from participants.models import RosterUndo, RTHead
from participants.roster_file.undo_rows import forget_in_undos, heads_in_undos
from rtportal.regions.codes import cut
from tests import factories
from tests.factories import NOW
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, RTHead]:
    """Ahmad Fauzi and Rusdi came with a roster; another one replaced the first and wrote to the second."""
    factories.regions()
    first = [rosters.row(phone="0812-0000-0001"), rosters.row(number="6", name="Rusdi", phone="0812-0000-0002")]
    rosters.applied(rosters.xlsx(first))
    second = [
        rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK, phone="0812-0000-0003"),
        rosters.row(number="6", name="Rusdi", phone="0812-0000-0004"),
    ]
    rosters.applied(rosters.xlsx(second))
    return {head.name: head for head in RTHead.objects.select_related("rt")}


def test_whoever_was_made_or_changed_is_named_for_seven_days_in_every_region_around(people) -> None:
    keys = {head.pk for head in people.values()}
    village = people["Rusdi"].rt.village_id
    for level in (2, 3, 4):
        assert heads_in_undos(cut(village, level), now=NOW) == keys
    assert heads_in_undos(factories.JAMBI, now=NOW) == set()
    assert heads_in_undos(village, now=NOW + timedelta(days=7)) == set()


def test_what_is_kept_of_a_head_goes_and_what_is_kept_of_others_stays(people) -> None:
    rusdi = people["Rusdi"]
    before = [one.changes for one in RosterUndo.objects.order_by("pk")]
    forget_in_undos([rusdi.pk], rusdi.rt.village_id)
    first, second = (one.changes for one in RosterUndo.objects.order_by("pk"))
    assert [rusdi.pk, ""] in first["created"]
    assert [rusdi.pk, {}, ""] in second["changed"]
    assert "+6281200000002" not in str(second)
    for old, new in zip(before, (first, second), strict=True):
        for kind in ("created", "changed"):
            assert [row for row in old[kind] if row[0] != rusdi.pk] == [row for row in new[kind] if row[0] != rusdi.pk]
