import pytest

from participants.roster_file import findings
from participants.roster_file.differences import find_differences
from participants.roster_file.places import Places
from participants.roster_file.reading import read_roster
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db


def test_every_village_whose_heads_may_end_is_shown_however_many_they_are(monkeypatch):
    factories.regions()
    villages = factories.villages_of(factories.JARO)[:3]
    for village in villages:
        factories.head(village=village.code, number="009")
    monkeypatch.setattr(findings, "VILLAGES_SHOWN", 1)
    region = Region.objects.get(pk=factories.TABALONG)
    rows = [rosters.row(village=village.name, district="Jaro") for village in villages[:2]]
    checked = read_roster(rosters.csv(rows), "rt.csv", region).checked
    found = find_differences(checked, region.code, {"missing": "end"})
    shown = findings.missing_shown(found, checked, Places(region))["villages"]
    assert {one["code"] for one in shown} == {head.village for head in found.missing if head.known in found.ended}
    assert len(shown) == 2
