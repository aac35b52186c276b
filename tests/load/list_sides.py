"""What `list_queries.py` runs inside a portal: every list page, and how many queries it makes."""

from collections.abc import Sized
from typing import NamedTuple

from django.core.paginator import Page
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from participants.models import Enrolment, RosterImport
from programs.models import Office, Program, Wave, WavePlan
from rtportal.accounts.models import User
from rtportal.messaging.models import Message, Reply
from rtportal.privacy.models import Incident
from rtportal.regions.models import Region
from sessions.models import Speaker, TrainingSession
from tests.load.desk_seed import grow_desk
from tests.load.door_seed import grow_door
from tests.load.list_seed import DAY, OFFICIAL, TASKS_IN, grow
from tests.load.paper_seed import grow_paper
from tests.load.privacy_seed import grow_privacy


class ListPage(NamedTuple):
    """`of` names whose page it is, several in the order of its address, and `part` what comes last in it; `rows` is the
    list in the template's context, where the page shows all of one."""

    label: str
    name: str
    of: str = ""
    rows: str = ""
    query: str = ""
    part: str = ""


PAGES = (
    ListPage("beranda", "participants:home"),
    ListPage("ketua RT", "participants:head_list", rows="page"),
    ListPage("jawaban", "participants:answer_desk", rows="page", query="keadaan=semua"),
    ListPage("impor", "participants:import_create"),
    ListPage("pratinjau impor", "participants:import_detail", "import", "faults"),
    ListPage("program", "programs:program_list", rows="page"),
    ListPage("satu program", "programs:program_detail", "program", "rows"),
    ListPage("pengingat program", "programs:reminder_rules", "program"),
    ListPage("formulir program", "programs:program_create"),
    ListPage("formulir gelombang", "programs:wave_create", "program"),
    ListPage("kalender", "programs:calendar", rows="waves", query=f"bulan={DAY:%Y-%m}"),
    ListPage("tempat", "programs:venue_list", rows="page"),
    ListPage("pengaturan", "programs:settings"),
    ListPage("petugas", "trust:official_list", rows="page"),
    ListPage("narasumber", "training_sessions:speaker_list", rows="page"),
    ListPage("ringkasan gelombang", "participants:wave_detail", "wave", "agenda"),
    ListPage("peserta", "participants:enrolment_list", "wave", "page"),
    ListPage("satu peserta", "participants:enrolment_detail", "enrolment", "answers"),
    ListPage("agenda", "training_sessions:agenda", "wave", "items"),
    ListPage("formulir sesi", "training_sessions:session_create", "wave"),
    ListPage("undangan", "participants:invitations", "wave"),
    ListPage("papan gelombang", "participants:delivery_board", "wave"),
    ListPage("kehadiran", "participants:attendance_sheet", "wave", "page"),
    ListPage("pembayaran", "participants:payment_list", "wave", "page"),
    ListPage("meja pintu", "participants:door_device_list", "wave", "page"),
    ListPage("layar panitia", "participants:door_board", "wave"),
    ListPage("belum hadir", "participants:door_absent_list", "wave"),
    ListPage("perlu diperiksa", "participants:problem_list", "wave", "page"),
    ListPage("tamu tanpa undangan", "participants:walk_in_list", "wave", "page"),
    ListPage("sertifikat", "participants:certificate_list", "wave", "page"),
    ListPage("lembar tanda tangan", "participants:paper_sheet", "wave", "people"),
    ListPage("beda lembar", "participants:paper_differences", "wave", "page"),
    ListPage("berkas gelombang", "participants:wave_files", "wave", "page"),
    ListPage("riwayat", "participants:wave_history", "wave", "page"),
    ListPage("riwayat wilayah", "trust:history_list", rows="page"),
    ListPage("rekonsiliasi gelombang", "participants:wave_reconciliation", "wave", query="buka=semua"),
    ListPage("rekonsiliasi program", "participants:program_reconciliation", "program", query="buka=semua"),
    ListPage("orang sasaran", "participants:wave_reconciliation_people", "wave", "page", part="sasaran"),
    ListPage("orang diundang", "participants:program_reconciliation_people", "program", "page", part="diundang"),
    ListPage("berkas", "documents:file_list", rows="page"),
    ListPage("pesan", "messaging:message_list", rows="page"),
    ListPage("tugas manual", "messaging:task_list"),
    ListPage("tugas satu desa", "messaging:task_queue", "place"),
    ListPage("surat", "participants:letter_list"),
    ListPage("surat gelombang", "participants:letter_wave", "wave"),
    ListPage("surat satu desa", "participants:letter_village", "wave place", "page"),
    ListPage("papan pengiriman", "messaging:board"),
    ListPage("templat WhatsApp", "messaging:template_list"),
    ListPage("satu pesan", "messaging:message_detail", "message", "attempts"),
    ListPage("kotak masuk", "messaging:inbox_list", rows="page"),
    ListPage("balasan", "messaging:reply_list", rows="page"),
    ListPage("satu balasan", "messaging:reply_detail", "reply"),
    ListPage("rencana pembagian", "programs:plan_list", "program", "page"),
    ListPage("satu rencana", "programs:plan_detail", "plan"),
    ListPage("kalender daftar", "programs:calendar", rows="rows", query=f"bulan={DAY:%Y-%m}&tampilan=daftar"),
    ListPage("hari khusus", "programs:special_day_list", rows="days", query=f"tahun={DAY:%Y}"),
    ListPage("langganan kalender", "programs:feed_list", "office", "page"),
    ListPage("terbitan", "programs:publication_list", "wave", "page"),
    ListPage("menerbitkan", "programs:schedule_publish", "wave"),
    ListPage("membatalkan gelombang", "participants:wave_cancel", "wave"),
    ListPage("perbaikan data", "participants:correction_list", rows="page"),
    ListPage("permintaan data", "participants:data_request_list", rows="page"),
    ListPage("rekaman pemrosesan", "privacy:register_detail"),
    ListPage("masa simpan", "privacy:retention_list"),
    ListPage("pemusnahan", "privacy:purge_list", rows="page"),
    ListPage("insiden", "privacy:incident_list", rows="page"),
    ListPage("satu insiden", "privacy:incident_detail", "incident", "changes"),
    ListPage("daftar tunggu", "participants:waiting_list", "wave", "places"),
    ListPage("menukar peserta", "participants:enrolment_swap", "enrolment", "page"),
    ListPage("satu narasumber", "training_sessions:speaker_detail", "speaker", "page"),
    ListPage("narasumber gelombang", "training_sessions:wave_speakers", "wave", "sessions"),
    ListPage("materi sesi", "training_sessions:material_list", "session", "materials"),
    ListPage("menyalin agenda", "training_sessions:agenda_copy_to", "wave"),
)
# The first row of each kind, which is there with one row and with a thousand.
OWNERS = {
    "enrolment": Enrolment.objects,
    "import": RosterImport.objects,
    "incident": Incident.objects,
    "message": Message.objects,
    "office": Office.objects,
    "place": Region.objects.filter(code=TASKS_IN),
    "plan": WavePlan.objects,
    "program": Program.objects,
    "reply": Reply.objects,
    "session": TrainingSession.objects,
    "speaker": Speaker.objects,
    "wave": Wave.objects,
}


def grow_everything(rows: int) -> None:
    """Add what is missing until there are `rows` rows of each kind; begin with one."""
    grow(rows)
    grow_desk(rows)
    grow_door(rows)
    grow_paper()
    grow_privacy(rows)


def count_with(rows: int) -> dict[str, int]:
    """Grow the data to `rows` rows of everything; returns the number of queries of each page, by its label.

    Raises AssertionError if a page does not show that many, or for one row more than three (the first needs others).
    """
    grow_everything(rows)
    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get(email=OFFICIAL))
    return {page.label: _queries_of(page, client, rows) for page in PAGES}


def _queries_of(page: ListPage, client: Client, rows: int) -> int:
    owners = [OWNERS[name].order_by("pk").first().pk for name in page.of.split()]
    address = f"{reverse(page.name, args=[*owners, *filter(None, [page.part])])}?{page.query}"
    # What a process reads only once is no part of a page.
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{page.name} answers {response.status_code}")
    shown = _length(response.context[page.rows]) if page.rows else rows
    if shown < rows or (rows == 1 and shown > 3):
        raise AssertionError(f"{page.name} lists {shown} rows instead of {rows}")
    return len(queries)


def _length(listed: Sized) -> int:
    return listed.paginator.count if isinstance(listed, Page) else len(listed)
