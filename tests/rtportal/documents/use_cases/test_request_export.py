import pytest

from rtportal.audit.models import AuditEvent
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Export, open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from tests import factories

State = GeneratedFile.State
AT_ONCE = Export.most_at_once
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(numbers):
    factories.regions()
    return factories.user(role="admin")


def ask(admin, clock, n, *, file_format="csv", **params) -> GeneratedFile:
    export = open_export("bilangan", user=admin, params={"n": n, **params})
    return request_export(export=export, file_format=FORMATS[file_format], by=admin, clock=clock)


def test_a_small_file_is_there_at_once(admin, clock):
    file = ask(admin, clock, AT_ONCE)
    stored = GeneratedFile.objects.get(pk=file.pk)
    assert (stored.state, stored.rows_done, stored.rows_total) == (State.READY, AT_ONCE, AT_ONCE)
    assert stored.filename == "bilangan.csv"
    assert len(open_stored(stored).read().splitlines()) == AT_ONCE + 1


def test_a_large_file_waits_for_the_worker(admin, clock):
    file = ask(admin, clock, AT_ONCE + 1)
    assert (file.state, file.rows_total, file.path) == (State.QUEUED, AT_ONCE + 1, "")
    assert not AuditEvent.objects.exists()


def test_a_finished_export_leaves_one_line_of_audit(admin, clock):
    file = ask(admin, clock, 1_650, file_format="xlsx")
    event = AuditEvent.objects.get()
    assert event.sentence == "Mengekspor “Bilangan sampai n” sebagai Excel (XLSX), 1.650 baris"
    assert (event.actor, event.at, event.subject, event.region_code) == (admin, clock(), "test:1", factories.TABALONG)
    assert event.data == {
        "file": str(file.pk),
        "export": "bilangan",
        "format": "xlsx",
        "rows": 1_650,
        "purpose": "",
        "unmasked": False,
    }


def test_a_second_click_while_the_first_waits_makes_no_second_file(admin, clock):
    first = ask(admin, clock, 5_000)
    assert ask(admin, clock, 5_000) == first
    assert ask(admin, clock, 5_000, file_format="xlsx") != first
    assert ask(admin, clock, 4_000) != first


def test_after_it_is_ready_the_next_click_makes_a_fresh_one(admin, clock):
    assert ask(admin, clock, 10) != ask(admin, clock, 10)


def test_trouble_leaves_a_sentence_and_no_file(admin, clock):
    broken, refused = (ask(admin, clock, 1_000, trouble=trouble) for trouble in ("break", "refuse"))
    assert (broken.state, refused.state) == (State.FAILED, State.FAILED)
    assert broken.failure.startswith("Berkas gagal dibuat") and "disk" not in broken.failure
    assert refused.failure == "Barisnya terlalu banyak."
    assert (broken.path, refused.path) == ("", "")
    assert not AuditEvent.objects.exists()


def test_a_pdf_of_more_than_a_few_pages_is_the_workers(admin, clock):
    few = FORMATS["pdf"].most_at_once
    assert ask(admin, clock, few + 1, file_format="pdf").state == State.QUEUED


def test_the_same_file_for_another_purpose_is_another_file(admin, clock):
    export = open_export("bilangan", user=admin, params={"n": 5_000})
    wishes = {"export": export, "file_format": FORMATS["csv"], "by": admin, "clock": clock}
    first = request_export(**wishes, purpose="Rapat   koordinasi\n")
    assert first.purpose == "Rapat koordinasi"
    assert request_export(**wishes, purpose="Rapat koordinasi") == first
    assert request_export(**wishes, purpose="Audit") != first
