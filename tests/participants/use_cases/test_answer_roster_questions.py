import pytest

from participants.models import ColumnMapping, RosterImport
from participants.use_cases.answer_roster_questions import answer_roster_questions
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
HEADER = ("Pejabat", "RT", "Kelurahan", "Kecamatan")
ROWS = [[name, "5", "Belimbing Raya", "Murung Pudak"] for name in ("Ahmad", "Rusdi", "Hasan")]
COLUMNS = {"name": 0, "number": 1, "village": 2, "district": 3}


@pytest.fixture
def asked() -> RosterImport:
    factories.regions()
    return rosters.previewed(rosters.csv(ROWS, HEADER))


def answer(made: RosterImport, columns: dict, header: str | None = None) -> None:
    said = {"columns": {header or made.questions[0]["header"]: columns}}
    answer_roster_questions(import_id=made.pk, answers=said, by=made.uploaded_by, now=factories.NOW)


def test_an_answer_sends_the_import_back_to_the_worker(asked):
    header = asked.questions[0]["header"]
    answer(asked, COLUMNS)
    asked.refresh_from_db()
    assert (asked.state, asked.questions, asked.decisions) == ("uploaded", [], {"columns": {header: COLUMNS}})
    assert ColumnMapping.objects.get().region_id == factories.TABALONG


def test_answers_of_several_kinds_grow_together(asked):
    answer(asked, COLUMNS)
    RosterImport.objects.update(state=RosterImport.State.ASKED)
    places = {"places": {"jaro": factories.JARO}, "missing": "end"}
    answer_roster_questions(import_id=asked.pk, answers=places, by=asked.uploaded_by, now=factories.NOW)
    asked.refresh_from_db()
    assert set(asked.decisions) == {"columns", "places", "missing"}


@pytest.mark.parametrize(
    ("columns", "header", "sentence"),
    [
        ({"name": 0}, None, "Kolom RT, Kelurahan/Desa dan Kecamatan belum dipilih."),
        (COLUMNS, "x" * 64, "bukan milik berkas ini"),
        (COLUMNS | {"phone": 99}, None, "Pilih kolom dari daftar."),
    ],
)
def test_what_cannot_be_changes_nothing(asked, columns, header, sentence):
    with pytest.raises(InputError, match=sentence):
        answer(asked, columns, header)
    asked.refresh_from_db()
    assert (asked.state, asked.decisions) == ("asked", {})
    assert not ColumnMapping.objects.exists()


@pytest.mark.parametrize("state", ["uploaded", "approved", "applied", "refused", "cancelled"])
def test_an_import_that_asks_nothing_takes_no_answer(asked, state):
    RosterImport.objects.update(state=state)
    with pytest.raises(InputError, match="jawabannya tidak dapat dipakai lagi"):
        answer(asked, COLUMNS)


def test_the_history_tells_who_answered_what(asked):
    said = {"columns": {asked.questions[0]["header"]: COLUMNS}, "places": {"jaro": factories.JARO}, "missing": "end"}
    answer_roster_questions(import_id=asked.pk, answers=said, by=asked.uploaded_by, now=factories.NOW)
    told = AuditEvent.objects.get(action="roster.answered")
    assert told.sentence == (
        "Menjawab pertanyaan tentang daftar ketua RT rt.xlsx: "
        "isi kolomnya, 1 nama tempat dan ketua RT yang tidak ada di berkas diakhiri."
    )
    assert (told.actor, told.region_code) == (asked.uploaded_by, asked.region_id)
    assert told.data == {"import": asked.pk} | said
