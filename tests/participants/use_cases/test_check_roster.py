import json

import pytest
from django.core.files.storage import default_storage

from participants.models import RosterImport
from participants.use_cases.check_roster import check_roster
from participants.use_cases.process_roster_imports import process_roster_imports
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_a_preview_counts_everything_and_changes_nothing():
    rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6"), rosters.row(number="7")]))
    before = rosters.roster()
    data = rosters.xlsx(
        [
            rosters.row(),
            rosters.row(number="6", phone="0812-3456-7890"),
            rosters.row(number="8"),
            rosters.row(number="9", phone="0526 2021234"),
        ]
    )
    found = rosters.previewed(data)
    assert found.state == State.PREVIEWED
    assert (found.new_count, found.changed_count, found.unchanged_count, found.fault_count) == (1, 1, 1, 1)
    assert (found.rows_total, found.rows_done, found.missing_count) == (4, 4, 1)
    assert found.faults[0]["row"] == 5
    assert found.preview["changed"][0]["changes"] == [["Nomor HP", "", "0812-3456-7890"]]
    assert found.preview["new"][0]["unit"] == "RT 008"
    assert rosters.roster() == before


def test_another_person_in_the_office_is_announced():
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK)]))
    found = rosters.previewed(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK)]))
    assert (found.changed_count, found.replaced_count) == (1, 1)
    assert found.preview["replaced"][0]["before"] == "H. Ahmad Fauzi, S.Pd."
    assert found.preview["replaced"][0]["name"] == "Nor Hayati"


def test_a_changed_nik_is_shown_masked():
    rosters.applied(rosters.xlsx([rosters.row()]))
    found = rosters.previewed(rosters.xlsx([rosters.row(nik=rosters.NIK)]))
    assert found.preview["changed"][0]["changes"] == [["NIK", "", "6309••••••••0001"]]


def test_a_preview_shows_two_hundred_rows_but_every_fault():
    code = factories.villages_of(factories.JARO)[0].code
    good = [[f"Warga {n}", n, code, ""] for n in range(1, 251)]
    bad = [[f"Warga {n}", n, code, "0526 2021234"] for n in range(251, 502)]
    found = rosters.previewed(rosters.csv(good + bad, ("Nama", "RT", "Kode wilayah", "HP")))
    assert (found.new_count, len(found.preview["new"])) == (250, 200)
    assert [fault["row"] for fault in found.faults] == list(range(252, 503))


def test_a_file_that_cannot_be_used_is_refused_with_its_sentence_and_deleted():
    before = rosters.roster()
    refused = rosters.previewed(b"%PDF-1.7")
    assert refused.state == State.REFUSED
    assert "bukan lembar kerja" in refused.refusal
    assert refused.path == ""
    assert rosters.roster() == before


def test_a_file_that_is_gone_is_refused():
    made = rosters.uploaded(rosters.xlsx([rosters.row()]))
    default_storage.delete(made.path)
    process_roster_imports(now=factories.NOW)
    made.refresh_from_db()
    assert (made.state, made.refusal) == (
        State.REFUSED,
        "Berkasnya tidak ditemukan lagi. Unggah sekali lagi.",
    )


def test_whoever_lost_the_claim_writes_nothing():
    made = rosters.uploaded(rosters.xlsx([rosters.row()]))
    RosterImport.objects.update(state=State.CANCELLED)
    assert check_roster(roster_import=made, now=factories.NOW) is False
    made.refresh_from_db()
    assert (made.state, made.rows_total) == (State.CANCELLED, 0)


@pytest.mark.parametrize("under", [*rosters.KEYS, "header", "question"])
def test_a_nik_under_any_heading_is_never_kept_in_full(under):
    nik, header = "6309 0612 0370 0001", rosters.HEADER
    if under == "header":
        header, cells = (*header[:-1], f"Kolom {nik}"), rosters.row()
    elif under == "question":
        cells = rosters.row(village=f"Belimbing {nik}")
    else:
        cells = rosters.row(**{under: nik if under != "name" else f"Ahmad {nik}"})
    cut_in_two = [f"{'x' * 13} {cell}" if nik in str(cell) else cell for cell in cells]
    for spelled in (cells, cut_in_two, [str(cell).replace(" 0", "0") for cell in cells]):
        made = rosters.previewed(rosters.xlsx([spelled, rosters.row(number="6", name="Rusdi")], header))
        kept = json.dumps([made.preview, made.faults, made.questions, made.decisions, made.refusal])
        assert "630906120370" not in kept.replace(" ", "")
