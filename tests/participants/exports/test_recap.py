"""The recap as a file: the numbers of the reconciliation, and nothing else."""

import pytest

from participants.queries.reconciliation import program_numbers, wave_numbers
from rtportal.documents.registry import open_export
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    made = factories.wave(areas=(MURUNG_PUDAK, JARO), invitations_opened_at=NOW)
    for district, kinds in ((MURUNG_PUDAK, ["confirmed", "declined"]), (JARO, ["confirmed", ""])):
        for head, kind in zip(factories.heads(2, district=district), kinds, strict=True):
            factories.enrolment(wave=made, head=head, answer=kind, answered_at=NOW if kind else None)
    return made


def test_each_kecamatan_has_a_row_and_the_sum_stands_below(wave):
    admin = factories.user(role="admin")
    export = open_export("rekap", user=admin, params={"wave": wave.pk})
    sheet = export.sheet()
    headings = [column.heading for column in sheet.columns]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.rows]
    total = dict(zip(headings, sheet.totals, strict=True))
    assert export.count() == 2
    assert {row["Kecamatan"]: row["Menjawab"] for row in rows} == {"Murung Pudak": 2, "Jaro": 1}
    found = wave_numbers(wave, admin).total
    assert (total["Sasaran"], total["Diundang"], total["Menjawab"]) == (found.target, found.invited, found.answered)
    for heading in headings[1:]:
        assert total[heading] == sum(row[heading] for row in rows)


def test_the_sheet_by_kelurahan_has_the_same_sum(wave):
    export = open_export("rekap", user=factories.user(role="admin"), params={"wave": wave.pk})
    [villages] = export.closing_sheets()
    rows = list(villages.rows)
    assert [sum(row[place] for row in rows) for place in range(2, len(villages.columns))] == list(villages.totals[2:])
    assert list(villages.totals[2:]) == list(export.totals()[1:])


def test_a_programme_is_told_by_its_own_numbers(wave):
    admin = factories.user(role="admin")
    export = open_export("rekap", user=admin, params={"program": wave.program_id})
    assert export.totals()[3] == program_numbers(wave.program, admin).total.invited == 4


def test_chosen_columns_keep_their_sums(wave):
    params = {"wave": wave.pk, "columns": "answered,kecamatan"}
    sheet = open_export("rekap", user=factories.user(role="admin"), params=params).sheet()
    assert [column.heading for column in sheet.columns] == ["Menjawab", "Kecamatan"]
    assert sheet.totals == [3, "Jumlah"]
