"""Every damaged sheet of the corpus is read as what it means, or not at all."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.roster_file.places import Places
from participants.roster_file.reading import read_roster
from rtportal.regions.models import Region
from tests import factories
from tests.participants.roster_file.corpus.make_corpus import TRUTH, Sheet, sheets

pytestmark = pytest.mark.django_db
PARTS = 4
LETTERS = "abcdefghiklmnoprstuy"


@pytest.fixture
def region():
    factories.regions(factories.TABALONG)
    return Region.objects.get(pk=factories.TABALONG)


@pytest.fixture
def places(region):
    return Places(region)


def understood(sheet: Sheet, region: Region) -> dict:
    reading = read_roster(sheet.data, sheet.filename, region)
    people = [[one.village, one.rw, one.number, one.name, one.phone] for one in reading.checked.entries]
    asked = sorted(question.get("typed", question["kind"]) for question in reading.questions)
    return {"people": sorted(people), "faulty": len(reading.checked.faults), "asked": asked}


def test_the_corpus_has_at_least_sixty_sheets_and_its_truth_is_written_down():
    made = {sheet.name: sheet.truth for sheet in sheets()}
    assert len(made) >= 60
    assert json.loads(TRUTH.read_text()) == made


@pytest.mark.parametrize("part", range(PARTS))
def test_every_sheet_is_read_as_what_it_means(region, part):
    wrong = {}
    for sheet in sheets()[part::PARTS]:
        meant = sheet.truth | {"people": sorted(sheet.truth["people"])}
        if (found := understood(sheet, region)) != meant:
            wrong[sheet.name] = (found, meant)
    assert wrong == {}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_slip_in_a_village_s_name_ever_leads_to_another_village(places, data):
    village = data.draw(st.sampled_from(sorted(code for code in places.by_code if code.count(".") == 3)))
    place = places.by_code[village]
    name = place.name
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(name) - 1))
        letter = data.draw(st.sampled_from(LETTERS))
        name = data.draw(
            st.sampled_from(
                [
                    name[:at] + letter + name[at:],
                    name[:at] + name[at + 1 :],
                    name[:at] + letter + name[at + 1 :],
                    name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
                ]
            )
        )
    found = places.find("", name, places.by_code[place.parent_id].name)
    # What became the name of a neighbour is no slip that anybody could see.
    if found.code and name.casefold() != places.by_code[found.code].name.casefold():
        assert found.code == village
